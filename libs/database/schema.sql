-- Written from the catalog of a migrated database by `npm run schema`; not to be edited.

create role windfall_aggregator login in role windfall_reader;
create role windfall_calculator login in role windfall_reader;
create role windfall_gateway login in role windfall_reader;
create role windfall_ingestion login in role windfall_reader;
create role windfall_reader nologin;
create role windfall_reconciler login in role windfall_reader;

create schema calculation;
grant usage on schema calculation to windfall_reader;

create sequence calculation.revision as bigint start 1 increment 1;
grant usage on sequence calculation.revision to windfall_calculator;

CREATE OR REPLACE FUNCTION calculation.count_deleted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        update calculation.calculation_counts c set calculations = c.calculations - g.calculations
        from (select settlement_date, miner_model, count(*) as calculations from changed group by settlement_date, miner_model) g
        where c.settlement_date = g.settlement_date and c.miner_model = g.miner_model;
        return null;
      end $function$;

CREATE OR REPLACE FUNCTION calculation.count_inserted()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        insert into calculation.calculation_counts as c (settlement_date, miner_model, calculations)
        select settlement_date, miner_model, count(*) from changed group by settlement_date, miner_model
        on conflict (settlement_date, miner_model) do update set calculations = c.calculations + excluded.calculations;
        return null;
      end $function$;

CREATE OR REPLACE FUNCTION calculation.ledger_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        notify ledger_changed;
        return null;
      end $function$;

create table calculation.calculated_days (
  settlement_date date not null,
  revision bigint not null,
  derived_from bigint not null,
  outcome text not null,
  cause_detail text,
  cause_periods smallint[],
  provisional boolean not null default false,
  mining jsonb not null default '[]'::jsonb,
  calculated_at timestamp with time zone not null default now(),
  constraint calculated_days_check CHECK (((outcome = 'blocked'::text) = (cause_detail IS NOT NULL))),
  constraint calculated_days_outcome_check CHECK ((outcome = ANY (ARRAY['calculated'::text, 'blocked'::text]))),
  constraint calculated_days_pkey PRIMARY KEY (settlement_date),
  constraint month_counted TRIGGER DEFERRABLE INITIALLY DEFERRED
);
CREATE TRIGGER ledger_changed AFTER INSERT OR UPDATE ON calculation.calculated_days FOR EACH STATEMENT EXECUTE FUNCTION calculation.ledger_changed();
CREATE CONSTRAINT TRIGGER month_counted AFTER INSERT OR DELETE OR UPDATE ON calculation.calculated_days DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION reconciliation.count_changed_month();
CREATE TRIGGER months_counted AFTER TRUNCATE ON calculation.calculated_days FOR EACH STATEMENT EXECUTE FUNCTION reconciliation.count_every_month();
comment on column calculation.calculated_days.derived_from is 'ingestion.settlement_days.revision that the calculations rest on';
comment on column calculation.calculated_days.provisional is 'Some period lies in the newest known difficulty epoch';
comment on column calculation.calculated_days.mining is 'Runs of periods with one difficulty and block subsidy: [{fromPeriod, toPeriod, difficulty, blockSubsidyBtc}]';
grant insert, update on calculation.calculated_days to windfall_calculator;
grant select on calculation.calculated_days to windfall_reader;

create table calculation.calculation_counts (
  settlement_date date not null,
  miner_model text not null,
  calculations integer not null,
  constraint calculation_counts_calculations_check CHECK ((calculations >= 0)),
  constraint calculation_counts_pkey PRIMARY KEY (settlement_date, miner_model),
  constraint month_counted TRIGGER DEFERRABLE INITIALLY DEFERRED
);
CREATE CONSTRAINT TRIGGER month_counted AFTER INSERT OR DELETE OR UPDATE ON calculation.calculation_counts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION reconciliation.count_changed_month();
CREATE TRIGGER months_counted AFTER TRUNCATE ON calculation.calculation_counts FOR EACH STATEMENT EXECUTE FUNCTION reconciliation.count_every_month();
comment on table calculation.calculation_counts is 'Ledger: how many calculations are there, kept by triggers';
grant insert, update on calculation.calculation_counts to windfall_calculator;
grant select on calculation.calculation_counts to windfall_reader;

create table calculation.historical_bitcoin_calculations (
  settlement_date date not null,
  settlement_period smallint not null,
  farm_id text not null,
  miner_model text not null,
  curtailed_mwh numeric not null,
  difficulty numeric not null,
  block_subsidy_btc numeric not null,
  hashrate_ths numeric not null,
  power_w numeric not null,
  formula_version smallint not null,
  potential_btc numeric not null,
  constraint historical_bitcoin_calculations_block_subsidy_btc_check CHECK ((block_subsidy_btc > (0)::numeric)),
  constraint historical_bitcoin_calculations_curtailed_mwh_check CHECK ((curtailed_mwh > (0)::numeric)),
  constraint historical_bitcoin_calculations_difficulty_check CHECK ((difficulty > (0)::numeric)),
  constraint historical_bitcoin_calculations_potential_btc_check CHECK ((potential_btc > (0)::numeric)),
  constraint historical_bitcoin_calculations_settlement_period_check CHECK (((settlement_period >= 1) AND (settlement_period <= 50))),
  constraint historical_bitcoin_calculations_pkey PRIMARY KEY (settlement_date, settlement_period, farm_id, miner_model)
);
CREATE TRIGGER calculations_deleted AFTER DELETE ON calculation.historical_bitcoin_calculations REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION calculation.count_deleted();
CREATE TRIGGER calculations_inserted AFTER INSERT ON calculation.historical_bitcoin_calculations REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION calculation.count_inserted();
CREATE TRIGGER calculations_updated_from AFTER UPDATE ON calculation.historical_bitcoin_calculations REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION calculation.count_deleted();
CREATE TRIGGER calculations_updated_to AFTER UPDATE ON calculation.historical_bitcoin_calculations REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION calculation.count_inserted();
grant delete, insert on calculation.historical_bitcoin_calculations to windfall_calculator;
grant select on calculation.historical_bitcoin_calculations to windfall_reader;

