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

/** Whether a row `f` is of the wanted farms; a statement takes its range as `$1` and `$2` and the filter after it. */
export const matchesFilter = '($3::text is null or f.farm_id = $3) and ($4::text is null or f.lead_party = $4)';

/** The parameters of `matchesFilter`, none when all farms are wanted and the statement does without it. */
export function filterParameters({ farmId, leadParty }: FarmFilter): [] | [string | null, string | null] {
  return farmId === null && leadParty === null ? [] : [farmId, leadParty];
}

/** A level of summaries; names are constants of this file, never input. */
export type SummaryLevel = 'daily' | 'monthly' | 'yearly';

const keyOf = { daily: 'settlement_date', monthly: 'month', yearly: 'year' } as const;

export const figureColumns = `
  e.curtailed_mwh as "curtailedMwh", e.payment_gbp as "paymentGbp", e.absolute_payment_gbp as "absolutePaymentGbp",
  b.potential_btc as "potentialBtc"`;

/**
 * Joins that add the figures of a level to the rows of `k`, which has the level's key as `k.key`.
 *
 * Some farms are summed from their own summaries. That there is a total tells a farm without curtailment, which is 0, from a
 * day that nothing is known of, which is null.
 */
export function figuresOf(level: SummaryLevel, filtered: boolean): string {
  const key = keyOf[level];
  const energy = filtered
    ? `select coalesce(sum(f.curtailed_mwh), 0) as curtailed_mwh, coalesce(sum(f.payment_gbp), 0) as payment_gbp,
              coalesce(sum(f.absolute_payment_gbp), 0) as absolute_payment_gbp
       from summary.${level}_summaries t
       left join summary.farm_${level}_summaries f on f.${key} = t.${key} and ${matchesFilter}
       where t.${key} = k.key group by t.${key}`
    : `select curtailed_mwh, payment_gbp, absolute_payment_gbp from summary.${level}_summaries where ${key} = k.key`;
  const bitcoin = filtered
    ? `select t.miner_model, coalesce(sum(f.potential_btc), 0) as potential_btc
       from summary.bitcoin_${level}_summaries t
       left join summary.bitcoin_farm_${level}_summaries f
         on f.${key} = t.${key} and f.miner_model = t.miner_model and ${matchesFilter}
       where t.${key} = k.key group by t.miner_model`
    : `select miner_model, potential_btc from summary.bitcoin_${level}_summaries where ${key} = k.key`;
  return `
    left join lateral (${energy}) e on true
    cross join lateral (
      select json_object_agg(m.miner_model, x.potential_btc::text order by m.position) as potential_btc
      from calculation.miner_models m left join (${bitcoin}) x using (miner_model)
    ) b`;
}
