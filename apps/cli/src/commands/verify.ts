import { type Command, defineCommand, type Surroundings } from '../command.js';
import { CommandFailure, type ExitCode, exitCodes } from '../exit-codes.js';
import type { Job, Schemas } from '../gateway/gateway.js';
import { followJob } from '../jobs/follow-job.js';
import { exitCodeOf, idempotencyKeyOf, onceParameters, showJob, watchParameters } from '../jobs/run-job.js';
import {
  argument,
  date,
  flag,
  oneOf,
  option,
  optionalArgument,
  text,
  uuid,
  type Values,
  wholeNumber,
} from '../parameters.js';
import { describeReport } from '../text/describe-report.js';
import { describeVerifications } from '../text/describe-verifications.js';

type Report = Schemas['VerificationReport'];
type Request = { date: string | undefined; sampling: Schemas['Verification']['sampling']; reason: string | undefined };

const verify = defineCommand({
  name: 'verify',
  group: 'Look',
  summary: 'compares stored periods of a date with the source, and changes nothing',
  parameters: {
    date: optionalArgument('date', 'settlement date, YYYY-MM-DD (default: today)', date),
    sampling: option(
      '--sampling <periods>',
      'fixed: 1, 12, 24, 36, 48; random: 10; progressive: fixed, and 10 more if one differs; full: all',
      oneOf(['progressive', 'random', 'fixed', 'full']),
    ),
    randomDates: option(
      '--random-dates <dates>',
      'so many past dates at random instead, the same ones all week, 1 to 31',
      wholeNumber(1, 31),
    ),
    reason: option('--reason <text>', 'why; kept with the job', text),
    watch: flag('--no-watch', 'return as soon as the job is accepted'),
    ...watchParameters,
    ...onceParameters,
  },
  examples: [
    'windfall verify',
    'windfall verify 2025-05-26 --sampling full',
    'windfall verify --random-dates 5 --once-a-day',
  ],
  async run(surroundings, { date, sampling, randomDates, reason, watch, timeout, ...once }) {
    if (randomDates !== undefined) {
      if (date === undefined && watch)
        return await verifyRandomDates(surroundings, randomDates, { sampling, reason }, { timeout, ...once });
      const message = '--random-dates takes neither a date nor --no-watch.';
      throw new CommandFailure(exitCodes.wrongUsage, message);
    }
    const job = await submit(surroundings, { date, sampling, reason }, once);
    if (!watch) return await showJob(surroundings, job, exitCodes.fine);
    const ended = await followJob(surroundings, job.id, timeout);
    const found = await reportOf(surroundings, ended);
    // Without a report there is nothing to tell but why.
    if (found === null) return await showJob(surroundings, ended, exitCodeOf(ended) || exitCodes.failed);
    surroundings.output.result(found, describeReport);
    return exitCodeOfReport(found);
  },
});

async function submit(
  { gateway, output }: Surroundings,
  body: Request,
  once: Values<typeof onceParameters>,
): Promise<Job> {
  const job = await gateway.answer(
    gateway.routes.POST('/api/reconciliation/verifications', {
      params: { header: { 'Idempotency-Key': idempotencyKeyOf({ kind: 'verify', ...body }, once) } },
      body,
    }),
  );
  output.say(`Job ${job.id} accepted`);
  return job;
}

async function reportOf({ gateway }: Surroundings, { reportId: id }: Job): Promise<Report | null> {
  if (id === null) return null;
  return await gateway.answer(gateway.routes.GET('/api/reconciliation/reports/{id}', { params: { path: { id } } }));
}

/** The weekly verification, begun by whoever keeps the time: 0 only when every date was compared and agrees. */
async function verifyRandomDates(
  surroundings: Surroundings,
  count: number,
  asked: Omit<Request, 'date'>,
  { timeout, ...once }: Values<typeof onceParameters> & Values<typeof watchParameters>,
): Promise<ExitCode> {
  const { gateway, output } = surroundings;
  if (once.idempotencyKey !== undefined)
    throw new CommandFailure(exitCodes.wrongUsage, '--random-dates are several jobs, which no one key can name.');
  const { settlementDates } = await gateway.answer(
    gateway.routes.GET('/api/reconciliation/verifications/random-dates', { params: { query: { count } } }),
  );
  const jobs: Job[] = [];
  for (const date of settlementDates) jobs.push(await submit(surroundings, { ...asked, date }, once));
  const items = [];
  for (const [index, { id }] of jobs.entries()) {
    const job = await followJob(surroundings, id, timeout);
    items.push({ settlementDate: settlementDates[index] ?? '', job, report: await reportOf(surroundings, job) });
  }
  output.result({ items }, describeVerifications);
  const agree = items.every(({ report: found }) => found !== null && exitCodeOfReport(found) === exitCodes.fine);
  return agree ? exitCodes.fine : exitCodes.failed;
}

const report = defineCommand({
  name: 'report',
  group: 'Look',
  summary: 'shows what a verification found, and what a repair changed',
  parameters: { id: argument('id', 'id of the report, as verify tells it', uuid) },
  examples: ['windfall report 0d8ee1a4-6f3f-4b87-a2b5-8f2f2d1a9c11'],
  async run({ gateway, output }, { id }) {
    const found = await gateway.answer(
      gateway.routes.GET('/api/reconciliation/reports/{id}', { params: { path: { id } } }),
    );
    output.result(found, describeReport);
    return exitCodes.fine;
  },
});

export const verifyCommands: readonly Command[] = [verify, report];

/** Nobody may take "could not tell" for "the same". */
function exitCodeOfReport({ outcome }: Pick<Schemas['VerificationReport'], 'outcome'>): ExitCode {
  return outcome === 'same' ? exitCodes.fine : exitCodes.failed;
}
