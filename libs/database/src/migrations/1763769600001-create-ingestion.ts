import { type MigrationInterface, type QueryRunner } from 'typeorm';

/** What Elexon said: curtailed acceptances, the state of each settlement period, and the register of BM units. */
export class CreateIngestion1763769600001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema ingestion;

      create sequence ingestion.revision;

      create table ingestion.settlement_days (
        settlement_date date primary key,
        fetch_number bigint not null,
        revision bigint,
        periods_expected smallint not null check (periods_expected in (46, 48, 50)),
        periods_loaded smallint not null default 0 check (periods_loaded between 0 and periods_expected),
        source_final boolean not null default false,
        records integer not null default 0,
        combinations integer not null default 0,
        curtailed_mwh numeric not null default 0,
        payment_gbp numeric not null default 0,
        absolute_payment_gbp numeric not null default 0,
        fetched_at timestamptz not null
      );
      comment on table ingestion.settlement_days is 'Ledger: what is stored of each settlement day';
      comment on column ingestion.settlement_days.fetch_number is 'Highest fetch that committed; a fetch that drew a lower number is refused';
      comment on column ingestion.settlement_days.revision is 'Grows when the stored content changes; null while nothing was ever loaded';
      comment on column ingestion.settlement_days.source_final is 'Each loaded period was fetched after the last moment at which the source changes it by itself';

      create table ingestion.fetches (
        fetch_number bigint generated always as identity primary key,
        settlement_date date not null,
        request_id text not null,
        started_at timestamptz not null default clock_timestamp()
      );
      create index fetches_by_date on ingestion.fetches (settlement_date, fetch_number desc);
      comment on table ingestion.fetches is 'Each begun fetch of a day; its number fences what it may commit';

      create table ingestion.settlement_periods (
        settlement_date date not null references ingestion.settlement_days,
        settlement_period smallint not null check (settlement_period between 1 and 50),
        state text not null check (state in ('not-settled', 'not-fetched', 'fetched', 'fetched-empty', 'failed')),
        cause_code text,
        cause_detail text,
        answer text check (answer in ('rows', 'empty', 'not-found')),
        fetched_at timestamptz,
        source_created_at timestamptz,
        row_count integer not null default 0,
        content_hash text,
        uncounted_unit_ids text[] not null default '{}',
        primary key (settlement_date, settlement_period),
        check ((state = 'failed') = (cause_code is not null)),
        check (state not in ('fetched', 'fetched-empty') or content_hash is not null)
      );
      comment on column ingestion.settlement_periods.answer is 'empty: 200 without a row; not-found: 404, which may also be a wrong address';
      -- What is missing is asked for all dates at once, and is little.
      create index settlement_periods_missing on ingestion.settlement_periods (settlement_date)
        where state in ('not-settled', 'not-fetched', 'failed');
      comment on column ingestion.settlement_periods.content_hash is 'Of the rows stored; it stays with the rows when a later fetch fails';
      comment on column ingestion.settlement_periods.uncounted_unit_ids is 'SO-flagged bids of these units were not counted, since the register does not call them wind';

      create table ingestion.curtailment_records (
        settlement_date date not null,
        settlement_period smallint not null check (settlement_period between 1 and 50),
        side text not null check (side = 'bid'),
        farm_id text not null,
        acceptance_id bigint,
        bid_offer_pair_id smallint,
        running_number smallint not null default 0,
        lead_party text,
        volume_mwh numeric not null check (volume_mwh < 0),
        original_price_gbp_per_mwh numeric not null,
        so_flag boolean not null check (so_flag),
        cadl_flag boolean,
        source_created_at timestamptz
      );
      -- A row without an acceptance has no number of its own in the source, hence the running number.
      create unique index curtailment_records_key on ingestion.curtailment_records
        (settlement_date, settlement_period, farm_id, acceptance_id, bid_offer_pair_id, running_number, side) nulls not distinct;

      create table ingestion.request_grants (
        minute timestamptz primary key,
        granted integer not null check (granted > 0)
      );
      comment on table ingestion.request_grants is 'How many requests to the source all replicas together were allowed in a minute';

      create table ingestion.register_versions (
        version integer generated always as identity primary key,
        content_hash text not null,
        fetched_at timestamptz not null
      );

      create table ingestion.bm_units (
        version integer not null references ingestion.register_versions,
        farm_id text not null,
        national_grid_bm_unit text,
        name text,
        fuel_type text,
        lead_party text,
        generation_capacity_mw numeric,
        counted_as_wind boolean not null,
        primary key (version, farm_id)
      );
      comment on column ingestion.bm_units.counted_as_wind is 'Typed WIND in the register, or named in the list of wind farms that it types otherwise';

      create function ingestion.refresh_settlement_day_totals(dates date[]) returns void language sql as $$
        update ingestion.settlement_days d
        set records = t.records, combinations = t.combinations, curtailed_mwh = t.curtailed_mwh,
            payment_gbp = t.payment_gbp, absolute_payment_gbp = t.absolute_payment_gbp
        from (
          select s.settlement_date,
                 count(r.farm_id) as records,
                 count(distinct (r.settlement_period, r.farm_id)) filter (where r.farm_id is not null) as combinations,
                 coalesce(-sum(r.volume_mwh), 0) as curtailed_mwh,
                 coalesce(sum(r.original_price_gbp_per_mwh * r.volume_mwh), 0) as payment_gbp,
                 coalesce(sum(abs(r.original_price_gbp_per_mwh * r.volume_mwh)), 0) as absolute_payment_gbp
          from unnest(dates) as s (settlement_date)
          left join ingestion.curtailment_records r using (settlement_date)
          group by s.settlement_date
        ) t
        where d.settlement_date = t.settlement_date
      $$;

      create function ingestion.records_changed() returns trigger language plpgsql as $$
      begin
        perform ingestion.refresh_settlement_day_totals(array(select distinct settlement_date from changed));
        return null;
      end $$;

      -- The ledger counts what is really there, whoever changed it.
      create trigger records_inserted after insert on ingestion.curtailment_records
        referencing new table as changed for each statement execute function ingestion.records_changed();
      create trigger records_deleted after delete on ingestion.curtailment_records
        referencing old table as changed for each statement execute function ingestion.records_changed();
      create trigger records_updated_from after update on ingestion.curtailment_records
        referencing old table as changed for each statement execute function ingestion.records_changed();
      create trigger records_updated_to after update on ingestion.curtailment_records
        referencing new table as changed for each statement execute function ingestion.records_changed();

      create function ingestion.ledger_changed() returns trigger language plpgsql as $$
      begin
        notify ledger_changed;
        return null;
      end $$;
      create trigger ledger_changed after insert or update on ingestion.settlement_days
        for each statement execute function ingestion.ledger_changed();

      create table ingestion.outbox (
        seq bigint generated always as identity primary key,
        id text not null unique,
        subject text not null,
        payload jsonb not null,
        headers jsonb not null default '{}',
        created_at timestamptz not null default now(),
        published_at timestamptz
      );
      create index outbox_unpublished on ingestion.outbox (seq) where published_at is null;

      grant usage on schema ingestion to windfall_reader;
      grant select on all tables in schema ingestion to windfall_reader;
      grant usage on all sequences in schema ingestion to windfall_ingestion;
      grant insert, update on ingestion.settlement_days, ingestion.settlement_periods to windfall_ingestion;
      grant insert, delete on ingestion.curtailment_records to windfall_ingestion;
      grant insert on ingestion.fetches, ingestion.register_versions, ingestion.bm_units to windfall_ingestion;
      grant insert, update, delete on ingestion.request_grants to windfall_ingestion;
      grant insert, update, delete on ingestion.outbox to windfall_ingestion;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema ingestion cascade');
  }
}
