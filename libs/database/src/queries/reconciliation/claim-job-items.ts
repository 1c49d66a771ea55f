import { type Executor, run } from '../../executor.js';

/**
 * Begins as many queued items as the batch sizes of their jobs allow. An item whose date another job works on becomes
 * `waiting`; operators go before schedules, then the oldest job first. The unique index on running dates is the last guard.
 *
 * @param derivingAtOnce how many items of a job that ask nothing of the source may run at once, whatever its batch size: they
 *   are requested by sets, and more of them need no more of anybody
 * @param setSize such items begin by whole sets: were each begun as another ends, sets would crumble, and a set of one date costs
 *   a third of a whole one
 */
export async function claimJobItems(transaction: Executor, derivingAtOnce: number, setSize: number): Promise<void> {
  await run(
    transaction,
    // Jobs before items, as a cancellation does it: in the other order each could wait for the other. What is joined to items
    // is materialized: statistics know nothing of a new job's items, and on that guess each item had all of it computed anew.
    `with job as (
       select id, batch_size, automatic, created_at from reconciliation.jobs
       where state in ('queued', 'running') order by id for no key update
     ),
     running as materialized (
       -- A day that was fetched for its item may be settled for good by now; it is still one of those worked on at once.
       select job_id, settlement_date, exclusive, (i.fetch_number_before is not null or ${asksSource}) as asks_source
       from reconciliation.job_items i where state = 'running'
     ),
     open as materialized (
       select i.job_id, i.settlement_date, i.state, i.place, i.exclusive, ${asksSource} as asks_source,
              i.exclusive and i.settlement_date in (select settlement_date from running where exclusive) as held,
              row_number() over (
                partition by i.settlement_date, i.exclusive order by j.automatic, j.created_at, j.id) as place_on_date
       from job j
       join reconciliation.job_items i on i.job_id = j.id
       where i.state in ('queued', 'waiting')
     ),
     room as materialized (
       select j.id as job_id, k.asks_source,
              case when k.asks_source then j.batch_size - count(r.job_id) else ($1 - count(r.job_id)) / $2 * $2 end as room
       from job j
       cross join (values (true), (false)) k (asks_source)
       left join running r on r.job_id = j.id and r.asks_source = k.asks_source
       group by j.id, j.batch_size, k.asks_source
     ),
     free as (
       select job_id, settlement_date, state, asks_source,
              row_number() over (partition by job_id, asks_source order by place) as place_in_job
       from open where not held and (place_on_date = 1 or not exclusive)
     ),
     next as materialized (
       select f.job_id, f.settlement_date, f.state as state_before, 'running' as state
       from free f join room r on r.job_id = f.job_id and r.asks_source = f.asks_source and f.place_in_job <= r.room
       union all
       select job_id, settlement_date, state, 'waiting' from open where held or (place_on_date > 1 and exclusive)
     )
     update reconciliation.job_items i
     set state = n.state,
         started_at = case n.state when 'running' then coalesce(i.started_at, clock_timestamp()) else i.started_at end,
         begun_at = case n.state when 'running' then clock_timestamp() end,
         before = case n.state when 'running' then coalesce(i.before, (
           select jsonb_build_object(
             'revision', s.ingestion_revision, 'records', s.records, 'curtailedMwh', round(s.curtailed_mwh, 6),
             'calculations', s.calculations)
           from (select i.settlement_date) d left join reconciliation.day_states s using (settlement_date))) else i.before end
     from next n
     where i.job_id = n.job_id and i.settlement_date = n.settlement_date and i.state = n.state_before and n.state <> n.state_before`,
    [derivingAtOnce, setSize],
  );
}

/** A day that the source will not change any more and of which nothing is missing is not fetched where that is only done if needed. */
const asksSource = `(
  i.steps @? '$[*] ? (@.do != "calculate" && @.do != "aggregate" && !(@.do == "ingest" && @.when == "needed"))'
  or i.steps @? '$[*] ? (@.do == "ingest" && @.when == "needed")' and not exists (
    select from ingestion.settlement_days d
    where d.settlement_date = i.settlement_date and d.source_final and d.periods_loaded = d.periods_expected))`;
