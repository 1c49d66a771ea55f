import { type Executor, rowsOf } from '../../executor.js';

/** Rows of a summary table that are not the sums of the rows beneath them. */
export interface SummaryDifference {
  /** A date, a month `YYYY-MM`, or a year. */
  key: string;
  table: string;
  rows: number;
}

const sums = {
  energy: ['curtailed_mwh', 'payment_gbp', 'absolute_payment_gbp'],
  bitcoin: ['potential_btc'],
} as const;

interface Side {
  table: string;
  dimensions: readonly string[];
  columns: readonly string[];
}

const dimensionsOf = { total: [], farm: ['farm_id', 'lead_party'] } as const;

/** The four kinds of summaries that each level has. */
function tablesOf(level: 'daily' | 'monthly' | 'yearly'): Side[] {
  return [
    { table: `${level}_summaries`, dimensions: dimensionsOf.total, columns: sums.energy },
    { table: `farm_${level}_summaries`, dimensions: dimensionsOf.farm, columns: sums.energy },
    { table: `bitcoin_${level}_summaries`, dimensions: ['miner_model'], columns: sums.bitcoin },
    {
      table: `bitcoin_farm_${level}_summaries`,
      dimensions: [...dimensionsOf.farm, 'miner_model'],
      columns: sums.bitcoin,
    },
  ];
}

/** Counts the rows, by key, that only one of two tables has or that have other values. Names are constants of this file. */
function differencesOf({ table, dimensions, columns }: Side, key: string, wanted: string, stored: string): string {
  // The lead party may be unknown; null cannot be joined by a hash.
  const joined = dimensions.map((name) => (name === 'lead_party' ? `coalesce(lead_party, '') as lead_party` : name));
  const selected = [`${key} as key`, ...joined, ...columns].join(', ');
  const row = (alias: string) => `(${columns.map((column) => `${alias}.${column}`).join(', ')})`;
  return `select key::text as key, '${table}' as "table", count(*) as rows
    from (select ${selected} from (${wanted}) x) w
    full join (select ${selected} from (${stored}) y) s using (${['key', ...dimensions].join(', ')})
    where ${row('w')} is distinct from ${row('s')}
    group by key`;
}

/**
 * Compares all summaries of some days with the records and calculations beneath them.
 *
 * @param settlementDates days whose summaries are said to be up to date
 */
export async function compareDailySummaries(
  transaction: Executor,
  settlementDates: readonly string[],
): Promise<SummaryDifference[]> {
  const wanted = ['energy_total', 'energy_farm', 'bitcoin_total', 'bitcoin_farm'];
  const unions = tablesOf('daily').map((side, index) =>
    differencesOf(
      side,
      'settlement_date',
      `select * from ${wanted[index]}`,
      `select * from summary.${side.table} where settlement_date = any($1::date[])`,
    ),
  );
  return await rowsOf<SummaryDifference>(
    transaction,
    `with energy_farm as materialized (
       select settlement_date, farm_id, lead_party, -sum(volume_mwh) as curtailed_mwh,
              sum(original_price_gbp_per_mwh * volume_mwh) as payment_gbp,
              sum(abs(original_price_gbp_per_mwh * volume_mwh)) as absolute_payment_gbp
       from ingestion.curtailment_records where settlement_date = any($1::date[])
       group by settlement_date, farm_id, lead_party
     ),
     energy_total as (
       select d.settlement_date, coalesce(sum(f.curtailed_mwh), 0) as curtailed_mwh,
              coalesce(sum(f.payment_gbp), 0) as payment_gbp, coalesce(sum(f.absolute_payment_gbp), 0) as absolute_payment_gbp
       from unnest($1::date[]) as d (settlement_date) left join energy_farm f using (settlement_date)
       group by d.settlement_date
     ),
     lead as (
       select settlement_date, settlement_period, farm_id, min(lead_party) as lead_party
       from ingestion.curtailment_records where settlement_date = any($1::date[])
       group by settlement_date, settlement_period, farm_id
     ),
     bitcoin_farm as materialized (
       select h.settlement_date, h.farm_id, l.lead_party, h.miner_model, sum(h.potential_btc) as potential_btc
       from calculation.historical_bitcoin_calculations h
       join lead l using (settlement_date, settlement_period, farm_id)
       where h.settlement_date = any($1::date[])
       group by h.settlement_date, h.farm_id, l.lead_party, h.miner_model
     ),
     bitcoin_total as (
       select c.settlement_date, m.miner_model, coalesce(sum(f.potential_btc), 0) as potential_btc
       from calculation.calculated_days c
       cross join calculation.miner_models m
       left join bitcoin_farm f on f.settlement_date = c.settlement_date and f.miner_model = m.miner_model
       where c.settlement_date = any($1::date[]) and c.outcome = 'calculated'
       group by c.settlement_date, m.miner_model
     )
     ${unions.join(' union all ')}
     order by key, "table"`,
    [settlementDates],
  );
}

/** Compares all summaries of some months (`YYYY-MM`) with their days. */
export async function compareMonthlySummaries(
  transaction: Executor,
  months: readonly string[],
): Promise<SummaryDifference[]> {
  return await compareRollUps(transaction, 'monthly', 'month', 'text', 'daily', `to_char(settlement_date, 'YYYY-MM')`, [
    months,
    months.map((month) => `${month}-01`),
  ]);
}

/** Compares all summaries of some years with their months. */
export async function compareYearlySummaries(
  transaction: Executor,
  years: readonly number[],
): Promise<SummaryDifference[]> {
  return await compareRollUps(transaction, 'yearly', 'year', 'smallint', 'monthly', 'left(month, 4)::smallint', [
    years,
    years.map((year) => `${year}-01-01`),
  ]);
}

async function compareRollUps(
  transaction: Executor,
  level: 'monthly' | 'yearly',
  key: 'month' | 'year',
  keyType: string,
  beneath: 'daily' | 'monthly',
  keyBeneath: string,
  [keys, firsts]: [readonly (string | number)[], readonly string[]],
): Promise<SummaryDifference[]> {
  const from = tablesOf(beneath);
  // Written so that the key of the table beneath serves.
  const belongs =
    beneath === 'daily'
      ? `b.settlement_date >= o.first and b.settlement_date < o.first + interval '1 month'`
      : `b.month >= to_char(o.first, 'YYYY-MM') and b.month <= to_char(o.first, 'YYYY') || '-12'`;
  const unions = tablesOf(level).map((side, index) => {
    const dimensions = side.dimensions.map((name) => `b.${name}`);
    const wanted = `select ${[`${keyBeneath} as ${key}`, ...dimensions].join(', ')},
        ${side.columns.map((column) => `sum(b.${column}) as ${column}`).join(', ')}
      from unnest($2::date[]) as o (first) join summary.${from[index]?.table} b on ${belongs}
      group by ${['1', ...dimensions].join(', ')}`;
    return differencesOf(side, key, wanted, `select * from summary.${side.table} where ${key} = any($1::${keyType}[])`);
  });
  return await rowsOf<SummaryDifference>(transaction, `${unions.join(' union all ')} order by key, "table"`, [
    keys,
    firsts,
  ]);
}
