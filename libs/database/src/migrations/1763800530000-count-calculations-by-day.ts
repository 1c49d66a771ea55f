import { type MigrationInterface, type QueryRunner } from 'typeorm';

/**
 * The state of a day from its own counts. They were summed for all days and joined then, which for some dates only, as a job
 * looks at them, cost as much as all of history.
 */
export class CountCalculationsByDay1763800530000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create or replace function reconciliation.day_states_between(first date, last date)
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
               d.curtailed_mwh, n.calculations
        from ingestion.settlement_days d
        left join (
          select settlement_date, revision, derived_from, outcome, provisional
          from calculation.calculated_days where settlement_date between first and last
        ) c using (settlement_date)
        left join (
          select settlement_date, revision, derived_from
          from summary.aggregated_days where settlement_date between first and last
        ) a using (settlement_date)
        cross join lateral (
          select case c.outcome when 'blocked' then 0 else d.combinations end as calculations
        ) w
        cross join lateral (
          -- A model that was never counted has no row, which is 0.
          select bool_or(coalesce(c.calculations, 0) <> w.calculations) as differs,
                 coalesce(sum(c.calculations), 0)::integer as calculations
          from calculation.miner_models m
          left join calculation.calculation_counts c on c.settlement_date = d.settlement_date and c.miner_model = m.miner_model
        ) n
        where d.settlement_date between first and last
      $$;
    `);
  }

  async down(): Promise<void> {
    // It says the same as before.
  }
}
