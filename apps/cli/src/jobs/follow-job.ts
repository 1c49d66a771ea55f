import { setTimeout as sleep } from 'node:timers/promises';
import type { Surroundings } from '../command.js';
import { CommandFailure, exitCodes } from '../exit-codes.js';
import { asEvents, type Gateway, type Job } from '../gateway/gateway.js';
import { type JobEvent, progressOf } from './progress.js';

const comeBackAfterMs = 500;
/** A gateway that is restarted comes back within this. */
const patienceMs = 60_000;

/**
 * Shows how a job goes on until it has ended.
 *
 * @param timeoutSeconds how long at most; the job itself goes on
 * @throws {CommandFailure} `stopped` when the time is over or the user interrupts
 */
export async function followJob(
  { gateway, output, interrupted }: Pick<Surroundings, 'gateway' | 'output' | 'interrupted'>,
  id: string,
  timeoutSeconds: number | undefined,
): Promise<Job> {
  const timeout = timeoutSeconds === undefined ? [] : [AbortSignal.timeout(timeoutSeconds * 1000)];
  const stop = AbortSignal.any([interrupted, ...timeout]);
  try {
    const progress = progressOf(output, await lookAt(gateway, id, stop));
    try {
      for await (const event of eventsOf(gateway, id, stop)) progress.tell(event);
    } finally {
      progress.end();
    }
    return await lookAt(gateway, id, stop);
  } catch (error) {
    if (!stop.aborted) throw error;
    const why = interrupted.aborted ? 'Interrupted' : `Not over within ${String(timeoutSeconds)} s`;
    throw new CommandFailure(
      exitCodes.stopped,
      `${why}; the job goes on. To see it again: windfall job ${id} --watch`,
      {
        detail: `${why}; the job goes on.`,
        jobId: id,
      },
    );
  }
}

/** All events of a job since it was queued last, each once, until it has ended: where a connection breaks off, the next one goes on. */
async function* eventsOf(gateway: Gateway, id: string, signal: AbortSignal): AsyncGenerator<JobEvent> {
  let last: string | undefined;
  for (let deadline = performance.now() + patienceMs; ;) {
    try {
      const params = { path: { id }, header: { 'Last-Event-ID': last } };
      const call = gateway.routes.GET('/api/reconciliation/jobs/{id}/events', { params, signal, ...asEvents });
      const events = await gateway.events(call);
      if (events === null) return;
      for await (const event of events) {
        last = event.id;
        deadline = performance.now() + patienceMs;
        yield JSON.parse(event.data) as JobEvent;
      }
    } catch (error) {
      if (!isAway(error) || performance.now() > deadline) throw error;
    }
    await sleep(comeBackAfterMs, undefined, { signal });
  }
}

/** The job as it stands; a gateway that is away for a moment is waited for. */
async function lookAt(gateway: Gateway, id: string, signal: AbortSignal): Promise<Job> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    try {
      const params = { path: { id } };
      return await gateway.answer(gateway.routes.GET('/api/reconciliation/jobs/{id}', { params, signal }));
    } catch (error) {
      if (!isAway(error) || performance.now() > deadline) throw error;
      await sleep(comeBackAfterMs, undefined, { signal });
    }
  }
}

function isAway(error: unknown): boolean {
  return error instanceof CommandFailure && error.exitCode === exitCodes.unreachable;
}
