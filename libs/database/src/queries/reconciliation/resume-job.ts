import { type Executor, rowsOf } from '../../executor.js';

/**
 * Queues again what an ended job has not done: its failed, blocked and cancelled items, with fresh attempts. Each begins with
 * its first step, since what the world looked like when it stopped is not what it looks like now.
 *
 * @returns whether there was anything left to do
 */
export async function resumeJob(transaction: Executor, jobId: string): Promise<boolean> {
  const rows = await rowsOf<{ id: string }>(
    transaction,
    `with items as (
       update reconciliation.job_items i
       set state = 'queued', attempts = 0, step = 0, tries = 0, asked = null, asked_at = null, request_id = null,
           fetch_number_before = null, reported = null, cause = null, after = null, begun_at = null, ended_at = null
       from reconciliation.jobs j
       where j.id = $1 and i.job_id = j.id and j.state in ('failed', 'cancelled') and i.state in ('failed', 'blocked', 'cancelled')
       returning i.job_id
     )
     update reconciliation.jobs set state = 'queued', cancel_requested = false, cause = null, ended_at = null, updated_at = now()
     where id in (select job_id from items)
     returning id`,
    [jobId],
  );
  return rows.length > 0;
}
