import { type Executor, rowsOf } from '../../executor.js';

/**
 * Ends the items of a job that have not begun; those that are running finish, since half a day is never left behind.
 *
 * @returns whether the job was open
 */
export async function cancelJob(transaction: Executor, jobId: string): Promise<boolean> {
  const rows = await rowsOf<{ id: string }>(
    transaction,
    `with job as (
       update reconciliation.jobs set cancel_requested = true, updated_at = now()
       where id = $1 and state in ('queued', 'running') returning id
     ),
     items as (
       update reconciliation.job_items i set state = 'cancelled', ended_at = now()
       from job where i.job_id = job.id and i.state in ('queued', 'waiting')
     )
     select id from job`,
    [jobId],
  );
  return rows.length > 0;
}
