import { randomUUID } from 'node:crypto';
import type { Surroundings } from '../command.js';
import { type ExitCode, exitCodes } from '../exit-codes.js';
import type { Gateway, Job, JobItem, JobRequest } from '../gateway/gateway.js';
import { flag, option, text, type Values, wholeNumber } from '../parameters.js';
import { describeJob } from '../text/describe-job.js';
import { followJob } from './follow-job.js';

/** What everything that watches a job takes. */
export const watchParameters = {
  timeout: option('--timeout <seconds>', 'wait no longer; the job goes on, exit code 4', wholeNumber(1, 1_000_000)),
};

/** What every repair takes. */
export const repairParameters = {
  reason: option('--reason <text>', 'why; kept with the job', text),
  queue: flag('--queue', 'wait for a date that another job holds, instead of being refused'),
  watch: flag('--no-watch', 'return as soon as the job is accepted'),
  ...watchParameters,
  idempotencyKey: option('--idempotency-key <key>', 'the same key with the same work is done once in 24 hours', text),
};
export type RepairValues = Values<typeof repairParameters>;

/** Submits a job, and stays with it to its end. */
export async function runJob(
  surroundings: Surroundings,
  request: JobRequest,
  { reason, queue, watch, timeout, idempotencyKey }: RepairValues,
): Promise<ExitCode> {
  const { gateway } = surroundings;
  const submitted = await gateway.answer(
    gateway.routes.POST('/api/reconciliation/jobs', {
      params: { header: { 'Idempotency-Key': idempotencyKey ?? randomUUID() } },
      body: { ...request, ...(reason !== undefined && { reason }), ...(queue && { onConflict: 'queue' }) },
    }),
  );
  if (!('id' in submitted)) throw new Error('The gateway answered with a plan, which was not asked for');
  surroundings.output.say(`Job ${submitted.id} accepted`);
  if (!watch) return await showJob(surroundings, submitted, exitCodes.fine);
  const ended = await followJob(surroundings, submitted.id, timeout);
  return await showJob(surroundings, ended, exitCodeOf(ended));
}

/** Prints a job with its dates. */
export async function showJob({ gateway, output }: Surroundings, job: Job, code: ExitCode): Promise<ExitCode> {
  output.result({ ...job, items: await itemsOf(gateway, job.id) }, describeJob);
  return code;
}

/** Of a job that is still under way: all is well so far. */
export function exitCodeOf({ state }: Pick<Job, 'state'>): ExitCode {
  if (state === 'failed') return exitCodes.failed;
  return state === 'cancelled' ? exitCodes.stopped : exitCodes.fine;
}

async function itemsOf(gateway: Gateway, id: string): Promise<JobItem[]> {
  return await gateway.all((cursor) =>
    gateway.answer(
      gateway.routes.GET('/api/reconciliation/jobs/{id}/items', {
        params: { path: { id }, query: { limit: 1000, ...(cursor !== undefined && { cursor }) } },
      }),
    ),
  );
}