create table calculation.miner_models (
  miner_model text not null,
  "position" smallint not null,
  hashrate_ths numeric not null,
  power_w numeric not null,
  source text not null,
  constraint miner_models_hashrate_ths_check CHECK ((hashrate_ths > (0)::numeric)),
  constraint miner_models_power_w_check CHECK ((power_w > (0)::numeric)),
  constraint miner_models_pkey PRIMARY KEY (miner_model),
  constraint miner_models_position_key UNIQUE ("position")
);
CREATE TRIGGER months_counted AFTER INSERT OR DELETE OR UPDATE ON calculation.miner_models FOR EACH STATEMENT EXECUTE FUNCTION reconciliation.count_every_month();
comment on column calculation.miner_models."position" is 'Order in which the models are served';
grant select on calculation.miner_models to windfall_reader;

create table calculation.outbox (
  seq bigint not null generated always as identity,
  id text not null,
  subject text not null,
  payload jsonb not null,
  headers jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null default now(),
  published_at timestamp with time zone,
  claimed_until timestamp with time zone,
  constraint outbox_pkey PRIMARY KEY (seq),
  constraint outbox_id_key UNIQUE (id)
);
CREATE INDEX outbox_unpublished ON calculation.outbox USING btree (seq) WHERE (published_at IS NULL);
comment on column calculation.outbox.claimed_until is 'Until then some relay is publishing the row';
grant delete, insert, update on calculation.outbox to windfall_calculator;
grant select on calculation.outbox to windfall_reader;

create schema ingestion;
grant usage on schema ingestion to windfall_reader;

create sequence ingestion.revision as bigint start 1 increment 1;
grant usage on sequence ingestion.revision to windfall_ingestion;

create sequence ingestion.wind_generation_fetch as bigint start 1 increment 1;
grant usage on sequence ingestion.wind_generation_fetch to windfall_ingestion;

CREATE OR REPLACE FUNCTION ingestion.ledger_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        notify ledger_changed;
        return null;
      end $function$;

CREATE OR REPLACE FUNCTION ingestion.records_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        perform ingestion.refresh_settlement_day_totals(array(select distinct settlement_date from changed));
        return null;
      end $function$;

CREATE OR REPLACE FUNCTION ingestion.refresh_settlement_day_totals(dates date[])
 RETURNS void
 LANGUAGE sql
AS $function$
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
      $function$;

create table ingestion.bm_units (
  version integer not null,
  farm_id text not null,
  national_grid_bm_unit text,
  name text,
  fuel_type text,
  lead_party text,
  generation_capacity_mw numeric,
  counted_as_wind boolean not null,
  constraint bm_units_version_fkey FOREIGN KEY (version) REFERENCES ingestion.register_versions(version),
  constraint bm_units_pkey PRIMARY KEY (version, farm_id)
);
comment on column ingestion.bm_units.counted_as_wind is 'Typed WIND in the register, or named in the list of wind farms that it types otherwise';
grant insert on ingestion.bm_units to windfall_ingestion;
grant select on ingestion.bm_units to windfall_reader;

create table ingestion.curtailment_records (
  settlement_date date not null,
  settlement_period smallint not null,
  side text not null,
  farm_id text not null,
  acceptance_id bigint,
  bid_offer_pair_id smallint,
  running_number smallint not null default 0,
  lead_party text,
  volume_mwh numeric not null,
  original_price_gbp_per_mwh numeric not null,
  so_flag boolean not null,
  cadl_flag boolean,
  source_created_at timestamp with time zone,
  constraint curtailment_records_settlement_period_check CHECK (((settlement_period >= 1) AND (settlement_period <= 50))),
  constraint curtailment_records_side_check CHECK ((side = 'bid'::text)),
  constraint curtailment_records_so_flag_check CHECK (so_flag),
  constraint curtailment_records_volume_mwh_check CHECK ((volume_mwh < (0)::numeric))
);
CREATE UNIQUE INDEX curtailment_records_key ON ingestion.curtailment_records USING btree (settlement_date, settlement_period, farm_id, acceptance_id, bid_offer_pair_id, running_number, side) NULLS NOT DISTINCT;
CREATE TRIGGER records_deleted AFTER DELETE ON ingestion.curtailment_records REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ingestion.records_changed();
CREATE TRIGGER records_inserted AFTER INSERT ON ingestion.curtailment_records REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ingestion.records_changed();
CREATE TRIGGER records_updated_from AFTER UPDATE ON ingestion.curtailment_records REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ingestion.records_changed();
CREATE TRIGGER records_updated_to AFTER UPDATE ON ingestion.curtailment_records REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION ingestion.records_changed();
grant delete, insert on ingestion.curtailment_records to windfall_ingestion;
grant select on ingestion.curtailment_records to windfall_reader;

create table ingestion.fetches (
  fetch_number bigint not null generated always as identity,
  settlement_date date not null,
  request_id text not null,
  started_at timestamp with time zone not null default clock_timestamp(),
  constraint fetches_pkey PRIMARY KEY (fetch_number)
);
CREATE INDEX fetches_by_date ON ingestion.fetches USING btree (settlement_date, fetch_number DESC);
comment on table ingestion.fetches is 'Each begun fetch of a day; its number fences what it may commit';
grant insert on ingestion.fetches to windfall_ingestion;
grant select on ingestion.fetches to windfall_reader;

create table ingestion.outbox (
  seq bigint not null generated always as identity,
  id text not null,
  subject text not null,
  payload jsonb not null,
  headers jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null default now(),
  published_at timestamp with time zone,
  claimed_until timestamp with time zone,
  constraint outbox_pkey PRIMARY KEY (seq),
  constraint outbox_id_key UNIQUE (id)
);
CREATE INDEX outbox_unpublished ON ingestion.outbox USING btree (seq) WHERE (published_at IS NULL);
comment on column ingestion.outbox.claimed_until is 'Until then some relay is publishing the row';
grant delete, insert, update on ingestion.outbox to windfall_ingestion;
grant select on ingestion.outbox to windfall_reader;

create table ingestion.register_versions (
  version integer not null generated always as identity,
  content_hash text not null,
  fetched_at timestamp with time zone not null,
  constraint register_versions_pkey PRIMARY KEY (version)
);
grant insert on ingestion.register_versions to windfall_ingestion;
grant select on ingestion.register_versions to windfall_reader;

create table ingestion.request_grants (
  minute timestamp with time zone not null,
  granted integer not null,
  constraint request_grants_granted_check CHECK ((granted > 0)),
  constraint request_grants_pkey PRIMARY KEY (minute)
);
comment on table ingestion.request_grants is 'How many requests to the source all replicas together were allowed in a minute';
grant delete, insert, update on ingestion.request_grants to windfall_ingestion;
grant select on ingestion.request_grants to windfall_reader;

