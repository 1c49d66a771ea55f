import { createHash, randomUUID } from 'node:crypto';
import { settlementDateAt } from '@app/domain';
import type { Surroundings } from '../command.js';
import { CommandFailure, type ExitCode, exitCodes } from '../exit-codes.js';
import type { Gateway, Job, JobItem, JobPlan, JobRequest } from '../gateway/gateway.js';
import { flag, option, text, type Values, wholeNumber } from '../parameters.js';
import { describeJob } from '../text/describe-job.js';
import { describePlan } from '../text/describe-plan.js';
import { followJob } from './follow-job.js';

/** What everything that watches a job takes. */
export const watchParameters = {
  timeout: option('--timeout <seconds>', 'wait no longer; the job goes on, exit code 4', wholeNumber(1, 1_000_000)),
};

/** What everything that a schedule may begin takes. */
export const onceParameters = {
  idempotencyKey: option('--idempotency-key <key>', 'the same key with the same work is done once in 24 hours', text),
  onceADay: flag('--once-a-day', 'the same work is done once a day of London, however often it is asked for'),
};

/** What every repair takes. */
export const repairParameters = {
  dryRun: flag('--dry-run', 'show the plan, with its hash, and do nothing'),
  planHash: option('--plan-hash <hash>', 'carry out this plan and no other; refused when the world has moved', text),
  yes: flag('--yes', 'do not ask'),
  reason: option('--reason <text>', 'why; kept with the job', text),
  queue: flag('--queue', 'wait for a date that another job holds, instead of being refused'),
  watch: flag('--no-watch', 'return as soon as the job is accepted'),
  ...watchParameters,
  ...onceParameters,
};
type RepairValues = Values<typeof repairParameters>;

/**
 * Submits a job, and stays with it to its end.
 *
 * @param needsConsent to the plan, by whoever sits at the terminal or by --yes
 */
export async function runJob(
  surroundings: Surroundings,
  asked: JobRequest,
  values: RepairValues,
  { needsConsent }: { needsConsent: boolean },
): Promise<ExitCode> {
  const { gateway, output } = surroundings;
  const { reason, queue, dryRun, yes, watch, timeout } = values;
  const request = { ...asked, ...(reason !== undefined && { reason }), ...(queue && { onConflict: 'queue' as const }) };
  if (dryRun) {
    output.result(await planOf(gateway, request), describePlan);
    return exitCodes.fine;
  }
  const consented = needsConsent && !yes && values.planHash === undefined;
  const planHash = consented ? (await consentedPlan(surroundings, request)).planHash : values.planHash;
  const job = await gateway.answer(
    gateway.routes.POST('/api/reconciliation/jobs', {
      params: { header: { 'Idempotency-Key': idempotencyKeyOf(asked, values) } },
      body: { ...request, planHash },
    }),
  );
  if (!('id' in job)) throw new CommandFailure(exitCodes.failed, 'The gateway answered with a plan instead of a job.');
  output.say(`Job ${job.id} accepted`);
  if (!watch) return await showJob(surroundings, job, exitCodes.fine);
  const ended = await followJob(surroundings, job.id, timeout);
  return await showJob(surroundings, ended, exitCodeOf(ended));
}

/** A fresh key unless the work is to be done only once: then one that names the work and, of a day, London's date. */
export function idempotencyKeyOf(
  work: object & { kind: string },
  { idempotencyKey, onceADay }: Values<typeof onceParameters>,
): string {
  if (idempotencyKey !== undefined) return idempotencyKey;
  if (!onceADay) return randomUUID();
  const digest = createHash('sha256').update(JSON.stringify(work)).digest('hex').slice(0, 12);
  return `${work.kind}:${settlementDateAt(new Date().toISOString())}:${digest}`;
}

/** Prints a job with its dates. */
export async function showJob({ gateway, output }: Surroundings, job: Job, code: ExitCode): Promise<ExitCode> {
  output.result({ ...job, items: await itemsOf(gateway, job.id) }, describeJob);
  return code;
}

/** Of a job that is still under way: all is well so far. */
export function exitCodeOf(job: Pick<Job, 'state' | 'totals' | 'result'>): ExitCode {
  if (job.state === 'cancelled') return exitCodes.stopped;
  return job.state === 'failed' || onlyTellsOfMismatches(job) ? exitCodes.failed : exitCodes.fine;
}

/** It was asked to look, and found something. */
function onlyTellsOfMismatches({ result, totals }: Parameters<typeof exitCodeOf>[0]): boolean {
  const mismatches = result?.mismatches;
  return Array.isArray(mismatches) && mismatches.length > 0 && totals.items === 0;
}

async function planOf(gateway: Gateway, request: JobRequest): Promise<JobPlan> {
  const plan = await gateway.answer(
    gateway.routes.POST('/api/reconciliation/jobs', { params: { query: { plan: 'true' } }, body: request }),
  );
  if ('planHash' in plan) return plan;
  throw new CommandFailure(exitCodes.failed, `The gateway began the job ${plan.id} instead of planning it.`);
}

/** Shows what would be done, and asks whether to. */
async function consentedPlan({ gateway, output, confirm }: Surroundings, request: JobRequest): Promise<JobPlan> {
  if (confirm === undefined) {
    const message = `${request.kind} asks before it begins, and nobody is at the terminal: add --yes, or --dry-run to see the plan.`;
    throw new CommandFailure(exitCodes.wrongUsage, message);
  }
  const plan = await planOf(gateway, request);
  output.say((style) => describePlan(plan, style));
  if (await confirm('\nCarry this out?')) return plan;
  throw new CommandFailure(exitCodes.stopped, 'Nothing was done.');
}

async function itemsOf(gateway: Gateway, id: string): Promise<JobItem[]> {
  return await gateway.all((cursor) =>
    gateway.answer(
      gateway.routes.GET('/api/reconciliation/jobs/{id}/items', {
        params: { path: { id }, query: { limit: 1000, cursor } },
      }),
    ),
  );
}
