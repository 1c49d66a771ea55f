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
    // The job before its items: events are told in the order of the updates.
    `with job as (
       update reconciliation.jobs j
       set state = 'queued', cancel_requested = false, cause = null, ended_at = null, updated_at = now()
       where id = $1 and state in ('failed', 'cancelled')
         and exists (select from reconciliation.job_items i where i.job_id = j.id and i.state in ('failed', 'blocked', 'cancelled'))
       returning id
     ),
     items as (
       update reconciliation.job_items i
       set state = 'queued', attempts = 0, step = 0, tries = 0, asked = null, asked_at = null, request_id = null,
           fetch_number_before = null, reported = null, cause = null, after = null, begun_at = null, ended_at = null
       from job
       where i.job_id = job.id and i.state in ('failed', 'blocked', 'cancelled')
     )
     select id from job`,
    [jobId],
  );
  return rows.length > 0;
}