create table ingestion.settlement_days (
  settlement_date date not null,
  fetch_number bigint not null,
  revision bigint,
  periods_expected smallint not null,
  periods_loaded smallint not null default 0,
  source_final boolean not null default false,
  records integer not null default 0,
  combinations integer not null default 0,
  curtailed_mwh numeric not null default 0,
  payment_gbp numeric not null default 0,
  absolute_payment_gbp numeric not null default 0,
  fetched_at timestamp with time zone not null,
  constraint settlement_days_check CHECK (((periods_loaded >= 0) AND (periods_loaded <= periods_expected))),
  constraint settlement_days_periods_expected_check CHECK ((periods_expected = ANY (ARRAY[46, 48, 50]))),
  constraint settlement_days_pkey PRIMARY KEY (settlement_date),
  constraint month_counted TRIGGER DEFERRABLE INITIALLY DEFERRED
);
CREATE TRIGGER ledger_changed AFTER INSERT OR UPDATE ON ingestion.settlement_days FOR EACH STATEMENT EXECUTE FUNCTION ingestion.ledger_changed();
CREATE CONSTRAINT TRIGGER month_counted AFTER INSERT OR DELETE OR UPDATE ON ingestion.settlement_days DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION reconciliation.count_changed_month();
CREATE TRIGGER months_counted AFTER TRUNCATE ON ingestion.settlement_days FOR EACH STATEMENT EXECUTE FUNCTION reconciliation.count_every_month();
comment on table ingestion.settlement_days is 'Ledger: what is stored of each settlement day';
comment on column ingestion.settlement_days.fetch_number is 'Highest fetch that committed; a fetch that drew a lower number is refused';
comment on column ingestion.settlement_days.revision is 'Grows when the stored content changes; null while nothing was ever loaded';
comment on column ingestion.settlement_days.source_final is 'Each loaded period was fetched after the last moment at which the source changes it by itself';
grant insert, update on ingestion.settlement_days to windfall_ingestion;
grant select on ingestion.settlement_days to windfall_reader;

create table ingestion.settlement_periods (
  settlement_date date not null,
  settlement_period smallint not null,
  state text not null,
  cause_code text,
  cause_detail text,
  answer text,
  fetched_at timestamp with time zone,
  source_created_at timestamp with time zone,
  row_count integer not null default 0,
  content_hash text,
  uncounted_unit_ids text[] not null default '{}'::text[],
  constraint settlement_periods_answer_check CHECK ((answer = ANY (ARRAY['rows'::text, 'empty'::text, 'not-found'::text]))),
  constraint settlement_periods_check CHECK (((state = 'failed'::text) = (cause_code IS NOT NULL))),
  constraint settlement_periods_check1 CHECK (((state <> ALL (ARRAY['fetched'::text, 'fetched-empty'::text])) OR (content_hash IS NOT NULL))),
  constraint settlement_periods_settlement_period_check CHECK (((settlement_period >= 1) AND (settlement_period <= 50))),
  constraint settlement_periods_state_check CHECK ((state = ANY (ARRAY['not-settled'::text, 'not-fetched'::text, 'fetched'::text, 'fetched-empty'::text, 'failed'::text]))),
  constraint settlement_periods_settlement_date_fkey FOREIGN KEY (settlement_date) REFERENCES ingestion.settlement_days(settlement_date),
  constraint settlement_periods_pkey PRIMARY KEY (settlement_date, settlement_period)
);
CREATE INDEX settlement_periods_missing ON ingestion.settlement_periods USING btree (settlement_date) WHERE (state = ANY (ARRAY['not-settled'::text, 'not-fetched'::text, 'failed'::text]));
comment on column ingestion.settlement_periods.answer is 'empty: 200 without a row; not-found: 404, which may also be a wrong address';
comment on column ingestion.settlement_periods.content_hash is 'Of the rows stored; it stays with the rows when a later fetch fails';
comment on column ingestion.settlement_periods.uncounted_unit_ids is 'SO-flagged bids of these units were not counted, since the register does not call them wind';
grant insert, update on ingestion.settlement_periods to windfall_ingestion;
grant select on ingestion.settlement_periods to windfall_reader;

create table ingestion.wind_generation_data (
  settlement_date date not null,
  settlement_period smallint not null,
  onshore_mw numeric,
  offshore_mw numeric,
  onshore_published_at timestamp with time zone,
  offshore_published_at timestamp with time zone,
  constraint wind_generation_data_check CHECK (((onshore_mw IS NULL) = (onshore_published_at IS NULL))),
  constraint wind_generation_data_check1 CHECK (((offshore_mw IS NULL) = (offshore_published_at IS NULL))),
  constraint wind_generation_data_check2 CHECK (((onshore_mw IS NOT NULL) OR (offshore_mw IS NOT NULL))),
  constraint wind_generation_data_settlement_period_check CHECK (((settlement_period >= 1) AND (settlement_period <= 50))),
  constraint wind_generation_data_pkey PRIMARY KEY (settlement_date, settlement_period)
);
comment on table ingestion.wind_generation_data is 'Mean MW of each settlement period; a period that the source does not have has no row';
comment on column ingestion.wind_generation_data.onshore_published_at is 'As the source labels it; it orders versions and says no more';
grant delete, insert, update on ingestion.wind_generation_data to windfall_ingestion;
grant select on ingestion.wind_generation_data to windfall_reader;

