import { type Executor, rowOf } from '../../executor.js';
import { type PeriodState } from '../ingestion/find-settlement-periods.js';
import { type StoredMissing } from '../reconciliation/find-day-states.js';
import { type FarmFilter, filterParameters, matchesFilter, type StoredFigures } from './figures.js';

export interface StoredPeriodFigures extends StoredFigures {
  settlementPeriod: number;
  state: PeriodState;
  /** Whether rows, or the knowledge that there are none, are stored of it. */
  loaded: boolean;
  /** Whether the source is not expected to change it any more. */
  final: boolean;
}

export interface StoredPeriods {
  /** Null when the date was never fetched. */
  day: { revision: number | null; blocked: boolean; provisional: boolean; missing: StoredMissing[] } | null;
  /** In order; none when the date was never fetched. */
  periods: StoredPeriodFigures[];
  /** In the order in which they are served. */
  minerModels: string[];
}

/**
 * Figures of each settlement period of a date, summed from the records and calculations themselves.
 *
 * @param finalAt a period fetched from then on is final
 */
export async function findPeriodFigures(
  executor: Executor,
  settlementDate: string,
  finalAt: string,
  filter: FarmFilter,
): Promise<StoredPeriods> {
  const parameters = filterParameters(filter);
  const wanted = parameters.length > 0 ? matchesFilter : 'true';
  return await rowOf<StoredPeriods>(
    executor,
    `with energy as (
       select f.settlement_period, -sum(f.volume_mwh) as curtailed_mwh,
              sum(f.original_price_gbp_per_mwh * f.volume_mwh) as payment_gbp,
              sum(abs(f.original_price_gbp_per_mwh * f.volume_mwh)) as absolute_payment_gbp
       from ingestion.curtailment_records f
       where f.settlement_date = $1 and ${wanted}
       group by f.settlement_period
     ),
     farm as (
       select distinct f.settlement_period, f.farm_id
       from ingestion.curtailment_records f where f.settlement_date = $1 and ${wanted}
     ),
     bitcoin as (
       select h.settlement_period, h.miner_model, sum(h.potential_btc) as potential_btc
       from calculation.historical_bitcoin_calculations h join farm using (settlement_period, farm_id)
       where h.settlement_date = $1
       group by h.settlement_period, h.miner_model
     ),
     day as (
       select s.summary_revision, coalesce(c.outcome = 'blocked', false) as blocked, coalesce(c.outcome = 'calculated', false) as calculated,
              coalesce(c.provisional, false) as provisional
       from reconciliation.day_states s left join calculation.calculated_days c using (settlement_date)
       where s.settlement_date = $1
     )
     select
       (select jsonb_build_object(
          'revision', day.summary_revision, 'blocked', day.blocked, 'provisional', day.provisional,
          'missing', (
            select coalesce(jsonb_agg(jsonb_build_object('cause', m.cause, 'periods', m.periods, 'detail', m.detail)
                                      order by m.cause, m.periods), '[]')
            from reconciliation.missing m where m.settlement_date = $1))
        from day) as day,
       (select coalesce(json_agg(json_build_object(
          'settlementPeriod', p.settlement_period, 'state', p.state, 'loaded', p.content_hash is not null,
          'final', coalesce(p.fetched_at >= $2, false),
          'curtailedMwh', case when p.content_hash is not null then coalesce(e.curtailed_mwh, 0)::text end,
          'paymentGbp', case when p.content_hash is not null then coalesce(e.payment_gbp, 0)::text end,
          'absolutePaymentGbp', case when p.content_hash is not null then coalesce(e.absolute_payment_gbp, 0)::text end,
          'potentialBtc', (
            select json_object_agg(
                     m.miner_model,
                     case when day.calculated and p.content_hash is not null then coalesce(b.potential_btc, 0)::text end
                     order by m.position)
            from calculation.miner_models m
            left join bitcoin b on b.miner_model = m.miner_model and b.settlement_period = p.settlement_period))
          order by p.settlement_period), '[]')
        from day
        cross join ingestion.settlement_periods p
        left join energy e using (settlement_period)
        where p.settlement_date = $1) as periods,
       (select array_agg(miner_model order by position) from calculation.miner_models) as "minerModels"`,
    [settlementDate, finalAt, ...parameters],
  );
}
