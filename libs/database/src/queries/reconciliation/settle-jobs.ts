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
    // The items of a job that stays as it is are not counted: there may be thousands, and this is asked after each step.
    `with told as (
       select o.id, o.state as state_before,
              case
                when exists (${itemsOf('o')} and i.state in ('queued', 'waiting', 'running')) then
                  case when o.state = 'running' or exists (${itemsOf('o')} and i.started_at is not null) then 'running' else 'queued' end
                when o.cancel_requested then 'cancelled'
                when exists (${itemsOf('o')} and i.state in ('failed', 'blocked')) then 'failed'
                else 'completed'
              end as state
       from reconciliation.jobs o
       where o.state in ('queued', 'running') and exists (${itemsOf('o')})
     ),
     changed as materialized (
       select id, state from told where state <> state_before
     )
     update reconciliation.jobs j
     set state = c.state, started_at = coalesce(j.started_at, t.started_at), updated_at = clock_timestamp(),
         ended_at = case when c.state = 'running' then null else clock_timestamp() end,
         cause = case when c.state = 'failed' then t.cause end
     from changed c
     cross join lateral (
       select min(i.started_at) as started_at,
              (array_agg(i.cause order by i.place) filter (where i.state in ('failed', 'blocked')))[1] as cause
       from reconciliation.job_items i where i.job_id = c.id
     ) t
     where j.id = c.id
     returning j.id, j.state, j.kind, j.traceparent`,
  );
}

function itemsOf(job: string): string {
  return `select from reconciliation.job_items i where i.job_id = ${job}.id`;
}
