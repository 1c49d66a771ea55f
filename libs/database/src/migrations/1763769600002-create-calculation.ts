import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** Potential bitcoin of each combination of date, period and farm, once per miner model. */
export class CreateCalculation1763769600002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema calculation;

      create sequence calculation.revision;

      create table calculation.miner_models (
        miner_model text primary key,
        position smallint not null unique,
        hashrate_ths numeric not null check (hashrate_ths > 0),
        power_w numeric not null check (power_w > 0),
        source text not null
      );
      insert into calculation.miner_models values
        ('S19J_PRO', 1, 100, 3050, 'Antminer S19j Pro 100 TH/s, resellers'' table; the vendor''s sheet was not at hand'),
        ('S9', 2, 13.5, 1323, 'Antminer S9 13.5 TH/s, a mining guide; another shop lists 1400 W at the wall'),
        ('M20S', 3, 68, 3360, 'Whatsminer M20S 68 TH/s, a miner index (49 J/TH)');

      comment on column calculation.miner_models.position is 'Order in which the models are served';

      -- No surrogate id, second index or foreign key: each costs 1.4 to 3 times the write of the whole history.
      create table calculation.historical_bitcoin_calculations (
        settlement_date date not null,
        settlement_period smallint not null check (settlement_period between 1 and 50),
        farm_id text not null,
        miner_model text not null,
        curtailed_mwh numeric not null check (curtailed_mwh > 0),
        difficulty numeric not null check (difficulty > 0),
        block_subsidy_btc numeric not null check (block_subsidy_btc > 0),
        hashrate_ths numeric not null,
        power_w numeric not null,
        formula_version smallint not null,
        potential_btc numeric not null check (potential_btc > 0),
        primary key (settlement_date, settlement_period, farm_id, miner_model)
      );

      create table calculation.calculated_days (
        settlement_date date primary key,
        revision bigint not null,
        derived_from bigint not null,
        outcome text not null check (outcome in ('calculated', 'blocked')),
        cause_detail text,
        cause_periods smallint[],
        provisional boolean not null default false,
        mining jsonb not null default '[]',
        calculated_at timestamptz not null default now(),
        check ((outcome = 'blocked') = (cause_detail is not null))
      );
      comment on column calculation.calculated_days.derived_from is 'ingestion.settlement_days.revision that the calculations rest on';
      comment on column calculation.calculated_days.provisional is 'Some period lies in the newest known difficulty epoch';
      comment on column calculation.calculated_days.mining is 'Runs of periods with one difficulty and block subsidy: [{fromPeriod, toPeriod, difficulty, blockSubsidyBtc}]';

      create table calculation.calculation_counts (
        settlement_date date not null,
        miner_model text not null,
        calculations integer not null check (calculations >= 0),
        primary key (settlement_date, miner_model)
      );
      comment on table calculation.calculation_counts is 'Ledger: how many calculations are there, kept by triggers';

      create function calculation.count_inserted() returns trigger language plpgsql as $$
      begin
        insert into calculation.calculation_counts as c (settlement_date, miner_model, calculations)
        select settlement_date, miner_model, count(*) from changed group by settlement_date, miner_model
        on conflict (settlement_date, miner_model) do update set calculations = c.calculations + excluded.calculations;
        return null;
      end $$;
      create function calculation.count_deleted() returns trigger language plpgsql as $$
      begin
        update calculation.calculation_counts c set calculations = c.calculations - g.calculations
        from (select settlement_date, miner_model, count(*) as calculations from changed group by settlement_date, miner_model) g
        where c.settlement_date = g.settlement_date and c.miner_model = g.miner_model;
        return null;
      end $$;
      create trigger calculations_inserted after insert on calculation.historical_bitcoin_calculations
        referencing new table as changed for each statement execute function calculation.count_inserted();
      create trigger calculations_deleted after delete on calculation.historical_bitcoin_calculations
        referencing old table as changed for each statement execute function calculation.count_deleted();
      create trigger calculations_updated_from after update on calculation.historical_bitcoin_calculations
        referencing old table as changed for each statement execute function calculation.count_deleted();
      create trigger calculations_updated_to after update on calculation.historical_bitcoin_calculations
        referencing new table as changed for each statement execute function calculation.count_inserted();

      create function calculation.ledger_changed() returns trigger language plpgsql as $$
      begin
        notify ledger_changed;
        return null;
      end $$;
      create trigger ledger_changed after insert or update on calculation.calculated_days
        for each statement execute function calculation.ledger_changed();

      create table calculation.outbox (
        seq bigint generated always as identity primary key,
        id text not null unique,
        subject text not null,
        payload jsonb not null,
        headers jsonb not null default '{}',
        created_at timestamptz not null default now(),
        published_at timestamptz
      );
      create index outbox_unpublished on calculation.outbox (seq) where published_at is null;

      grant usage on schema calculation to windfall_reader;
      grant select on all tables in schema calculation to windfall_reader;
      grant usage on all sequences in schema calculation to windfall_calculator;
      grant insert, delete on calculation.historical_bitcoin_calculations to windfall_calculator;
      grant insert, update on calculation.calculated_days, calculation.calculation_counts to windfall_calculator;
      grant insert, update, delete on calculation.outbox to windfall_calculator;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema calculation cascade');
  }
}
