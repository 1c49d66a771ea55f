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
     open as (
       select i.job_id, i.settlement_date, j.batch_size, j.created_at,
              exists (
                select from reconciliation.job_items r
                where r.settlement_date = i.settlement_date and r.state = 'running') as held,
              row_number() over (partition by i.settlement_date order by j.created_at, j.id) as place_on_date
       from job j
       join reconciliation.job_items i on i.job_id = j.id
       where i.state in ('queued', 'waiting')
     ),
     free as (
       select o.*, row_number() over (partition by o.job_id order by o.settlement_date) as place_in_job,
              (select count(*) from reconciliation.job_items r where r.job_id = o.job_id and r.state = 'running') as running
       from open o where not o.held and o.place_on_date = 1
     ),
     begun as (
       select job_id, settlement_date from free where place_in_job + running <= batch_size
     )
     update reconciliation.job_items i
     set state = case when b.job_id is null then 'waiting' else 'running' end,
         started_at = case when b.job_id is null then i.started_at else coalesce(i.started_at, now()) end,
         before = case when b.job_id is null or i.before is not null then i.before else jsonb_build_object(
           'revision', s.ingestion_revision, 'records', s.records, 'curtailedMwh', round(s.curtailed_mwh, 6),
           'calculations', s.calculations) end
     from open o
     left join begun b using (job_id, settlement_date)
     left join reconciliation.day_states s using (settlement_date)
     where i.job_id = o.job_id and i.settlement_date = o.settlement_date and i.state in ('queued', 'waiting')
       and (b.job_id is not null or (i.state = 'queued' and (o.held or o.place_on_date > 1)))`,
  );
}
