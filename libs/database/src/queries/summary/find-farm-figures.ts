import { type Executor, rowOf } from '../../executor.js';
import { type StoredFigures, type SummaryLevel } from './figures.js';
import { ledgerColumns, ledgerOf, type StoredLedger } from './ledger.js';

/** Which figures are wanted: those of a day, a month or a year; null for all years together. */
export type Timeframe =
  | { level: 'daily'; key: string; first: string; last: string }
  | { level: 'monthly'; key: string; first: string; last: string }
  | { level: 'yearly'; key: number; first: string; last: string };

export interface FarmFigures extends StoredFigures {
  farmId: string;
  name: string | null;
  /** As the newest register has it; figures may be of earlier ones too. */
  leadParty: string | null;
  generationCapacityMw: string | null;
}

export interface LeadPartyFigures extends StoredFigures {
  /** Null: the register did not say. */
  leadParty: string | null;
  /** BM units that it answers or answered for, in order. */
  farmIds: string[];
}

/** Figures of several, with what they rest on. */
export interface FiguresOfMany<Item> extends StoredLedger {
  /** First and last date; null when nothing was ever fetched. */
  first: string | null;
  last: string | null;
  /** Of all farms together. */
  totalMwh: string | null;
  items: Item[];
}

/** Figures of every wind farm of the newest register, and of those that have figures without being in it. */
export async function findFarmFigures(
  executor: Executor,
  timeframe: Timeframe | null,
): Promise<FiguresOfMany<FarmFigures>> {
  const members = `
    select f.farm_id as member, u.name, u.lead_party, u.generation_capacity_mw
    from (select farm_id from unit union select farm_id from farm) f left join unit u using (farm_id)`;
  const columns = `
    'farmId', member, 'name', o.name, 'leadParty', o.lead_party, 'generationCapacityMw', o.generation_capacity_mw::text`;
  return await findFigures<FarmFigures>(executor, timeframe, 'farm_id', members, columns);
}

/** Figures of every company that answers for a wind farm, or answered for one when it was curtailed. */
export async function findLeadPartyFigures(
  executor: Executor,
  timeframe: Timeframe | null,
): Promise<FiguresOfMany<LeadPartyFigures>> {
  const members = `
    select coalesce(lead_party, '') as member, array_agg(distinct farm_id order by farm_id) as farm_ids
    from (select farm_id, lead_party from unit union select farm_id, lead_party from farm) f group by 1`;
  return await findFigures<LeadPartyFigures>(
    executor,
    timeframe,
    'lead_party',
    members,
    `'leadParty', nullif(member, ''), 'farmIds', o.farm_ids`,
  );
}

const keyOf = { daily: 'settlement_date', monthly: 'month', yearly: 'year' } as const;

async function findFigures<Item>(
  executor: Executor,
  timeframe: Timeframe | null,
  dimension: 'farm_id' | 'lead_party',
  members: string,
  columns: string,
): Promise<FiguresOfMany<Item>> {
  // A party that the register does not name is '' in here: unlike null, it can be joined on.
  const member = `coalesce(${dimension}, '')`;
  const level: SummaryLevel = timeframe?.level ?? 'yearly';
  const wanted = timeframe === null ? 'true' : `${keyOf[level]} = $1`;
  const span =
    timeframe === null
      ? 'select min(settlement_date) as first, max(settlement_date) as last from ingestion.settlement_days'
      : 'select $2::date as first, $3::date as last';
  return await rowOf<FiguresOfMany<Item>>(
    executor,
    `with unit as (
       select farm_id, name, lead_party, generation_capacity_mw from ingestion.bm_units
       where counted_as_wind and version = (select max(version) from ingestion.register_versions)
     ),
     farm as (select * from summary.farm_${level}_summaries where ${wanted}),
     energy as (
       select ${member} as member, sum(curtailed_mwh) as curtailed_mwh, sum(payment_gbp) as payment_gbp,
              sum(absolute_payment_gbp) as absolute_payment_gbp
       from farm group by 1
     ),
     bitcoin as (
       select ${member} as member, miner_model, sum(potential_btc) as potential_btc
       from summary.bitcoin_farm_${level}_summaries where ${wanted} group by 1, 2
     ),
     total as (select sum(curtailed_mwh) as curtailed_mwh from summary.${level}_summaries where ${wanted}),
     known as (select distinct miner_model from summary.bitcoin_${level}_summaries where ${wanted}),
     member as (${members}),
     potential as (
       select o.member, json_object_agg(m.miner_model, case when w.miner_model is not null then coalesce(x.potential_btc, 0)::text end
                                        order by m.position) as potential_btc
       from member o
       cross join calculation.miner_models m
       left join known w using (miner_model)
       left join bitcoin x using (member, miner_model)
       group by o.member
     )
     select k.first, k.last, ${ledgerColumns}, t.curtailed_mwh as "totalMwh", i.items
     from (${span}) k
     ${ledgerOf}
     cross join total t
     cross join lateral (
       select coalesce(json_agg(json_build_object(
                ${columns},
                'curtailedMwh', case when t.curtailed_mwh is not null then coalesce(e.curtailed_mwh, 0)::text end,
                'paymentGbp', case when t.curtailed_mwh is not null then coalesce(e.payment_gbp, 0)::text end,
                'absolutePaymentGbp', case when t.curtailed_mwh is not null then coalesce(e.absolute_payment_gbp, 0)::text end,
                'potentialBtc', b.potential_btc) order by member), '[]') as items
       from member o
       left join energy e using (member)
       join potential b using (member)
     ) i`,
    timeframe === null ? [] : [timeframe.key, timeframe.first, timeframe.last],
  );
}
