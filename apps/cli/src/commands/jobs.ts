import { type Command, defineCommand } from '../command.js';
import { CommandFailure, exitCodes } from '../exit-codes.js';
import type { Gateway, Job } from '../gateway/gateway.js';
import { followJob } from '../jobs/follow-job.js';
import { exitCodeOf, showJob, watchParameters } from '../jobs/run-job.js';
import { argument, flag, option, optionalArgument, text, uuid, wholeNumber } from '../parameters.js';
import { describeJobs } from '../text/describe-job.js';

const someJob = '0197a2b4-6d2c-7c31-9f0e-3a1d5c7e9b20';
const id = argument('id', 'id of the job', uuid);
const reason = option('--reason <text>', 'why; kept in the audit log', text);

const jobs = defineCommand({
  name: 'jobs',
  group: 'Jobs',
  summary: 'lists jobs, newest first',
  parameters: { limit: option('--limit <jobs>', 'how many at most (default 20)', wholeNumber(1, 1000)) },
  examples: ['windfall jobs', 'windfall jobs --limit 100 --json'],
  async run({ gateway, output }, { limit = 20 }) {
    output.result(await newestJobs(gateway, limit), describeJobs);
    return exitCodes.fine;
  },
});

const job = defineCommand({
  name: 'job',
  group: 'Jobs',
  summary: 'shows a job: each date with its state, attempts, cause, and figures before and after',
  parameters: { id, watch: flag('--watch', 'stay with it to its end'), ...watchParameters },
  examples: [`windfall job ${someJob}`, `windfall job ${someJob} --watch`],
  async run(surroundings, values) {
    const { gateway } = surroundings;
    const found = values.watch
      ? await followJob(surroundings, values.id, values.timeout)
      : await gateway.answer(
          gateway.routes.GET('/api/reconciliation/jobs/{id}', { params: { path: { id: values.id } } }),
        );
    return await showJob(surroundings, found, exitCodeOf(found));
  },
});

const cancel = defineCommand({
  name: 'cancel',
  group: 'Jobs',
  summary: 'cancels a job: dates that have not begun end, running ones finish',
  parameters: { id, reason },
  examples: [`windfall cancel ${someJob} --reason "the source is away"`],
  async run(surroundings, values) {
    const { gateway } = surroundings;
    const cancelled = await gateway.answer(
      gateway.routes.POST('/api/reconciliation/jobs/{id}/cancel', {
        params: { path: { id: values.id } },
        body: { reason: values.reason },
      }),
    );
    return await showJob(surroundings, cancelled, exitCodes.fine);
  },
});

const resume = defineCommand({
  name: 'resume',
  group: 'Repair',
  summary: 'goes on with what an interrupted or failed job has not done; the newest such job when none is named',
  parameters: {
    job: optionalArgument('job', 'id of the job', uuid),
    reason,
    watch: flag('--no-watch', 'return as soon as it goes on'),
    ...watchParameters,
  },
  examples: ['windfall resume', `windfall resume ${someJob}`],
  async run(surroundings, values) {
    const { gateway, output } = surroundings;
    const path = { id: values.job ?? (await unfinishedJob(gateway)).id };
    const resumed = await gateway.answer(
      gateway.routes.POST('/api/reconciliation/jobs/{id}/resume', {
        params: { path },
        body: { reason: values.reason },
      }),
    );
    output.say(`Job ${resumed.id} goes on`);
    if (!values.watch) return await showJob(surroundings, resumed, exitCodes.fine);
    const ended = await followJob(surroundings, resumed.id, values.timeout);
    return await showJob(surroundings, ended, exitCodeOf(ended));
  },
});

export const jobCommands: readonly Command[] = [resume, jobs, job, cancel];

async function newestJobs(gateway: Gateway, limit: number) {
  return await gateway.answer(gateway.routes.GET('/api/reconciliation/jobs', { params: { query: { limit } } }));
}

async function unfinishedJob(gateway: Gateway): Promise<Job> {
  const { items } = await newestJobs(gateway, 1000);
  const found = items.find(({ state }) => state === 'failed' || state === 'cancelled');
  if (found !== undefined) return found;
  throw new CommandFailure(exitCodes.wrongUsage, 'No job has failed or was cancelled, so there is none to go on with.');
}
