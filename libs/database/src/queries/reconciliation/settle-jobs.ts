import { type Executor, rowsOf } from '../../executor.js';

export interface SettledJob {
  id: string;
  state: 'running' | 'completed' | 'failed' | 'cancelled';
  kind: string;
  traceparent: string | null;
}

/**
 * Brings open jobs into the state that their items tell: running once an item began, and ended when none is left.
 *
 * @returns the jobs whose state changed
 */
export async function settleJobs(transaction: Executor): Promise<SettledJob[]> {
  return await rowsOf<SettledJob>(
    transaction,
    `update reconciliation.jobs j
     set state = t.state, started_at = coalesce(j.started_at, t.started_at), updated_at = clock_timestamp(),
         ended_at = case when t.state = 'running' then null else clock_timestamp() end,
         cause = case when t.state = 'failed' then t.cause end
     from (
       select o.id, min(i.started_at) as started_at,
              case
                when count(*) filter (where i.state in ('queued', 'waiting', 'running')) > 0 then
                  case when min(i.started_at) is null then 'queued' else 'running' end
                when o.cancel_requested then 'cancelled'
                when count(*) filter (where i.state in ('failed', 'blocked')) > 0 then 'failed'
                else 'completed'
              end as state,
              (array_agg(i.cause order by i.place) filter (where i.state in ('failed', 'blocked')))[1] as cause
       from reconciliation.jobs o
       join reconciliation.job_items i on i.job_id = o.id
       where o.state in ('queued', 'running')
       group by o.id, o.cancel_requested
     ) t
     where j.id = t.id and j.state <> t.state
     returning j.id, j.state, j.kind, j.traceparent`,
  );
}
