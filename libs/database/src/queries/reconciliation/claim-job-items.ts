import { type Executor, run } from '../../executor.js';

/**
 * Begins as many queued items as the batch sizes of their jobs allow. An item whose date another job works on becomes
 * `waiting`; the oldest job goes first. The unique index on running dates is the last guard.
 */
export async function claimJobItems(transaction: Executor): Promise<void> {
  await run(
    transaction,
    // Jobs before items, as a cancellation does it: in the other order each could wait for the other.
    `with job as (
       select id, batch_size, created_at from reconciliation.jobs
       where state in ('queued', 'running') order by id for no key update
     ),
     running as (
       select job_id, settlement_date from reconciliation.job_items where state = 'running'
     ),
     open as (
       select i.job_id, i.settlement_date, j.batch_size, r.job_id is not null as held,
              row_number() over (partition by i.settlement_date order by j.created_at, j.id) as place_on_date
       from job j
       join reconciliation.job_items i on i.job_id = j.id
       left join running r on r.settlement_date = i.settlement_date
       where i.state in ('queued', 'waiting')
     ),
     free as (
       select job_id, settlement_date, batch_size, row_number() over (partition by job_id order by settlement_date) as place_in_job
       from open where not held and place_on_date = 1
     ),
     next as (
       select f.job_id, f.settlement_date, 'running' as state
       from free f
       where f.place_in_job <= f.batch_size - (select count(*) from running r where r.job_id = f.job_id)
       union all
       select job_id, settlement_date, 'waiting' from open where held or place_on_date > 1
     )
     update reconciliation.job_items i
     set state = n.state,
         started_at = case n.state when 'running' then coalesce(i.started_at, now()) else i.started_at end,
         before = case n.state when 'running' then coalesce(i.before, (
           select jsonb_build_object(
             'revision', s.ingestion_revision, 'records', s.records, 'curtailedMwh', round(s.curtailed_mwh, 6),
             'calculations', s.calculations)
           from (select i.settlement_date) d left join reconciliation.day_states s using (settlement_date))) else i.before end
     from next n
     where i.job_id = n.job_id and i.settlement_date = n.settlement_date and i.state in ('queued', 'waiting') and i.state <> n.state`,
  );
}
