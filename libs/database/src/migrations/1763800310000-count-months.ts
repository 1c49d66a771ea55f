import { type MigrationInterface, type QueryRunner } from 'typeorm';

/**
 * States and gaps of a range of dates without a look at other dates, and what the ledgers of each month add up to, so that the
 * status of all history is read from a row a month.
 */
export class CountMonths1763800310000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A condition on a view does not reach the inner sides of its outer joins; a function that is inlined bounds each table.
      create function reconciliation.day_states_between(first date, last date)
      returns table (
        settlement_date date, state text, ingestion_revision bigint, calculation_revision bigint, summary_revision bigint,
        calculation_lags boolean, summary_lags boolean, outcome text, source_final boolean, fetch_number bigint,
        periods_expected smallint, periods_loaded smallint, records integer, combinations integer, curtailed_mwh numeric,
        calculations integer
      ) language sql stable as $$
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
               end,
               d.revision, c.revision, a.revision,
               c.derived_from is distinct from d.revision or n.differs,
               a.derived_from is distinct from c.revision,
               c.outcome, d.source_final, d.fetch_number, d.periods_expected, d.periods_loaded, d.records, d.combinations,
               d.curtailed_mwh, coalesce(k.calculations, 0)
        from ingestion.settlement_days d
        left join (
          select settlement_date, revision, derived_from, outcome, provisional
          from calculation.calculated_days where settlement_date between first and last
        ) c using (settlement_date)
        left join (
          select settlement_date, revision, derived_from
          from summary.aggregated_days where settlement_date between first and last
        ) a using (settlement_date)
        left join (
          select settlement_date, count(*) as models, min(n.calculations) as least, max(n.calculations) as most,
                 sum(n.calculations)::integer as calculations
          from calculation.calculation_counts n join calculation.miner_models using (miner_model)
          where settlement_date between first and last group by settlement_date
        ) k using (settlement_date)
        cross join (select count(*) as models from calculation.miner_models) m
        cross join lateral (
          select case c.outcome when 'blocked' then 0 else d.combinations end as calculations
        ) w
        -- A model that was never counted has no row, which is 0.
        cross join lateral (
          select coalesce(k.most, 0) <> w.calculations
                 or case when k.models = m.models then k.least else 0 end <> w.calculations as differs
        ) n
        where d.settlement_date between first and last
      $$;
      comment on function reconciliation.day_states_between is
        'Computed from the ledgers when read, never stored beside a figure; the first that applies wins';

      create or replace view reconciliation.day_states as
        select * from reconciliation.day_states_between('-infinity', 'infinity');

      create function reconciliation.missing_between(first date, last date)
      returns table (settlement_date date, cause text, periods smallint[], detail text) language sql stable as $$
          select settlement_date,
                 case state when 'failed' then 'fetch-failed' else state end,
                 array_agg(settlement_period order by settlement_period),
                 cause_detail
          from ingestion.settlement_periods
          where state in ('not-settled', 'not-fetched', 'failed') and settlement_date between first and last
          group by settlement_date, state, cause_detail
        union all
          select d.settlement_date,
                 case when c.settlement_date is null then 'not-calculated' else 'stale-revision' end,
                 '{}',
                 case when c.settlement_date is null then 'Nothing was calculated for this day yet'
                      else format('Calculations rest on revision %s of %s', c.derived_from, d.revision) end
          from ingestion.settlement_days d
          left join (
            select settlement_date, derived_from from calculation.calculated_days where settlement_date between first and last
          ) c using (settlement_date)
          where d.revision is not null and c.derived_from is distinct from d.revision
            and d.settlement_date between first and last
        union all
          select d.settlement_date,
                 case when coalesce(n.calculations, 0) < w.calculations then 'not-calculated' else 'surplus-rows' end,
                 '{}',
                 format('%s: %s calculations where there ought to be %s', m.miner_model, coalesce(n.calculations, 0), w.calculations)
          from ingestion.settlement_days d
          join calculation.calculated_days c on c.settlement_date = d.settlement_date and c.derived_from = d.revision
          cross join lateral (select case c.outcome when 'blocked' then 0 else d.combinations end as calculations) w
          cross join calculation.miner_models m
          left join (
            select settlement_date, miner_model, calculations from calculation.calculation_counts
            where settlement_date between first and last
          ) n on n.settlement_date = d.settlement_date and n.miner_model = m.miner_model
          where coalesce(n.calculations, 0) <> w.calculations
            and d.settlement_date between first and last and c.settlement_date between first and last
        union all
          select settlement_date, 'difficulty-missing', cause_periods, cause_detail
          from calculation.calculated_days
          where outcome = 'blocked' and settlement_date between first and last
        union all
          select c.settlement_date,
                 'stale-revision',
                 '{}',
                 case when a.settlement_date is null then 'The summaries were not made yet'
                      else format('Summaries rest on revision %s of %s', a.derived_from, c.revision) end
          from calculation.calculated_days c
          join ingestion.settlement_days d on d.settlement_date = c.settlement_date and d.revision = c.derived_from
          left join (
            select settlement_date, derived_from from summary.aggregated_days where settlement_date between first and last
          ) a on a.settlement_date = c.settlement_date
          where a.derived_from is distinct from c.revision
            and c.settlement_date between first and last and d.settlement_date between first and last
      $$;
      comment on function reconciliation.missing_between is 'One row for each thing that keeps a stored day from being complete';

      create or replace view reconciliation.missing as
        select * from reconciliation.missing_between('-infinity', 'infinity');

      create table reconciliation.month_days (
        month date primary key check (extract(day from month) = 1),
        combinations bigint not null,
        absent integer not null,
        partial integer not null,
        blocked integer not null,
        provisional integer not null,
        complete integer not null
      );
      comment on table reconciliation.month_days is
        'Days of each month by state, as the ledgers tell it: counted by triggers, written by no service';

      create table reconciliation.month_calculations (
        month date not null check (extract(day from month) = 1),
        miner_model text not null,
        calculations bigint not null,
        primary key (month, miner_model)
      );
      comment on table reconciliation.month_calculations is
        'Sums of calculation.calculation_counts: kept by triggers, written by no service';

      -- Planned once a session: a plan for each month would cost four times what it does.
      create function reconciliation.count_month(counted date) returns void
        language plpgsql set plan_cache_mode = force_generic_plan as $$
      declare
        last date := counted + interval '1 month' - interval '1 day';
      begin
        insert into reconciliation.month_days as m
        select counted, coalesce(sum(combinations), 0),
               count(*) filter (where state = 'absent'), count(*) filter (where state = 'partial'),
               count(*) filter (where state = 'blocked'), count(*) filter (where state = 'provisional'),
               count(*) filter (where state = 'complete')
        from reconciliation.day_states_between(counted, last)
        on conflict (month) do update set
          combinations = excluded.combinations, absent = excluded.absent, partial = excluded.partial,
          blocked = excluded.blocked, provisional = excluded.provisional, complete = excluded.complete
        where (m.combinations, m.absent, m.partial, m.blocked, m.provisional, m.complete)
          <> (excluded.combinations, excluded.absent, excluded.partial, excluded.blocked, excluded.provisional, excluded.complete);

        insert into reconciliation.month_calculations as m
        select counted, o.miner_model, coalesce(sum(n.calculations), 0)
        from calculation.miner_models o
        left join calculation.calculation_counts n
          on n.miner_model = o.miner_model and n.settlement_date between counted and last
        group by o.miner_model
        on conflict (month, miner_model) do update set calculations = excluded.calculations
        where m.calculations <> excluded.calculations;
      end $$;

      /*
       * Runs when a transaction commits, once for each month in which it changed a ledger, and so sees all that it did. The lock
       * makes it see all that others did, too: whoever comes later counts again. It is held for the commit only; and commits
       * that change a ledger take turns in any case, for they NOTIFY.
       */
      create function reconciliation.count_changed_month() returns trigger
        language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
      declare
        changed date := date_trunc('month', case tg_op when 'DELETE' then old.settlement_date else new.settlement_date end);
        done text := coalesce(current_setting('windfall.counted_months', true), '');
      begin
        if position(changed::text in done) > 0 then return null; end if;
        perform pg_advisory_xact_lock(hashtext('month counts'));
        perform reconciliation.count_month(changed);
        perform set_config('windfall.counted_months', done || changed, true);
        return null;
      end $$;

      create function reconciliation.count_every_month() returns trigger
        language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
      begin
        perform pg_advisory_xact_lock(hashtext('month counts'));
        perform reconciliation.count_month(month) from (
          select month from reconciliation.month_days
          union select date_trunc('month', settlement_date)::date from ingestion.settlement_days
          union select date_trunc('month', settlement_date)::date from calculation.calculation_counts
        ) known;
        return null;
      end $$;

      do $$
      declare ledger text;
      begin
        foreach ledger in array array['ingestion.settlement_days', 'calculation.calculated_days', 'calculation.calculation_counts',
                                      'summary.aggregated_days'] loop
          execute format('create constraint trigger month_counted after insert or update or delete on %s
                            deferrable initially deferred for each row execute function reconciliation.count_changed_month()', ledger);
          execute format('create trigger months_counted after truncate on %s
                            for each statement execute function reconciliation.count_every_month()', ledger);
        end loop;
      end $$;
      -- Another miner model makes every day incomplete.
      create trigger months_counted after insert or update or delete on calculation.miner_models
        for each statement execute function reconciliation.count_every_month();

      select reconciliation.count_month(month) from (
        select distinct date_trunc('month', settlement_date)::date as month from ingestion.settlement_days
      ) known;

      grant select on reconciliation.month_days, reconciliation.month_calculations to windfall_reader;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function reconciliation.count_changed_month cascade;
      drop function reconciliation.count_every_month cascade;
      drop function reconciliation.count_month;
      drop table reconciliation.month_calculations;
      drop table reconciliation.month_days;
    `);
  }
}
