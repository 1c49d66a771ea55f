import {
  type CalculationDifference,
  type LedgerDifference,
  type SummaryDifference,
  type WindGenerationDifference,
} from '@app/database';
import { type Gap } from '@app/domain';

/*
 * What a check of the rows finds is repaired by commands that derive again whatever the ledgers say, since it is the ledgers
 * that did not see it.
 */

/** A day of which calculations are missing, surplus or have other values: an entry for each. */
export function calculationGaps(difference: CalculationDifference): Gap[] {
  const { settlementDate, missing, surplus, differing, periods } = difference;
  const common = { settlementDate, periods, repair: `windfall calculate ${settlementDate}` };
  const gaps: Gap[] = [];
  if (missing > 0) {
    const detail = `${missing} calculations of stored combinations are not there`;
    gaps.push({ ...common, cause: 'not-calculated', missingCalculations: missing, surplusCalculations: 0, detail });
  }
  if (surplus > 0) {
    const detail = `${surplus} calculations are there that nothing accounts for`;
    gaps.push({ ...common, cause: 'surplus-rows', missingCalculations: 0, surplusCalculations: surplus, detail });
  }
  if (differing > 0) {
    const detail = `${differing} calculations have another value than their energy, difficulty and model give`;
    gaps.push({ ...common, cause: 'calculation-differs', missingCalculations: 0, surplusCalculations: 0, detail });
  }
  return gaps;
}

/** @param settlementDate the date itself, or of a month or year one of its dates: summing that sums the whole again */
export function summaryGap({ key, table, rows }: SummaryDifference, settlementDate: string): Gap {
  return {
    settlementDate,
    cause: 'summary-differs',
    periods: [],
    missingCalculations: 0,
    surplusCalculations: 0,
    detail: `${table} of ${key}: ${rows} ${rows === 1 ? 'row is' : 'rows are'} not the sum of what is beneath`,
    repair: `windfall summarize ${settlementDate}`,
  };
}

const windFaults: Record<WindGenerationDifference['fault'], string> = {
  missing: 'the row is not there',
  surplus: 'the row is there, and nothing beneath it',
  stale: 'the row rests on older content',
  differs: 'the row is not the sum of what is beneath',
  altered: 'the half hours beneath the row are not those that were fetched',
};

export function windGenerationGap(difference: WindGenerationDifference): Gap {
  const { key, table, fault, settlementDate } = difference;
  return {
    settlementDate,
    cause: fault === 'stale' ? 'stale-revision' : 'summary-differs',
    periods: [],
    missingCalculations: 0,
    surplusCalculations: 0,
    detail: `${table} of ${key}: ${windFaults[fault]}`,
    repair: windRepair(difference),
  };
}

function windRepair({ fault, settlementDate, stored }: WindGenerationDifference): string {
  // They are summed once they are fetched, and not before.
  if (fault === 'altered') return `windfall wind-generation ${settlementDate}`;
  // Only a day of which curtailment is stored can be summed.
  return `${stored ? '' : `windfall date ${settlementDate} && `}windfall summarize ${settlementDate}`;
}

const ledgerRepairs: Record<LedgerDifference['ledger'], string> = {
  calculation_counts: 'calculate',
  settlement_days: 'ingest',
  settlement_periods: 'ingest',
  wind_generation_days: 'wind-generation',
  month_days: 'calculate',
};

export function ledgerGap({ settlementDate, ledger, periods, detail }: LedgerDifference): Gap {
  return {
    settlementDate,
    cause: 'ledger-differs',
    periods,
    missingCalculations: 0,
    surplusCalculations: 0,
    detail: `${ledger}: ${detail}`,
    repair: `windfall ${ledgerRepairs[ledger]} ${settlementDate}`,
  };
}
