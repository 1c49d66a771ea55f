import { type Command, defineCommand } from '../command.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import type { Schemas } from '../gateway/gateway.js';
import { followJob } from '../jobs/follow-job.js';
import { exitCodeOf, idempotencyKeyOf, onceParameters, showJob, watchParameters } from '../jobs/run-job.js';
import { argument, date, flag, oneOf, option, optionalArgument, text, uuid } from '../parameters.js';
import { describeReport } from '../text/describe-report.js';

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
    reason: option('--reason <text>', 'why; kept with the job', text),
    watch: flag('--no-watch', 'return as soon as the job is accepted'),
    ...watchParameters,
    ...onceParameters,
  },
  examples: ['windfall verify', 'windfall verify 2025-05-26 --sampling full'],
  async run(surroundings, { date, sampling, reason, watch, timeout, ...once }) {
    const { gateway, output } = surroundings;
    const body = { date, sampling, reason };
    const job = await gateway.answer(
      gateway.routes.POST('/api/reconciliation/verifications', {
        params: { header: { 'Idempotency-Key': idempotencyKeyOf({ kind: 'verify', ...body }, once) } },
        body,
      }),
    );
    output.say(`Job ${job.id} accepted`);
    if (!watch) return await showJob(surroundings, job, exitCodes.fine);
    const ended = await followJob(surroundings, job.id, timeout);
    // Without a report there is nothing to tell but why.
    if (ended.reportId === null) return await showJob(surroundings, ended, exitCodeOf(ended) || exitCodes.failed);
    const found = await gateway.answer(
      gateway.routes.GET('/api/reconciliation/reports/{id}', { params: { path: { id: ended.reportId } } }),
    );
    output.result(found, describeReport);
    return exitCodeOfReport(found);
  },
});

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
