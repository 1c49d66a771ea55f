import { canonicalDecimal, roundDecimal } from '../decimal.js';
import { contentHash, contentOf, type CurtailmentRecord } from '../curtailment/curtailment-record.js';
import { sumCurtailed } from '../curtailment/sum-curtailed.js';

/** What is stored of a settlement period. */
export interface StoredPeriodContent {
  /** The rows as they lie in the table. */
  readonly records: readonly CurtailmentRecord[];
  /** Digest of the rows that the ledger notes; null while none were ever loaded. */
  readonly contentHash: string | null;
}

/** What records of one period add up to; MWh to 6 places and GBP to 2, rounded of the exact sums. */
export interface PeriodFigures {
  readonly records: number;
  readonly curtailedMwh: string;
  readonly paymentGbp: string;
}

/** In how many rows stored and source differ; a row that differs in several ways counts in the first that applies. */
export interface RowDifferences {
  /** At the source and not stored. */
  readonly missing: number;
  /** Stored and not at the source. */
  readonly surplus: number;
  readonly changedVolume: number;
  readonly changedPrice: number;
  /** Lead party or short-acceptance flag. */
  readonly changedOther: number;
}

export interface PeriodComparison {
  readonly outcome: 'same' | 'differs';
  /** Null when nothing is stored of the period. */
  readonly stored: PeriodFigures | null;
  readonly source: PeriodFigures;
  readonly rows: RowDifferences;
  /** Farms whose rows differ, sorted. */
  readonly farmIds: readonly string[];
  /** Whether the ledger's digest is that of the rows that are stored. */
  readonly ledgerAgrees: boolean;
}

/**
 * Compares what is stored of a settlement period with what the source says of it now, as exactly as `contentHash` does: how a
 * number is written makes no difference, and everything else but the time of the source's calculation does.
 *
 * The stored rows themselves are compared, not only the digest that the ledger notes of them: rows that somebody has
 * changed in the database are found too, and so is a ledger that no longer tells of its rows.
 *
 * @param stored of the period
 * @param source the records of the period that were selected from the source's answer
 */
export function comparePeriod(stored: StoredPeriodContent, source: readonly CurtailmentRecord[]): PeriodComparison {
  const storedFigures = storedFiguresOf(stored);
  const ledgerAgrees = storedFigures === null || contentHash(stored.records) === stored.contentHash;
  const { rows, farmIds } = compareRows(stored.records, source);
  const same = storedFigures !== null && ledgerAgrees && farmIds.length === 0;
  return {
    outcome: same ? 'same' : 'differs',
    stored: storedFigures,
    source: figuresOf(source),
    rows,
    farmIds,
    ledgerAgrees,
  };
}

/** What the stored rows of a period add up to; null when nothing is stored of it. */
export function storedFiguresOf({ records, contentHash: noted }: StoredPeriodContent): PeriodFigures | null {
  return noted === null && records.length === 0 ? null : figuresOf(records);
}

function compareRows(
  stored: readonly CurtailmentRecord[],
  source: readonly CurtailmentRecord[],
): { rows: RowDifferences; farmIds: string[] } {
  const rows = { missing: 0, surplus: 0, changedVolume: 0, changedPrice: 0, changedOther: 0 };
  const farmIds = new Set<string>();
  const unmatched = new Map(stored.map((record) => [keyOf(record), record]));
  for (const record of source) {
    const difference = differenceOf(unmatched.get(keyOf(record)), record);
    unmatched.delete(keyOf(record));
    if (difference === null) continue;
    rows[difference] += 1;
    farmIds.add(record.farmId);
  }
  for (const { farmId } of unmatched.values()) {
    rows.surplus += 1;
    farmIds.add(farmId);
  }
  return { rows, farmIds: [...farmIds].sort() };
}

function differenceOf(
  stored: CurtailmentRecord | undefined,
  source: CurtailmentRecord,
): Exclude<keyof RowDifferences, 'surplus'> | null {
  if (stored === undefined) return 'missing';
  if (canonicalDecimal(stored.volumeMwh) !== canonicalDecimal(source.volumeMwh)) return 'changedVolume';
  const priceAsStored = canonicalDecimal(stored.originalPriceGbpPerMwh);
  if (priceAsStored !== canonicalDecimal(source.originalPriceGbpPerMwh)) return 'changedPrice';
  return contentOf(stored) === contentOf(source) ? null : 'changedOther';
}

/** As the unique index of the table has it; both sides are of one day. */
function keyOf(record: CurtailmentRecord): string {
  const { settlementPeriod, farmId, acceptanceId, bidOfferPairId, runningNumber, side } = record;
  return [settlementPeriod, farmId, acceptanceId, bidOfferPairId, runningNumber, side].join(' ');
}

function figuresOf(records: readonly CurtailmentRecord[]): PeriodFigures {
  const { recordCount, curtailedMwh, paymentGbp } = sumCurtailed(records);
  return {
    records: recordCount,
    curtailedMwh: roundDecimal(curtailedMwh, 6),
    paymentGbp: roundDecimal(paymentGbp, 2),
  };
}
