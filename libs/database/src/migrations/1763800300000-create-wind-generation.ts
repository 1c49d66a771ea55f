import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** What Britain's wind farms produced: mean power per settlement period as the source has it, and its sums. */
export class CreateWindGeneration1763800300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table ingestion.wind_generation_data (
        settlement_date date not null,
        settlement_period smallint not null check (settlement_period between 1 and 50),
        onshore_mw numeric,
        offshore_mw numeric,
        onshore_published_at timestamptz,
        offshore_published_at timestamptz,
        primary key (settlement_date, settlement_period),
        check ((onshore_mw is null) = (onshore_published_at is null)),
        check ((offshore_mw is null) = (offshore_published_at is null)),
        check (onshore_mw is not null or offshore_mw is not null)
      );
      comment on table ingestion.wind_generation_data is 'Mean MW of each settlement period; a period that the source does not have has no row';
      comment on column ingestion.wind_generation_data.onshore_published_at is 'As the source labels it; it orders versions and says no more';

      create table ingestion.wind_generation_days (
        settlement_date date primary key,
        fetch_number bigint not null,
        revision bigint,
        periods_expected smallint not null check (periods_expected in (46, 48, 50)),
        periods_loaded smallint not null default 0 check (periods_loaded between 0 and periods_expected),
        onshore_mwh numeric,
        offshore_mwh numeric,
        source_final boolean not null default false,
        cause_code text,
        cause_detail text,
        fetched_at timestamptz not null,
        check ((cause_code is null) = (cause_detail is null))
      );
      comment on table ingestion.wind_generation_days is 'Ledger: what is stored of the wind generation of each settlement day';
      comment on column ingestion.wind_generation_days.fetch_number is 'Highest fetch that committed, also in vain; a fetch that drew a lower number is refused';
      comment on column ingestion.wind_generation_days.revision is 'Grows when the stored content changes; null while nothing was ever loaded';
      comment on column ingestion.wind_generation_days.periods_loaded is 'Periods of which both onshore and offshore are known';
      comment on column ingestion.wind_generation_days.onshore_mwh is 'Sum of what is known; null while nothing is';
      comment on column ingestion.wind_generation_days.source_final is 'The source answered after the last moment at which it is expected to change the day';
      comment on column ingestion.wind_generation_days.cause_code is 'Why the newest fetch failed; null when it did not. What was stored before stays';
      create sequence ingestion.wind_generation_fetch;
      create trigger ledger_changed after insert or update on ingestion.wind_generation_days
        for each statement execute function ingestion.ledger_changed();

      create table summary.daily_wind_generation (
        settlement_date date primary key,
        onshore_mwh numeric,
        offshore_mwh numeric,
        periods_loaded smallint not null,
        revision bigint not null,
        derived_from bigint not null
      );
      comment on column summary.daily_wind_generation.revision is 'Drawn from the sequence of aggregated_days, so that the greater of the two grows with either';
      comment on column summary.daily_wind_generation.derived_from is 'ingestion.wind_generation_days.revision that the sums rest on';
      create table summary.monthly_wind_generation (
        month text primary key check (month ~ '^\\d{4}-\\d{2}$'),
        onshore_mwh numeric,
        offshore_mwh numeric,
        periods_loaded integer not null,
        days_loaded smallint not null
      );
      comment on column summary.monthly_wind_generation.days_loaded is 'Days of which anything is known';
      create table summary.yearly_wind_generation (
        year smallint primary key,
        onshore_mwh numeric,
        offshore_mwh numeric,
        periods_loaded integer not null,
        days_loaded smallint not null
      );
      create trigger ledger_changed after insert or update on summary.daily_wind_generation
        for each statement execute function summary.ledger_changed();

      grant select on ingestion.wind_generation_data, ingestion.wind_generation_days to windfall_reader;
      grant insert, update on ingestion.wind_generation_data, ingestion.wind_generation_days to windfall_ingestion;
      grant usage on sequence ingestion.wind_generation_fetch to windfall_ingestion;
      grant select on summary.daily_wind_generation, summary.monthly_wind_generation, summary.yearly_wind_generation to windfall_reader;
      grant insert, update, delete on summary.daily_wind_generation, summary.monthly_wind_generation, summary.yearly_wind_generation
        to windfall_aggregator;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table ingestion.wind_generation_data, ingestion.wind_generation_days;
      drop sequence ingestion.wind_generation_fetch;
      drop table summary.daily_wind_generation, summary.monthly_wind_generation, summary.yearly_wind_generation;
    `);
  }
}
