import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Daily, monthly and yearly sums: in total and per farm with its lead party; energy and payment apart from bitcoin per model. */
export class CreateSummary1763769600003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema summary;

      create sequence summary.revision;

      create table summary.daily_summaries (
        settlement_date date primary key,
        curtailed_mwh numeric not null,
        payment_gbp numeric not null,
        absolute_payment_gbp numeric not null
      );
      create table summary.monthly_summaries (
        month text primary key check (month ~ '^\\d{4}-\\d{2}$'),
        curtailed_mwh numeric not null,
        payment_gbp numeric not null,
        absolute_payment_gbp numeric not null
      );
      create table summary.yearly_summaries (
        year smallint primary key,
        curtailed_mwh numeric not null,
        payment_gbp numeric not null,
        absolute_payment_gbp numeric not null
      );

      create table summary.bitcoin_daily_summaries (
        settlement_date date not null,
        miner_model text not null,
        potential_btc numeric not null,
        primary key (settlement_date, miner_model)
      );
      create table summary.bitcoin_monthly_summaries (
        month text not null,
        miner_model text not null,
        potential_btc numeric not null,
        primary key (month, miner_model)
      );
      create table summary.bitcoin_yearly_summaries (
        year smallint not null,
        miner_model text not null,
        potential_btc numeric not null,
        primary key (year, miner_model)
      );

      -- A farm can pass to another lead party, so both are the key and either can be summed over.
      create table summary.farm_daily_summaries (
        settlement_date date not null,
        farm_id text not null,
        lead_party text,
        curtailed_mwh numeric not null,
        payment_gbp numeric not null,
        absolute_payment_gbp numeric not null
      );
      create unique index farm_daily_summaries_key on summary.farm_daily_summaries (settlement_date, farm_id, lead_party) nulls not distinct;
      create table summary.farm_monthly_summaries (
        month text not null,
        farm_id text not null,
        lead_party text,
        curtailed_mwh numeric not null,
        payment_gbp numeric not null,
        absolute_payment_gbp numeric not null
      );
      create unique index farm_monthly_summaries_key on summary.farm_monthly_summaries (month, farm_id, lead_party) nulls not distinct;
      create table summary.farm_yearly_summaries (
        year smallint not null,
        farm_id text not null,
        lead_party text,
        curtailed_mwh numeric not null,
        payment_gbp numeric not null,
        absolute_payment_gbp numeric not null
      );
      create unique index farm_yearly_summaries_key on summary.farm_yearly_summaries (year, farm_id, lead_party) nulls not distinct;

      create table summary.bitcoin_farm_daily_summaries (
        settlement_date date not null,
        farm_id text not null,
        lead_party text,
        miner_model text not null,
        potential_btc numeric not null
      );
      create unique index bitcoin_farm_daily_summaries_key on summary.bitcoin_farm_daily_summaries
        (settlement_date, farm_id, lead_party, miner_model) nulls not distinct;
      create table summary.bitcoin_farm_monthly_summaries (
        month text not null,
        farm_id text not null,
        lead_party text,
        miner_model text not null,
        potential_btc numeric not null
      );
      create unique index bitcoin_farm_monthly_summaries_key on summary.bitcoin_farm_monthly_summaries
        (month, farm_id, lead_party, miner_model) nulls not distinct;
      create table summary.bitcoin_farm_yearly_summaries (
        year smallint not null,
        farm_id text not null,
        lead_party text,
        miner_model text not null,
        potential_btc numeric not null
      );
      create unique index bitcoin_farm_yearly_summaries_key on summary.bitcoin_farm_yearly_summaries
        (year, farm_id, lead_party, miner_model) nulls not distinct;

      create table summary.aggregated_days (
        settlement_date date primary key,
        revision bigint not null,
        derived_from bigint not null,
        aggregated_at timestamptz not null default now()
      );
      comment on column summary.aggregated_days.derived_from is 'calculation.calculated_days.revision that the summaries rest on';

      create function summary.ledger_changed() returns trigger language plpgsql as $$
      begin
        notify ledger_changed;
        return null;
      end $$;
      create trigger ledger_changed after insert or update on summary.aggregated_days
        for each statement execute function summary.ledger_changed();

      create table summary.outbox (
        seq bigint generated always as identity primary key,
        id text not null unique,
        subject text not null,
        payload jsonb not null,
        headers jsonb not null default '{}',
        created_at timestamptz not null default now(),
        published_at timestamptz
      );
      create index outbox_unpublished on summary.outbox (seq) where published_at is null;

      grant usage on schema summary to windfall_reader;
      grant select on all tables in schema summary to windfall_reader;
      grant usage on all sequences in schema summary to windfall_aggregator;
      grant insert, update, delete on all tables in schema summary to windfall_aggregator;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema summary cascade');
  }
}
