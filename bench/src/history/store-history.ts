import { type Executor } from '@app/database';
import { monthOf, settlementPeriodsOf } from '@app/domain';
import { type HistoryDay } from './history-days.js';

const FARMS = 212;
/** Periods of a farm on a day that it was curtailed on, on average. */
const PERIODS_PER_FARM = 2.95;

/**
 * Stores the days of a history as ingestion would have: records, periods and ledger, by a few statements a month. What is
 * derived of them is not there yet.
 *
 * They were fetched in the future: the sweep leaves alone what is new, so that it is a job that makes everything right.
 *
 * Of each combination there are 1.95 records on average; farms, volumes and prices follow from date and number alone.
 */
export async function storeHistory(owner: Executor, days: readonly HistoryDay[]): Promise<void> {
  for (const month of [...new Set(days.map((day) => monthOf(day.settlementDate)))]) {
    await storeDays(
      owner,
      days.filter((day) => monthOf(day.settlementDate) === month),
    );
  }
}

async function storeDays(owner: Executor, days: readonly HistoryDay[]): Promise<void> {
  const dates = days.map((day) => day.settlementDate);
  const periods = dates.map(settlementPeriodsOf);
  await owner.query(
    `insert into ingestion.settlement_days
       (settlement_date, fetch_number, revision, periods_expected, periods_loaded, source_final, fetched_at)
     select settlement_date, 1, nextval('ingestion.revision'), periods, periods, true, now() + interval '1 hour'
     from unnest($1::date[], $2::smallint[]) as d (settlement_date, periods) order by settlement_date`,
    [dates, periods],
  );
  await owner.query(
    `insert into ingestion.curtailment_records
       (settlement_date, settlement_period, side, farm_id, acceptance_id, bid_offer_pair_id, lead_party, volume_mwh,
        original_price_gbp_per_mwh, so_flag)
     select d.settlement_date, (i / f.farms + n.farm) % d.periods + 1, 'bid', 'T_MADE-' || n.farm, i * 2 + a, -1,
            'Party ' || n.farm % 40, round(-(abs(hashint8extended(k.key, 1) % 44000) + 1) / 1000.0, 3),
            round((abs(hashint8extended(k.key, 2) % 12000) - 11000) / 100.0, 2), true
     from unnest($1::date[], $2::smallint[], $3::integer[]) as d (settlement_date, periods, combinations)
     cross join lateral (
       select least(${FARMS}, ceil(d.combinations / ${PERIODS_PER_FARM}))::integer as farms, d.settlement_date - date '2000-01-01' as day
     ) f
     cross join generate_series(0, d.combinations - 1) i
     cross join lateral (select (i % f.farms + f.day) % ${FARMS} as farm) n
     cross join generate_series(0, case when i % 20 < 19 then 1 else 0 end) a
     cross join lateral (select f.day * 100000::bigint + i * 2 + a as key) k`,
    [dates, periods, days.map((day) => day.combinations)],
  );
  await owner.query(
    `insert into ingestion.settlement_periods (settlement_date, settlement_period, state, answer, fetched_at, row_count, content_hash)
     select d.settlement_date, p, case when r.records > 0 then 'fetched' else 'fetched-empty' end,
            case when r.records > 0 then 'rows' else 'empty' end, now(), coalesce(r.records, 0), 'made up'
     from unnest($1::date[], $2::smallint[]) as d (settlement_date, periods)
     cross join generate_series(1, d.periods) p
     left join (
       select settlement_date, settlement_period, count(*) as records from ingestion.curtailment_records
       where settlement_date = any($1::date[]) group by settlement_date, settlement_period
     ) r on r.settlement_date = d.settlement_date and r.settlement_period = p`,
    [dates, periods],
  );
}