create table ingestion.wind_generation_days (
  settlement_date date not null,
  fetch_number bigint not null,
  revision bigint,
  periods_expected smallint not null,
  periods_loaded smallint not null default 0,
  onshore_mwh numeric,
  offshore_mwh numeric,
  source_final boolean not null default false,
  cause_code text,
  cause_detail text,
  fetched_at timestamp with time zone not null,
  content_hash text,
  constraint wind_generation_days_check CHECK (((periods_loaded >= 0) AND (periods_loaded <= periods_expected))),
  constraint wind_generation_days_check1 CHECK (((cause_code IS NULL) = (cause_detail IS NULL))),
  constraint wind_generation_days_periods_expected_check CHECK ((periods_expected = ANY (ARRAY[46, 48, 50]))),
  constraint wind_generation_days_pkey PRIMARY KEY (settlement_date)
);
CREATE TRIGGER ledger_changed AFTER INSERT OR UPDATE ON ingestion.wind_generation_days FOR EACH STATEMENT EXECUTE FUNCTION ingestion.ledger_changed();
comment on table ingestion.wind_generation_days is 'Ledger: what is stored of the wind generation of each settlement day';
comment on column ingestion.wind_generation_days.fetch_number is 'Highest fetch that committed, also in vain; a fetch that drew a lower number is refused';
comment on column ingestion.wind_generation_days.revision is 'Grows when the stored content changes; null while nothing was ever loaded';
comment on column ingestion.wind_generation_days.periods_loaded is 'Periods of which both onshore and offshore are known';
comment on column ingestion.wind_generation_days.onshore_mwh is 'Sum of what is known; null while nothing is';
comment on column ingestion.wind_generation_days.source_final is 'The source answered after the last moment at which it is expected to change the day';
comment on column ingestion.wind_generation_days.cause_code is 'Why the newest fetch failed; null when it did not. What was stored before stays';
comment on column ingestion.wind_generation_days.content_hash is 'Of the half hours as the newest fetch left them; null while there are none. Where those stored have another, somebody altered them';
grant insert, update on ingestion.wind_generation_days to windfall_ingestion;
grant select on ingestion.wind_generation_days to windfall_reader;

create view ingestion.wind_generation_sums as
 SELECT settlement_date,
    count(*) AS periods,
    count(*) FILTER (WHERE ((onshore_mw IS NOT NULL) AND (offshore_mw IS NOT NULL))) AS periods_loaded,
    (sum(onshore_mw) * 0.5) AS onshore_mwh,
    (sum(offshore_mw) * 0.5) AS offshore_mwh,
    md5(string_agg((ROW(settlement_period, trim_scale(onshore_mw), EXTRACT(epoch FROM onshore_published_at), trim_scale(offshore_mw), EXTRACT(epoch FROM offshore_published_at)))::text, ''::text ORDER BY settlement_period)) AS content_hash
   FROM ingestion.wind_generation_data
  GROUP BY settlement_date;
comment on view ingestion.wind_generation_sums is 'What the stored half hours of a day are; a day without any has no row';
comment on column ingestion.wind_generation_sums.content_hash is 'Of all that is stored of them, whatever the settings of the session';
grant select on ingestion.wind_generation_sums to windfall_reader;

create schema reconciliation;
grant usage on schema reconciliation to windfall_reader;

CREATE OR REPLACE FUNCTION reconciliation.count_changed_month()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      declare
        changed date := date_trunc('month', case tg_op when 'DELETE' then old.settlement_date else new.settlement_date end);
        done text := coalesce(current_setting('windfall.counted_months', true), '');
      begin
        if position(changed::text in done) > 0 then return null; end if;
        perform pg_advisory_xact_lock(hashtext('month counts'));
        perform reconciliation.count_month(changed);
        perform set_config('windfall.counted_months', done || changed, true);
        return null;
      end $function$;

CREATE OR REPLACE FUNCTION reconciliation.count_every_month()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
      begin
        perform pg_advisory_xact_lock(hashtext('month counts'));
        perform reconciliation.count_month(month) from (
          select month from reconciliation.month_days
          union select date_trunc('month', settlement_date)::date from ingestion.settlement_days
          union select date_trunc('month', settlement_date)::date from calculation.calculation_counts
        ) known;
        return null;
      end $function$;

CREATE OR REPLACE FUNCTION reconciliation.count_month(counted date)
 RETURNS void
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_seqscan TO 'off'
AS $function$
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
      end $function$;

CREATE OR REPLACE FUNCTION reconciliation.day_states_between(first date, last date)
 RETURNS TABLE(settlement_date date, state text, ingestion_revision bigint, calculation_revision bigint, summary_revision bigint, calculation_lags boolean, summary_lags boolean, outcome text, source_final boolean, fetch_number bigint, periods_expected smallint, periods_loaded smallint, records integer, combinations integer, curtailed_mwh numeric, calculations integer)
 LANGUAGE sql
 STABLE
AS $function$
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
      $function$;

CREATE OR REPLACE FUNCTION reconciliation.missing_between(first date, last date)
 RETURNS TABLE(settlement_date date, cause text, periods smallint[], detail text)
 LANGUAGE sql
 STABLE
AS $function$
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
      $function$;

CREATE OR REPLACE FUNCTION reconciliation.refuse_audit_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        raise exception '% is only ever appended to', tg_table_name using errcode = 'insufficient_privilege';
      end $function$;

