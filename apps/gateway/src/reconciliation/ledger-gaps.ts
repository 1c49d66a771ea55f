import { type Database, type DateRange, findGaps, type LedgerGap } from '@app/database';
import {
  firstUnsettledPeriod,
  type Gap,
  type MissingCause,
  settledPeriodsOf,
  settlementPeriodsUpTo,
} from '@app/domain';
import { detailOf, repairOf } from '../figures/missing.js';

/** A gap whose cause is one that figures name, too. */
export type ServedGap = Gap & { cause: MissingCause };

/**
 * What the ledgers tell of a range of dates to be missing, as it is served, in no order.
 *
 * @param wanted first and last date that ought to be there; null when only dates ever fetched are looked at
 */
export async function ledgerGaps(
  database: Database,
  range: DateRange,
  wanted: DateRange | null,
  nowAt: string,
): Promise<ServedGap[]> {
  const found = await findGaps(database, range, wanted, firstUnsettledPeriod(nowAt));
  return found.map((entry) => servedGap(entry, nowAt));
}

function servedGap(entry: LedgerGap, nowAt: string): ServedGap {
  const { settlementDate, cause, periods, detail } = entry;
  const never = cause === 'not-fetched' && periods.length === 0;
  return {
    ...entry,
    // Of a date that was never fetched no period is in the ledger: it lacks all it has.
    periods: never ? settlementPeriodsUpTo(settledPeriodsOf(settlementDate, nowAt)) : periods,
    detail: detail ?? detailOf(cause),
    repair: repairOf(cause, settlementDate, settlementDate) ?? '',
  };
}
