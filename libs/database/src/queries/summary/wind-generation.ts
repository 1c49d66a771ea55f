/** Wind generation of a day, month or year: exact decimal text, the sums of what is known. */
export interface StoredWindGeneration {
  onshoreMwh: string | null;
  offshoreMwh: string | null;
  /** Periods of which both kinds are known. */
  periodsLoaded: number;
  /** The days of which anything is known, in order. */
  days: { settlementDate: string; periodsLoaded: number; revision: number }[];
}

const sums = `'onshoreMwh', t.onshore_mwh::text, 'offshoreMwh', t.offshore_mwh::text, 'periodsLoaded', t.periods_loaded`;
const day = (alias: string) =>
  `jsonb_build_object('settlementDate', ${alias}.settlement_date, 'periodsLoaded', ${alias}.periods_loaded, 'revision', ${alias}.revision)`;

/** Joins `w.wind` to the rows of `k`, which has dates from `$1` to `$2` as its `key`; null where nothing is known. */
export const windGenerationOfDays = `
  left join (
    select t.settlement_date as key, jsonb_build_object(${sums}, 'days', jsonb_build_array(${day('t')})) as wind
    from summary.daily_wind_generation t where t.settlement_date between $1 and $2
  ) w using (key)`;

/** The same for months or years; `k` has their first and last date as `k.first` and `k.last`. */
export function windGenerationOf(level: 'monthly' | 'yearly'): string {
  const key = { monthly: 'month', yearly: 'year' }[level];
  return `
  left join lateral (
    select jsonb_build_object(${sums}, 'days', (
             select coalesce(jsonb_agg(${day('d')} order by d.settlement_date), '[]')
             from summary.daily_wind_generation d where d.settlement_date between k.first and k.last)) as wind
    from summary.${level}_wind_generation t where t.${key} = k.key
  ) w on true`;
}