CREATE OR REPLACE FUNCTION reconciliation.server_load()
 RETURNS TABLE(connections integer, max_connections integer, waiting integer, slow_statements integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
        select (select count(*) from pg_stat_activity where backend_type = 'client backend'),
               current_setting('max_connections')::integer,
               (select count(distinct pid) from pg_locks where not granted),
               (select count(*) from pg_stat_activity
                where datname = current_database() and state = 'active' and now() - query_start > interval '5 seconds')
      $function$;
grant execute on function reconciliation.server_load() to windfall_reader;

CREATE OR REPLACE FUNCTION reconciliation.tell_job()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        insert into reconciliation.job_events (job_id, sequence, data)
        select new.id,
               coalesce((select max(e.sequence) from reconciliation.job_events e where e.job_id = new.id), 0) + 1,
               jsonb_build_object('state', new.state, 'cause', new.cause, 'totals', (
                 select jsonb_build_object(
                   'items', count(*),
                   'completed', count(*) filter (where i.state = 'completed'),
                   'failed', count(*) filter (where i.state = 'failed'),
                   'blocked', count(*) filter (where i.state = 'blocked'),
                   'cancelled', count(*) filter (where i.state = 'cancelled'),
                   'timeouts', count(*) filter (where i.cause ->> 'code' = 'timed-out'))
                 from reconciliation.job_items i where i.job_id = new.id));
        perform pg_notify('job_changed', new.id::text);
        return null;
      end $function$;

CREATE OR REPLACE FUNCTION reconciliation.tell_job_items()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        perform from reconciliation.jobs where id in (select job_id from new_items) order by id for no key update;
        insert into reconciliation.job_events (job_id, sequence, settlement_date, data)
        select n.job_id,
               coalesce((select max(e.sequence) from reconciliation.job_events e where e.job_id = n.job_id), 0)
                 + row_number() over (partition by n.job_id order by n.settlement_date),
               n.settlement_date,
               jsonb_build_object('state', n.state, 'attempts', n.attempts, 'cause', n.cause, 'before', n.before, 'after', n.after)
        from new_items n
        join old_items o using (job_id, settlement_date)
        where (n.state, n.attempts, n.cause) is distinct from (o.state, o.attempts, o.cause);
        perform pg_notify('job_changed', job_id::text) from (select distinct job_id from new_items) t;
        return null;
      end $function$;

create table reconciliation.alerts (
  kind text not null,
  subject text not null,
  begun_at timestamp with time zone not null default now(),
  constraint alerts_kind_check CHECK ((kind = ANY (ARRAY['gap'::text, 'difficulty-missing'::text, 'difficulty-awaited'::text, 'dead-letter'::text]))),
  constraint alerts_pkey PRIMARY KEY (kind, subject)
);
comment on table reconciliation.alerts is 'What operators were told of and is not over';
comment on column reconciliation.alerts.subject is 'A settlement date; of a dead letter the consumer that gave it up';
grant select on reconciliation.alerts to windfall_reader;
grant delete, insert on reconciliation.alerts to windfall_reconciler;

create table reconciliation.audit_head (
  sequence bigint not null,
  hash text not null
);
CREATE UNIQUE INDEX audit_head_is_one ON reconciliation.audit_head USING btree ((true));
CREATE TRIGGER audit_head_goes_forward BEFORE UPDATE ON reconciliation.audit_head FOR EACH ROW WHEN ((new.sequence <= old.sequence)) EXECUTE FUNCTION reconciliation.refuse_audit_change();
CREATE TRIGGER audit_head_is_kept BEFORE INSERT OR DELETE OR TRUNCATE ON reconciliation.audit_head FOR EACH STATEMENT EXECUTE FUNCTION reconciliation.refuse_audit_change();
comment on table reconciliation.audit_head is 'The newest row of the audit log: its lock puts writers in a row, and without it nobody would miss rows cut off at the end';
grant select on reconciliation.audit_head to windfall_reader;
grant update on reconciliation.audit_head to windfall_reconciler;

create table reconciliation.audit_log (
  sequence bigint not null,
  at timestamp with time zone not null,
  action text not null,
  requested_by text not null,
  arguments jsonb not null,
  reason text,
  plan_hash text,
  job_id uuid,
  outcome text not null,
  cause jsonb,
  before_digest text,
  after_digest text,
  previous_hash text not null,
  hash text not null,
  constraint audit_log_at_check CHECK ((at = date_trunc('milliseconds'::text, at))),
  constraint audit_log_sequence_check CHECK ((sequence > 0)),
  constraint audit_log_pkey PRIMARY KEY (sequence),
  constraint audit_log_previous_hash_key UNIQUE (previous_hash)
);
CREATE INDEX audit_log_by_job ON reconciliation.audit_log USING btree (job_id) WHERE (job_id IS NOT NULL);
CREATE TRIGGER audit_log_is_kept BEFORE DELETE OR UPDATE OR TRUNCATE ON reconciliation.audit_log FOR EACH STATEMENT EXECUTE FUNCTION reconciliation.refuse_audit_change();
comment on column reconciliation.audit_log.hash is 'SHA-256 over the other columns, previous_hash among them';
grant select on reconciliation.audit_log to windfall_reader;
grant insert on reconciliation.audit_log to windfall_reconciler;

create table reconciliation.idempotency_keys (
  requested_by text not null,
  idempotency_key text not null,
  request_hash text not null,
  outcome jsonb not null,
  created_at timestamp with time zone not null default now(),
  constraint idempotency_keys_pkey PRIMARY KEY (requested_by, idempotency_key)
);
CREATE INDEX idempotency_keys_by_age ON reconciliation.idempotency_keys USING btree (created_at);
comment on table reconciliation.idempotency_keys is 'What came of each accepted write, kept for 24 hours';
comment on column reconciliation.idempotency_keys.request_hash is 'Of the whole request, so that the same key with another one is recognised';
grant select on reconciliation.idempotency_keys to windfall_reader;
grant delete, insert on reconciliation.idempotency_keys to windfall_reconciler;

create table reconciliation.job_events (
  job_id uuid not null,
  sequence integer not null,
  at timestamp with time zone not null default clock_timestamp(),
  settlement_date date,
  data jsonb not null,
  constraint job_events_sequence_check CHECK ((sequence > 0)),
  constraint job_events_job_id_fkey FOREIGN KEY (job_id) REFERENCES reconciliation.jobs(id),
  constraint job_events_pkey PRIMARY KEY (job_id, sequence)
);
comment on column reconciliation.job_events.sequence is 'From 1 for each job, without gaps, in the order of the commits';
comment on column reconciliation.job_events.settlement_date is 'Null when it is about the job as a whole';
grant select on reconciliation.job_events to windfall_reader;
grant insert on reconciliation.job_events to windfall_reconciler;

create table reconciliation.job_items (
  job_id uuid not null,
  settlement_date date not null,
  state text not null,
  attempts smallint not null default 0,
  fetch_number_before bigint,
  asked text,
  asked_at timestamp with time zone,
  request_id text,
  cause jsonb,
  before jsonb,
  after jsonb,
  started_at timestamp with time zone,
  ended_at timestamp with time zone,
  place integer not null,
  steps jsonb not null,
  step smallint not null default 0,
  tries smallint not null default 0,
  exclusive boolean not null default true,
  reported jsonb,
  begun_at timestamp with time zone,
  constraint job_items_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'waiting'::text, 'running'::text, 'completed'::text, 'failed'::text, 'blocked'::text, 'cancelled'::text]))),
  constraint job_items_job_id_fkey FOREIGN KEY (job_id) REFERENCES reconciliation.jobs(id),
  constraint job_items_pkey PRIMARY KEY (job_id, settlement_date)
);
CREATE UNIQUE INDEX job_items_one_runs ON reconciliation.job_items USING btree (settlement_date) WHERE ((state = 'running'::text) AND exclusive);
CREATE INDEX job_items_open ON reconciliation.job_items USING btree (settlement_date) WHERE (state = ANY (ARRAY['queued'::text, 'waiting'::text, 'running'::text]));
CREATE INDEX job_items_running ON reconciliation.job_items USING btree (job_id) WHERE (state = 'running'::text);
CREATE TRIGGER job_items_are_told AFTER UPDATE ON reconciliation.job_items REFERENCING OLD TABLE AS old_items NEW TABLE AS new_items FOR EACH STATEMENT EXECUTE FUNCTION reconciliation.tell_job_items();
comment on column reconciliation.job_items.fetch_number_before is 'The item is served by a fetch with a higher number';
comment on column reconciliation.job_items.asked is 'Kind of the step that was asked for last, by the event request_id';
comment on column reconciliation.job_items.place is 'Order in which the items of a job are begun';
comment on column reconciliation.job_items.steps is 'What is to be done, in order';
comment on column reconciliation.job_items.step is 'Place, from 0, of the step that was asked for last: the checkpoint';
comment on column reconciliation.job_items.tries is 'How often in a row that step was asked for; attempts is the most that any step took';
comment on column reconciliation.job_items.exclusive is 'Only one such item may run on a date; others only look';
comment on column reconciliation.job_items.reported is 'What came of the request, where no ledger tells';
comment on column reconciliation.job_items.begun_at is 'When it was begun last, where started_at is the first time';
grant select on reconciliation.job_items to windfall_reader;
grant insert, update on reconciliation.job_items to windfall_reconciler;

