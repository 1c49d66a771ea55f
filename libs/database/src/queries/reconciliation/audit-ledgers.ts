import { type Executor, rowsOf } from '../../executor.js';
import { type DateRange } from './find-gaps.js';

/** A ledger that does not say what the rows say. */
export interface LedgerDifference {
  /** Of a month: its first date that is stored. */
  settlementDate: string;
  ledger: 'calculation_counts' | 'settlement_days' | 'settlement_periods' | 'wind_generation_days' | 'month_days';
  /** Settlement periods concerned; empty when it is not about single ones. */
  periods: number[];
  detail: string;
}

/** Counts calculations of each day and model, and compares them with the ledger. */
export async function auditCalculationCounts(executor: Executor, { from, to }: DateRange): Promise<LedgerDifference[]> {
  return await rowsOf<LedgerDifference>(
    executor,
    `select settlement_date as "settlementDate", 'calculation_counts' as ledger, '{}'::smallint[] as periods,
            string_agg(format('%s: the ledger says %s calculations, there are %s', miner_model, coalesce(k.calculations, 0),
                              coalesce(h.calculations, 0)), '; ' order by miner_model) as detail
     from (
       select settlement_date, miner_model, count(*) as calculations from calculation.historical_bitcoin_calculations
       where settlement_date between $1 and $2 group by settlement_date, miner_model
     ) h
     full join (
       select * from calculation.calculation_counts where settlement_date between $1 and $2
     ) k using (settlement_date, miner_model)
     where coalesce(h.calculations, 0) <> coalesce(k.calculations, 0)
     group by settlement_date order by settlement_date`,
    [from, to],
  );
}

/** Sums the records of each day, and compares them with the ledger. */
export async function auditSettlementDays(executor: Executor, { from, to }: DateRange): Promise<LedgerDifference[]> {
  return await rowsOf<LedgerDifference>(
    executor,
    `select settlement_date as "settlementDate", 'settlement_days' as ledger, '{}'::smallint[] as periods,
            format('The ledger says %s records, %s combinations, %s MWh, GBP %s; there are %s, %s, %s MWh, GBP %s', d.records,
                   d.combinations, d.curtailed_mwh, d.payment_gbp, coalesce(r.records, 0), coalesce(r.combinations, 0),
                   coalesce(r.curtailed_mwh, 0), coalesce(r.payment_gbp, 0)) as detail
     from (
       select settlement_date, sum(records) as records, count(*) as combinations, sum(curtailed_mwh) as curtailed_mwh,
              sum(payment_gbp) as payment_gbp, sum(absolute_payment_gbp) as absolute_payment_gbp
       from (
         select settlement_date, count(*) as records, -sum(volume_mwh) as curtailed_mwh,
                sum(original_price_gbp_per_mwh * volume_mwh) as payment_gbp,
                sum(abs(original_price_gbp_per_mwh * volume_mwh)) as absolute_payment_gbp
         from ingestion.curtailment_records where settlement_date between $1 and $2
         group by settlement_date, settlement_period, farm_id
       ) c group by settlement_date
     ) r
     full join (
       select * from ingestion.settlement_days where settlement_date between $1 and $2
     ) d using (settlement_date)
     where (coalesce(r.records, 0), coalesce(r.combinations, 0), coalesce(r.curtailed_mwh, 0), coalesce(r.payment_gbp, 0),
            coalesce(r.absolute_payment_gbp, 0))
       is distinct from (d.records, d.combinations, d.curtailed_mwh, d.payment_gbp, d.absolute_payment_gbp)
     order by settlement_date`,
    [from, to],
  );
}

/** Counts the records of each period, and compares them with what is noted of the period. */
export async function auditSettlementPeriods(executor: Executor, { from, to }: DateRange): Promise<LedgerDifference[]> {
  return await rowsOf<LedgerDifference>(
    executor,
    `select settlement_date as "settlementDate", 'settlement_periods' as ledger,
            array_agg(settlement_period order by settlement_period) as periods,
            format('The ledger says %s records in these periods, there are %s', coalesce(sum(p.row_count), 0),
                   coalesce(sum(r.records), 0)) as detail
     from (
       select settlement_date, settlement_period, count(*) as records from ingestion.curtailment_records
       where settlement_date between $1 and $2 group by settlement_date, settlement_period
     ) r
     full join (
       select * from ingestion.settlement_periods where settlement_date between $1 and $2
     ) p using (settlement_date, settlement_period)
     where coalesce(r.records, 0) <> coalesce(p.row_count, 0)
     group by settlement_date order by settlement_date`,
    [from, to],
  );
}

