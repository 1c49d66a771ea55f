/** The farms that figures are about: all of them, or those that match both of what is given. */
export interface FarmFilter {
  farmId: string | null;
  leadParty: string | null;
}

/** Figures of a day, month or year: exact decimal text, null while nothing is known. */
export interface StoredFigures {
  curtailedMwh: string | null;
  paymentGbp: string | null;
  absolutePaymentGbp: string | null;
  /** Every miner model by name. */
  potentialBtc: Record<string, string | null>;
}

/** A level of summaries; names and types are constants of this file, never input. */
export type SummaryLevel = 'daily' | 'monthly' | 'yearly';

const keyOf = { daily: 'settlement_date', monthly: 'month', yearly: 'year' } as const;
const typeOf = { daily: 'date', monthly: 'text', yearly: 'integer' } as const;

/** Whether a row `f` is of the wanted farms; statements take a range of keys as `$1` and `$2` and the filter after it. */
export const matchesFilter = '($3::text is null or f.farm_id = $3) and ($4::text is null or f.lead_party = $4)';

/** The parameters of `matchesFilter`, none when all farms are wanted and the statement does without it. */
export function filterParameters({ farmId, leadParty }: FarmFilter): [] | [string | null, string | null] {
  return farmId === null && leadParty === null ? [] : [farmId, leadParty];
}

export const figureColumns = `
  e.curtailed_mwh as "curtailedMwh", e.payment_gbp as "paymentGbp", e.absolute_payment_gbp as "absolutePaymentGbp",
  b.potential_btc as "potentialBtc"`;

/**
 * Joins that add the figures of a level to the rows of the table expression `k`, which has the level's key as `key`.
 *
 * Some farms are summed from their own summaries. That there is a total tells a farm without curtailment, which is 0, from a
 * day that nothing is known of, which is null.
 */
export function figuresOf(level: SummaryLevel, filtered: boolean): string {
  const key = keyOf[level];
  const inRange = (alias: string) => `${alias}.${key} between $1::${typeOf[level]} and $2::${typeOf[level]}`;
  const energy = filtered
    ? `select t.${key} as key, coalesce(sum(f.curtailed_mwh), 0) as curtailed_mwh, coalesce(sum(f.payment_gbp), 0) as payment_gbp,
              coalesce(sum(f.absolute_payment_gbp), 0) as absolute_payment_gbp
       from summary.${level}_summaries t
       left join summary.farm_${level}_summaries f on f.${key} = t.${key} and ${inRange('f')} and ${matchesFilter}
       where ${inRange('t')} group by t.${key}`
    : `select t.${key} as key, t.curtailed_mwh, t.payment_gbp, t.absolute_payment_gbp
       from summary.${level}_summaries t where ${inRange('t')}`;
  const bitcoin = filtered
    ? `select t.${key} as key, t.miner_model, coalesce(sum(f.potential_btc), 0) as potential_btc
       from summary.bitcoin_${level}_summaries t
       left join summary.bitcoin_farm_${level}_summaries f
         on f.${key} = t.${key} and f.miner_model = t.miner_model and ${inRange('f')} and ${matchesFilter}
       where ${inRange('t')} group by t.${key}, t.miner_model`
    : `select t.${key} as key, t.miner_model, t.potential_btc from summary.bitcoin_${level}_summaries t where ${inRange('t')}`;
  return `
    left join (${energy}) e using (key)
    join (
      select k.key, json_object_agg(m.miner_model, x.potential_btc::text order by m.position) as potential_btc
      from k cross join calculation.miner_models m left join (${bitcoin}) x using (key, miner_model)
      group by k.key
    ) b using (key)`;
}