create table reconciliation.jobs (
  id uuid not null,
  kind text not null,
  state text not null,
  arguments jsonb not null,
  batch_size smallint not null,
  cause jsonb,
  report_id uuid,
  requested_by text not null,
  reason text,
  traceparent text,
  cancel_requested boolean not null default false,
  created_at timestamp with time zone not null default now(),
  started_at timestamp with time zone,
  updated_at timestamp with time zone not null default now(),
  ended_at timestamp with time zone,
  automatic boolean not null default false,
  result jsonb,
  constraint jobs_batch_size_check CHECK (((batch_size >= 1) AND (batch_size <= 31))),
  constraint jobs_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'running'::text, 'completed'::text, 'failed'::text, 'cancelled'::text]))),
  constraint jobs_pkey PRIMARY KEY (id)
);
CREATE INDEX jobs_by_age ON reconciliation.jobs USING btree (created_at DESC, id);
CREATE INDEX jobs_open ON reconciliation.jobs USING btree (created_at) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));
CREATE TRIGGER job_is_told AFTER INSERT ON reconciliation.jobs FOR EACH ROW EXECUTE FUNCTION reconciliation.tell_job();
CREATE TRIGGER job_state_is_told AFTER UPDATE ON reconciliation.jobs FOR EACH ROW WHEN ((new.state IS DISTINCT FROM old.state)) EXECUTE FUNCTION reconciliation.tell_job();
comment on column reconciliation.jobs.automatic is 'Asked for by a schedule: it gives way to operators';
comment on column reconciliation.jobs.result is 'What the job found, for kinds that look for something';
grant select on reconciliation.jobs to windfall_reader;
grant insert, update on reconciliation.jobs to windfall_reconciler;

create table reconciliation.month_calculations (
  month date not null,
  miner_model text not null,
  calculations bigint not null,
  constraint month_calculations_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric)),
  constraint month_calculations_pkey PRIMARY KEY (month, miner_model)
);
comment on table reconciliation.month_calculations is 'Sums of calculation.calculation_counts: kept by triggers, written by no service';
grant select on reconciliation.month_calculations to windfall_reader;

create table reconciliation.month_days (
  month date not null,
  combinations bigint not null,
  absent integer not null,
  partial integer not null,
  blocked integer not null,
  provisional integer not null,
  complete integer not null,
  constraint month_days_month_check CHECK ((EXTRACT(day FROM month) = (1)::numeric)),
  constraint month_days_pkey PRIMARY KEY (month)
);
comment on table reconciliation.month_days is 'Days of each month by state, as the ledgers tell it: counted by triggers, written by no service';
grant select on reconciliation.month_days to windfall_reader;

create table reconciliation.outbox (
  seq bigint not null generated always as identity,
  id text not null,
  subject text not null,
  payload jsonb not null,
  headers jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null default now(),
  published_at timestamp with time zone,
  claimed_until timestamp with time zone,
  constraint outbox_pkey PRIMARY KEY (seq),
  constraint outbox_id_key UNIQUE (id)
);
CREATE INDEX outbox_unpublished ON reconciliation.outbox USING btree (seq) WHERE (published_at IS NULL);
comment on column reconciliation.outbox.claimed_until is 'Until then some relay is publishing the row';
grant select on reconciliation.outbox to windfall_reader;
grant delete, insert, update on reconciliation.outbox to windfall_reconciler;

create table reconciliation.verification_reports (
  id uuid not null,
  job_id uuid not null,
  settlement_date date not null,
  sampling text not null,
  purpose text not null,
  outcome text not null,
  confidence text not null,
  periods jsonb not null,
  created_at timestamp with time zone not null,
  constraint verification_reports_outcome_check CHECK ((outcome = ANY (ARRAY['same'::text, 'differs'::text, 'unknown'::text]))),
  constraint verification_reports_purpose_check CHECK ((purpose = ANY (ARRAY['report'::text, 'repair'::text, 'proof'::text]))),
  constraint verification_reports_sampling_check CHECK ((sampling = ANY (ARRAY['progressive'::text, 'random'::text, 'fixed'::text, 'full'::text]))),
  constraint verification_reports_job_id_fkey FOREIGN KEY (job_id) REFERENCES reconciliation.jobs(id),
  constraint verification_reports_pkey PRIMARY KEY (id)
);
CREATE INDEX verification_reports_by_age ON reconciliation.verification_reports USING btree (created_at DESC, id);
CREATE INDEX verification_reports_by_job ON reconciliation.verification_reports USING btree (job_id, settlement_date);
comment on table reconciliation.verification_reports is 'A row for each comparison of a day with the source, as it was found; never changed';
comment on column reconciliation.verification_reports.id is 'Of the request, so that one that is answered twice is stored once';
comment on column reconciliation.verification_reports.purpose is 'report: to tell; repair: to decide whether to repair; proof: after a repair, to show that it helped';
grant select on reconciliation.verification_reports to windfall_reader;
grant insert on reconciliation.verification_reports to windfall_reconciler;