/**
 * Counts and sums the half hours of wind generation of each day, and compares them with the ledger, which knows a digest of those
 * that were fetched; where there are any, it has a revision.
 */
export async function auditWindGenerationDays(
  executor: Executor,
  { from, to }: DateRange,
): Promise<LedgerDifference[]> {
  return await rowsOf<LedgerDifference>(
    executor,
    `select settlement_date as "settlementDate", 'wind_generation_days' as ledger, '{}'::smallint[] as periods,
            case when d.periods_expected is null then format('The ledger has no row, and there are %s periods', w.periods)
                 when d.revision is null and w.periods > 0 then format('The ledger has no revision, and there are %s periods', w.periods)
                 else format('The ledger says %s of %s periods, onshore %s MWh, offshore %s MWh; there are %s of %s, %s MWh, %s MWh',
                             d.periods_loaded, d.periods_expected, coalesce(d.onshore_mwh::text, 'unknown'),
                             coalesce(d.offshore_mwh::text, 'unknown'), coalesce(w.periods_loaded, 0), n.periods,
                             coalesce(w.onshore_mwh::text, 'unknown'), coalesce(w.offshore_mwh::text, 'unknown'))
            end || case when d.content_hash is distinct from w.content_hash
                        then '; the half hours are not those that were fetched' else '' end as detail
     from (
       select * from ingestion.wind_generation_sums where settlement_date between $1 and $2
     ) w
     full join (
       select * from ingestion.wind_generation_days where settlement_date between $1 and $2
     ) d using (settlement_date)
     cross join lateral (
       select extract(epoch from ((settlement_date + 1)::timestamp at time zone 'Europe/London')
                                 - (settlement_date::timestamp at time zone 'Europe/London'))::integer / 1800 as periods
     ) n
     where (n.periods, coalesce(w.periods_loaded, 0), w.onshore_mwh, w.offshore_mwh, w.content_hash)
         is distinct from (d.periods_expected, d.periods_loaded, d.onshore_mwh, d.offshore_mwh, d.content_hash)
       or d.revision is null and w.periods > 0
     order by settlement_date`,
    [from, to],
  );
}

/** Adds up the day ledgers of each month that a range touches, and compares them with what is kept of the month. */
export async function auditMonths(executor: Executor, { from, to }: DateRange): Promise<LedgerDifference[]> {
  return await rowsOf<LedgerDifference>(
    executor,
    `with span as (
       select date_trunc('month', greatest($1::date, '1900-01-01'))::date as first,
              (date_trunc('month', least($2::date, '2999-12-31')) + interval '1 month' - interval '1 day')::date as last
     ),
     counted as (
       select date_trunc('month', s.settlement_date)::date as month, min(s.settlement_date) as date, sum(s.combinations) as combinations,
              sum(s.calculations) as calculations,
              count(*) filter (where s.state = 'absent') as absent, count(*) filter (where s.state = 'partial') as partial,
              count(*) filter (where s.state = 'blocked') as blocked,
              count(*) filter (where s.state = 'provisional') as provisional,
              count(*) filter (where s.state = 'complete') as complete
       from span, reconciliation.day_states_between(span.first, span.last) s group by 1
     ),
     kept as (
       select d.*, (select sum(c.calculations) from reconciliation.month_calculations c
                    join calculation.miner_models using (miner_model) where c.month = d.month) as calculations
       from reconciliation.month_days d, span where d.month between span.first and span.last
     )
     select coalesce(c.date, month) as "settlementDate", 'month_days' as ledger, '{}'::smallint[] as periods,
            'What is kept of the month is not what its days add up to' as detail
     from counted c full join kept k using (month)
     where (coalesce(c.combinations, 0), coalesce(c.calculations, 0), coalesce(c.absent, 0), coalesce(c.partial, 0),
            coalesce(c.blocked, 0), coalesce(c.provisional, 0), coalesce(c.complete, 0))
       <> (coalesce(k.combinations, 0), coalesce(k.calculations, 0), coalesce(k.absent, 0), coalesce(k.partial, 0),
           coalesce(k.blocked, 0), coalesce(k.provisional, 0), coalesce(k.complete, 0))
     order by month`,
    [from, to],
  );
}
