import { setTimeout as sleep } from 'node:timers/promises';
import type { Surroundings } from '../command.js';
import { CommandFailure, exitCodes } from '../exit-codes.js';
import type { Gateway, Job } from '../gateway/gateway.js';
import { progressOf } from './progress.js';

const lookEveryMs = 500;
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
  let job = await lookAt(gateway, id, stop);
  const progress = progressOf(output, job);
  try {
    progress.show(job);
    while (job.endedAt === null) {
      await sleep(lookEveryMs, undefined, { signal: stop });
      job = await lookAt(gateway, id, stop);
      progress.show(job);
    }
    return job;
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
  } finally {
    progress.end();
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
      const isAway = error instanceof CommandFailure && error.exitCode === exitCodes.unreachable;
      if (!isAway || performance.now() > deadline) throw error;
      await sleep(lookEveryMs, undefined, { signal });
    }
  }
}