create view reconciliation.day_facts as
 SELECT s.settlement_date,
    s.state,
    s.ingestion_revision,
    s.calculation_revision,
    s.summary_revision,
    s.calculation_lags,
    s.summary_lags,
    s.outcome,
    s.source_final,
    s.fetch_number,
    s.periods_expected,
    s.periods_loaded,
    s.records,
    s.combinations,
    s.curtailed_mwh,
    s.calculations,
    COALESCE(p.failed, '{}'::smallint[]) AS failed_periods,
    p.failed_detail,
    COALESCE(p.unfetched, '{}'::smallint[]) AS unfetched_periods,
    c.cause_detail AS blocked_detail,
    c.cause_periods AS blocked_periods,
    d.fetched_at,
    c.calculated_at,
    a.aggregated_at
   FROM ((((reconciliation.day_states s
     JOIN ingestion.settlement_days d USING (settlement_date))
     LEFT JOIN calculation.calculated_days c USING (settlement_date))
     LEFT JOIN summary.aggregated_days a USING (settlement_date))
     LEFT JOIN LATERAL ( SELECT array_agg(settlement_periods.settlement_period ORDER BY settlement_periods.settlement_period) FILTER (WHERE (settlement_periods.state = 'failed'::text)) AS failed,
            min(settlement_periods.cause_detail) AS failed_detail,
            array_agg(settlement_periods.settlement_period ORDER BY settlement_periods.settlement_period) FILTER (WHERE (settlement_periods.state = 'not-fetched'::text)) AS unfetched
           FROM ingestion.settlement_periods
          WHERE ((settlement_periods.settlement_date = s.settlement_date) AND (settlement_periods.state = ANY (ARRAY['failed'::text, 'not-fetched'::text])))) p ON (true));
comment on view reconciliation.day_facts is 'All that decides what is to be done for a day';
grant select on reconciliation.day_facts to windfall_reader;

create view reconciliation.day_states as
 SELECT settlement_date,
    state,
    ingestion_revision,
    calculation_revision,
    summary_revision,
    calculation_lags,
    summary_lags,
    outcome,
    source_final,
    fetch_number,
    periods_expected,
    periods_loaded,
    records,
    combinations,
    curtailed_mwh,
    calculations
   FROM reconciliation.day_states_between('-infinity'::date, 'infinity'::date) day_states_between(settlement_date, state, ingestion_revision, calculation_revision, summary_revision, calculation_lags, summary_lags, outcome, source_final, fetch_number, periods_expected, periods_loaded, records, combinations, curtailed_mwh, calculations);
comment on view reconciliation.day_states is 'Computed from the ledgers when read, never stored beside a figure; the first that applies wins';
grant select on reconciliation.day_states to windfall_reader;

create view reconciliation.missing as
 SELECT settlement_date,
    cause,
    periods,
    detail
   FROM reconciliation.missing_between('-infinity'::date, 'infinity'::date) missing_between(settlement_date, cause, periods, detail);
grant select on reconciliation.missing to windfall_reader;

create schema summary;
grant usage on schema summary to windfall_reader;

create sequence summary.revision as bigint start 1 increment 1;
grant usage on sequence summary.revision to windfall_aggregator;

CREATE OR REPLACE FUNCTION summary.ledger_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        notify ledger_changed;
        return null;
      end $function$;

create table summary.aggregated_days (
  settlement_date date not null,
  revision bigint not null,
  derived_from bigint not null,
  aggregated_at timestamp with time zone not null default now(),
  constraint aggregated_days_pkey PRIMARY KEY (settlement_date),
  constraint month_counted TRIGGER DEFERRABLE INITIALLY DEFERRED
);
CREATE TRIGGER ledger_changed AFTER INSERT OR UPDATE ON summary.aggregated_days FOR EACH STATEMENT EXECUTE FUNCTION summary.ledger_changed();
CREATE CONSTRAINT TRIGGER month_counted AFTER INSERT OR DELETE OR UPDATE ON summary.aggregated_days DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION reconciliation.count_changed_month();
CREATE TRIGGER months_counted AFTER TRUNCATE ON summary.aggregated_days FOR EACH STATEMENT EXECUTE FUNCTION reconciliation.count_every_month();
comment on column summary.aggregated_days.derived_from is 'calculation.calculated_days.revision that the summaries rest on';
grant delete, insert, update on summary.aggregated_days to windfall_aggregator;
grant select on summary.aggregated_days to windfall_reader;

create table summary.bitcoin_daily_summaries (
  settlement_date date not null,
  miner_model text not null,
  potential_btc numeric not null,
  constraint bitcoin_daily_summaries_pkey PRIMARY KEY (settlement_date, miner_model)
);
grant delete, insert, update on summary.bitcoin_daily_summaries to windfall_aggregator;
grant select on summary.bitcoin_daily_summaries to windfall_reader;

create table summary.bitcoin_farm_daily_summaries (
  settlement_date date not null,
  farm_id text not null,
  lead_party text,
  miner_model text not null,
  potential_btc numeric not null
);
CREATE UNIQUE INDEX bitcoin_farm_daily_summaries_key ON summary.bitcoin_farm_daily_summaries USING btree (settlement_date, farm_id, lead_party, miner_model) NULLS NOT DISTINCT;
grant delete, insert, update on summary.bitcoin_farm_daily_summaries to windfall_aggregator;
grant select on summary.bitcoin_farm_daily_summaries to windfall_reader;

create table summary.bitcoin_farm_monthly_summaries (
  month text not null,
  farm_id text not null,
  lead_party text,
  miner_model text not null,
  potential_btc numeric not null
);
CREATE UNIQUE INDEX bitcoin_farm_monthly_summaries_key ON summary.bitcoin_farm_monthly_summaries USING btree (month, farm_id, lead_party, miner_model) NULLS NOT DISTINCT;
grant delete, insert, update on summary.bitcoin_farm_monthly_summaries to windfall_aggregator;
grant select on summary.bitcoin_farm_monthly_summaries to windfall_reader;

create table summary.bitcoin_farm_yearly_summaries (
  year smallint not null,
  farm_id text not null,
  lead_party text,
  miner_model text not null,
  potential_btc numeric not null
);
CREATE UNIQUE INDEX bitcoin_farm_yearly_summaries_key ON summary.bitcoin_farm_yearly_summaries USING btree (year, farm_id, lead_party, miner_model) NULLS NOT DISTINCT;
grant delete, insert, update on summary.bitcoin_farm_yearly_summaries to windfall_aggregator;
grant select on summary.bitcoin_farm_yearly_summaries to windfall_reader;

