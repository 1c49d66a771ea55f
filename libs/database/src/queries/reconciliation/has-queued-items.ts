import { type Executor, rowOf } from '../../executor.js';

/** Whether some item of an open job has not begun yet. */
export async function hasQueuedItems(executor: Executor): Promise<boolean> {
  const { queued } = await rowOf<{ queued: boolean }>(
    executor,
    `select exists (
       select from reconciliation.jobs j join reconciliation.job_items i on i.job_id = j.id
       where j.state in ('queued', 'running') and i.state in ('queued', 'waiting')) as queued`,
  );
  return queued;
}
