import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Jobs over settlement days, and the state of each day as the ledgers tell it. */
export class CreateReconciliation1763769600004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema reconciliation;

      create table reconciliation.jobs (
        id uuid primary key,
        kind text not null,
        state text not null check (state in ('queued', 'running', 'completed', 'failed', 'cancelled')),
        arguments jsonb not null,
        batch_size smallint not null check (batch_size between 1 and 31),
        cause jsonb,
        report_id uuid,
        requested_by text not null,
        reason text,
        idempotency_key text,
        request_hash text,
        traceparent text,
        cancel_requested boolean not null default false,
        created_at timestamptz not null default now(),
        started_at timestamptz,
        updated_at timestamptz not null default now(),
        ended_at timestamptz,
        unique (requested_by, idempotency_key)
      );
      create index jobs_by_age on reconciliation.jobs (created_at desc, id);
      create index jobs_open on reconciliation.jobs (created_at) where state in ('queued', 'running');

      create table reconciliation.job_items (
        job_id uuid not null references reconciliation.jobs,
        settlement_date date not null,
        state text not null check (state in ('queued', 'waiting', 'running', 'completed', 'failed', 'blocked', 'cancelled')),
        attempts smallint not null default 0,
        fetch_number_before bigint,
        asked text check (asked in ('ingestion', 'calculation', 'aggregation')),
        asked_at timestamptz,
        request_id text,
        cause jsonb,
        before jsonb,
        after jsonb,
        started_at timestamptz,
        ended_at timestamptz,
        primary key (job_id, settlement_date)
      );
      -- The lease on a date: two repairs of one date cannot both be running.
      create unique index job_items_one_runs on reconciliation.job_items (settlement_date) where state = 'running';
      comment on column reconciliation.job_items.fetch_number_before is 'The item is served by a fetch with a higher number';
      comment on column reconciliation.job_items.asked is 'What was last asked for on behalf of the item, by the event request_id';

      create table reconciliation.outbox (
        seq bigint generated always as identity primary key,
        id text not null unique,
        subject text not null,
        payload jsonb not null,
        headers jsonb not null default '{}',
        created_at timestamptz not null default now(),
        published_at timestamptz
      );
      create index outbox_unpublished on reconciliation.outbox (seq) where published_at is null;

      /*
       * One row for each thing that keeps a stored day from being complete. What the source may still change, and what the
       * newest difficulty epoch may, is not missing but provisional.
       */
      create view reconciliation.missing as
        select settlement_date,
               case state when 'failed' then 'fetch-failed' else state end as cause,
               array_agg(settlement_period order by settlement_period) as periods,
               cause_detail as detail
        from ingestion.settlement_periods
        where state in ('not-settled', 'not-fetched', 'failed')
        group by settlement_date, state, cause_detail
      union all
        select d.settlement_date,
               case when c.settlement_date is null then 'not-calculated' else 'stale-revision' end,
               '{}'::smallint[],
               case when c.settlement_date is null then 'Nothing was calculated for this day yet'
                    else format('Calculations rest on revision %s of %s', c.derived_from, d.revision) end
        from ingestion.settlement_days d
        left join calculation.calculated_days c using (settlement_date)
        where d.revision is not null and c.derived_from is distinct from d.revision
      union all
        select d.settlement_date,
               case when coalesce(n.calculations, 0) < w.calculations then 'not-calculated' else 'surplus-rows' end,
               '{}'::smallint[],
               format('%s: %s calculations where there ought to be %s', m.miner_model, coalesce(n.calculations, 0), w.calculations)
        from ingestion.settlement_days d
        join calculation.calculated_days c on c.settlement_date = d.settlement_date and c.derived_from = d.revision
        cross join lateral (select case c.outcome when 'blocked' then 0 else d.combinations end as calculations) w
        cross join calculation.miner_models m
        left join calculation.calculation_counts n on n.settlement_date = d.settlement_date and n.miner_model = m.miner_model
        where coalesce(n.calculations, 0) <> w.calculations
      union all
        select settlement_date, 'difficulty-missing', cause_periods, cause_detail
        from calculation.calculated_days
        where outcome = 'blocked'
      union all
        select c.settlement_date,
               'stale-revision',
               '{}'::smallint[],
               case when a.settlement_date is null then 'The summaries were not made yet'
                    else format('Summaries rest on revision %s of %s', a.derived_from, c.revision) end
        from calculation.calculated_days c
        join ingestion.settlement_days d on d.settlement_date = c.settlement_date and d.revision = c.derived_from
        left join summary.aggregated_days a on a.settlement_date = c.settlement_date
        where a.derived_from is distinct from c.revision;

      create view reconciliation.day_states as
        select d.settlement_date,
               case
                 when d.revision is null then 'absent'
                 when d.periods_loaded < d.periods_expected
                   or c.derived_from is distinct from d.revision
                   or a.derived_from is distinct from c.revision
                   or n.differs
                 then 'partial'
                 when c.outcome = 'blocked' then 'blocked'
                 when c.provisional or not d.source_final then 'provisional'
                 else 'complete'
               end as state,
               d.revision as ingestion_revision,
               c.revision as calculation_revision,
               a.revision as summary_revision,
               c.derived_from is distinct from d.revision or coalesce(n.differs, false) as calculation_lags,
               a.derived_from is distinct from c.revision as summary_lags,
               c.outcome,
               d.source_final,
               d.fetch_number,
               d.periods_expected,
               d.periods_loaded,
               d.records,
               d.combinations,
               d.curtailed_mwh,
               n.calculations
        from ingestion.settlement_days d
        left join calculation.calculated_days c using (settlement_date)
        left join summary.aggregated_days a using (settlement_date)
        left join lateral (
          select sum(coalesce(k.calculations, 0))::integer as calculations,
                 bool_or(coalesce(k.calculations, 0) <> case c.outcome when 'blocked' then 0 else d.combinations end) as differs
          from calculation.miner_models m
          left join calculation.calculation_counts k on k.settlement_date = d.settlement_date and k.miner_model = m.miner_model
        ) n on true;
      comment on view reconciliation.day_states is 'Computed from the ledgers when read, never stored beside a figure; the first that applies wins';

      grant usage on schema reconciliation to windfall_reader;
      grant select on all tables in schema reconciliation to windfall_reader;
      grant usage on all sequences in schema reconciliation to windfall_reconciler;
      grant insert, update on reconciliation.jobs, reconciliation.job_items to windfall_reconciler;
      grant insert, update, delete on reconciliation.outbox to windfall_reconciler;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema reconciliation cascade');
  }
}