create table summary.bitcoin_monthly_summaries (
  month text not null,
  miner_model text not null,
  potential_btc numeric not null,
  constraint bitcoin_monthly_summaries_pkey PRIMARY KEY (month, miner_model)
);
grant delete, insert, update on summary.bitcoin_monthly_summaries to windfall_aggregator;
grant select on summary.bitcoin_monthly_summaries to windfall_reader;

create table summary.bitcoin_yearly_summaries (
  year smallint not null,
  miner_model text not null,
  potential_btc numeric not null,
  constraint bitcoin_yearly_summaries_pkey PRIMARY KEY (year, miner_model)
);
grant delete, insert, update on summary.bitcoin_yearly_summaries to windfall_aggregator;
grant select on summary.bitcoin_yearly_summaries to windfall_reader;

create table summary.daily_summaries (
  settlement_date date not null,
  curtailed_mwh numeric not null,
  payment_gbp numeric not null,
  absolute_payment_gbp numeric not null,
  constraint daily_summaries_pkey PRIMARY KEY (settlement_date)
);
grant delete, insert, update on summary.daily_summaries to windfall_aggregator;
grant select on summary.daily_summaries to windfall_reader;

create table summary.daily_wind_generation (
  settlement_date date not null,
  onshore_mwh numeric,
  offshore_mwh numeric,
  periods_loaded smallint not null,
  revision bigint not null,
  derived_from bigint not null,
  constraint daily_wind_generation_pkey PRIMARY KEY (settlement_date)
);
CREATE TRIGGER ledger_changed AFTER INSERT OR UPDATE ON summary.daily_wind_generation FOR EACH STATEMENT EXECUTE FUNCTION summary.ledger_changed();
comment on column summary.daily_wind_generation.revision is 'Drawn from the sequence of aggregated_days, so that the greater of the two grows with either';
comment on column summary.daily_wind_generation.derived_from is 'ingestion.wind_generation_days.revision that the sums rest on';
grant delete, insert, update on summary.daily_wind_generation to windfall_aggregator;
grant select on summary.daily_wind_generation to windfall_reader;

create table summary.farm_daily_summaries (
  settlement_date date not null,
  farm_id text not null,
  lead_party text,
  curtailed_mwh numeric not null,
  payment_gbp numeric not null,
  absolute_payment_gbp numeric not null
);
CREATE UNIQUE INDEX farm_daily_summaries_key ON summary.farm_daily_summaries USING btree (settlement_date, farm_id, lead_party) NULLS NOT DISTINCT;
grant delete, insert, update on summary.farm_daily_summaries to windfall_aggregator;
grant select on summary.farm_daily_summaries to windfall_reader;

create table summary.farm_monthly_summaries (
  month text not null,
  farm_id text not null,
  lead_party text,
  curtailed_mwh numeric not null,
  payment_gbp numeric not null,
  absolute_payment_gbp numeric not null
);
CREATE UNIQUE INDEX farm_monthly_summaries_key ON summary.farm_monthly_summaries USING btree (month, farm_id, lead_party) NULLS NOT DISTINCT;
grant delete, insert, update on summary.farm_monthly_summaries to windfall_aggregator;
grant select on summary.farm_monthly_summaries to windfall_reader;

create table summary.farm_yearly_summaries (
  year smallint not null,
  farm_id text not null,
  lead_party text,
  curtailed_mwh numeric not null,
  payment_gbp numeric not null,
  absolute_payment_gbp numeric not null
);
CREATE UNIQUE INDEX farm_yearly_summaries_key ON summary.farm_yearly_summaries USING btree (year, farm_id, lead_party) NULLS NOT DISTINCT;
grant delete, insert, update on summary.farm_yearly_summaries to windfall_aggregator;
grant select on summary.farm_yearly_summaries to windfall_reader;

create table summary.monthly_summaries (
  month text not null,
  curtailed_mwh numeric not null,
  payment_gbp numeric not null,
  absolute_payment_gbp numeric not null,
  constraint monthly_summaries_month_check CHECK ((month ~ '^\d{4}-\d{2}$'::text)),
  constraint monthly_summaries_pkey PRIMARY KEY (month)
);
grant delete, insert, update on summary.monthly_summaries to windfall_aggregator;
grant select on summary.monthly_summaries to windfall_reader;

create table summary.monthly_wind_generation (
  month text not null,
  onshore_mwh numeric,
  offshore_mwh numeric,
  periods_loaded integer not null,
  days_loaded smallint not null,
  constraint monthly_wind_generation_month_check CHECK ((month ~ '^\d{4}-\d{2}$'::text)),
  constraint monthly_wind_generation_pkey PRIMARY KEY (month)
);
comment on column summary.monthly_wind_generation.days_loaded is 'Days of which anything is known';
grant delete, insert, update on summary.monthly_wind_generation to windfall_aggregator;
grant select on summary.monthly_wind_generation to windfall_reader;

create table summary.outbox (
  seq bigint not null generated always as identity,
  id text not null,
  subject text not null,
  payload jsonb not null,
  headers jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null default now(),
  published_at timestamp with time zone,
  claimed_until timestamp with time zone,
  constraint outbox_pkey PRIMARY KEY (seq),
  constraint outbox_id_key UNIQUE (id)
);
CREATE INDEX outbox_unpublished ON summary.outbox USING btree (seq) WHERE (published_at IS NULL);
comment on column summary.outbox.claimed_until is 'Until then some relay is publishing the row';
grant delete, insert, update on summary.outbox to windfall_aggregator;
grant select on summary.outbox to windfall_reader;

create table summary.yearly_summaries (
  year smallint not null,
  curtailed_mwh numeric not null,
  payment_gbp numeric not null,
  absolute_payment_gbp numeric not null,
  constraint yearly_summaries_pkey PRIMARY KEY (year)
);
grant delete, insert, update on summary.yearly_summaries to windfall_aggregator;
grant select on summary.yearly_summaries to windfall_reader;

create table summary.yearly_wind_generation (
  year smallint not null,
  onshore_mwh numeric,
  offshore_mwh numeric,
  periods_loaded integer not null,
  days_loaded smallint not null,
  constraint yearly_wind_generation_pkey PRIMARY KEY (year)
);
grant delete, insert, update on summary.yearly_wind_generation to windfall_aggregator;
grant select on summary.yearly_wind_generation to windfall_reader;
