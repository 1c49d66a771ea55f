import { decimalText } from '../decimal-text.js';
import { WindfallError } from '../errors.js';
import { contentOf, type CurtailmentRecord } from './curtailment-record.js';

/**
 * What we keep of a row of the bid side of the settlement stack (docs/data-sources.md 2), checked by the client that
 * fetched it. Numbers are those of the source's JSON; of the few rows that are kept they become decimal texts.
 */
export interface StackRow {
  readonly settlementDate: string;
  readonly settlementPeriod: number;
  readonly startTime: string;
  readonly createdDateTime: string | null;
  readonly sequenceNumber: number;
  /** BM unit; a plain number as text on adjustment rows, which belong to no unit. */
  readonly id: string | null;
  readonly acceptanceId: number | null;
  readonly bidOfferPairId: number | null;
  readonly cadlFlag: boolean | null;
  readonly soFlag: boolean | null;
  readonly originalPrice: number | null;
  readonly volume: number;
}

/** Curtailment found in stack rows. */
export interface CurtailedSelection {
  /** Ordered by date, period, farm, acceptance, pair and running number. */
  readonly records: CurtailmentRecord[];
  /** BM units that would have counted, were they wind farms; sorted, each once. */
  readonly uncountedUnitIds: string[];
}

/** A record with its place in the stack, which is not stored. */
type Placed = CurtailmentRecord & { readonly sequenceNumber: number };

/**
 * Finds the curtailment in rows of the bid side of the settlement stack: SO-flagged, volume below 0, of a wind BM unit.
 * `cadlFlag` is kept but opens no second door: it marks a short acceptance, not a constraint.
 *
 * A row that comes twice, identical, counts once. Wind rows without an acceptance are told apart by their place in the
 * stack and numbered in its order.
 *
 * @param rows      of any number of periods, in any order
 * @param windUnits by BM unit id
 * @throws {WindfallError} `conflicting-rows` when two rows have the same key and different values; `missing-price` when
 *   a curtailed row has no price, since its payment would silently be zero; `missing-flag` when a bid of a wind unit does
 *   not say whether it is SO-flagged, since its energy would silently be left out
 *
 * Source: docs/rules.md, rules 2 and 3; docs/data-sources.md 2 and 10.
 */
export function selectCurtailed(
  rows: readonly StackRow[],
  windUnits: ReadonlyMap<string, { readonly leadParty: string | null }>,
): CurtailedSelection {
  const placed = new Map<string, Placed>();
  const uncounted = new Set<string>();
  for (const row of rows) {
    if (row.soFlag === false || row.id === null || !(row.volume < 0)) continue;
    const unit = windUnits.get(row.id);
    if (row.soFlag === null) {
      if (unit !== undefined) throw missing('missing-flag', 'SO-flag', row, row.id);
      continue;
    }
    if (unit === undefined) {
      if (!/^\d+$/.test(row.id)) uncounted.add(row.id);
      continue;
    }
    placeOnce(placed, placedOf(row, row.id, unit.leadParty));
  }
  return { records: numbered([...placed.values()].sort(inOrder)), uncountedUnitIds: [...uncounted].sort() };
}

function placedOf(row: StackRow, farmId: string, leadParty: string | null): Placed {
  const { settlementDate, settlementPeriod, originalPrice } = row;
  if (originalPrice === null) throw missing('missing-price', 'price', row, farmId);
  return {
    settlementDate,
    settlementPeriod,
    side: 'bid',
    farmId,
    leadParty,
    acceptanceId: row.acceptanceId,
    bidOfferPairId: row.bidOfferPairId,
    runningNumber: 0,
    volumeMwh: decimalText(row.volume),
    originalPriceGbpPerMwh: decimalText(originalPrice),
    soFlag: true,
    cadlFlag: row.cadlFlag,
    sourceCreatedAt: row.createdDateTime,
    sequenceNumber: row.sequenceNumber,
  };
}

function missing(code: 'missing-price' | 'missing-flag', what: string, row: StackRow, farmId: string): WindfallError {
  const { settlementDate, settlementPeriod } = row;
  const message =
    `The source gives no ${what} for a bid of farm ${farmId} on ${settlementDate} period ${settlementPeriod}; ` +
    `fetch the period again once the source has corrected it.`;
  return new WindfallError(code, message, { details: { settlementDate, settlementPeriod, farmId } });
}

function placeOnce(placed: Map<string, Placed>, record: Placed): void {
  const { settlementDate, settlementPeriod, farmId, acceptanceId } = record;
  const key = `${groupOf(record)} ${acceptanceId === null ? record.sequenceNumber : ''}`;
  const earlier = placed.get(key);
  if (earlier === undefined) {
    placed.set(key, record);
  } else if (contentOf(earlier) !== contentOf(record) || earlier.sourceCreatedAt !== record.sourceCreatedAt) {
    const message =
      `The source gives two different rows for farm ${farmId}, acceptance ${acceptanceId ?? 'none'}, on ` +
      `${settlementDate} period ${settlementPeriod}; fetch the period again once the source has corrected it.`;
    const details = { settlementDate, settlementPeriod, farmId, acceptanceId, bidOfferPairId: record.bidOfferPairId };
    throw new WindfallError('conflicting-rows', message, { details });
  }
}

function numbered(inStackOrder: readonly Placed[]): CurtailmentRecord[] {
  let group = '';
  let runningNumber = 0;
  return inStackOrder.map(({ sequenceNumber: _, ...record }) => {
    if (record.acceptanceId !== null) return record;
    runningNumber = groupOf(record) === group ? runningNumber + 1 : 1;
    group = groupOf(record);
    return { ...record, runningNumber };
  });
}

function groupOf(record: CurtailmentRecord): string {
  const { settlementDate, settlementPeriod, farmId, acceptanceId, bidOfferPairId } = record;
  return [settlementDate, settlementPeriod, farmId, acceptanceId, bidOfferPairId].join(' ');
}

function inOrder(a: Placed, b: Placed): number {
  return (
    compare(a.settlementDate, b.settlementDate) ||
    compare(a.settlementPeriod, b.settlementPeriod) ||
    compare(a.farmId, b.farmId) ||
    // Ids start at 1 and no pair is 0, so a missing one sorts apart from all that exist.
    compare(a.acceptanceId ?? 0, b.acceptanceId ?? 0) ||
    compare(a.bidOfferPairId ?? 0, b.bidOfferPairId ?? 0) ||
    compare(a.sequenceNumber, b.sequenceNumber)
  );
}

function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
