import { type StackRow } from '@app/domain';
import * as z from 'zod';
import { malformedRow, requireAsked } from './answer-rows.js';
import { type Asked } from './source-error.js';

/** All fields of a stack row (docs/data-sources.md 2). */
export const STACK_FIELDS: ReadonlySet<string> = new Set([
  'settlementDate',
  'settlementPeriod',
  'startTime',
  'createdDateTime',
  'sequenceNumber',
  'id',
  'acceptanceId',
  'bidOfferPairId',
  'cadlFlag',
  'soFlag',
  'storProviderFlag',
  'repricedIndicator',
  'reserveScarcityPrice',
  'originalPrice',
  'volume',
  'dmatAdjustedVolume',
  'arbitrageAdjustedVolume',
  'nivAdjustedVolume',
  'parAdjustedVolume',
  'finalPrice',
  'transmissionLossMultiplier',
  'tlmAdjustedVolume',
  'tlmAdjustedCost',
]);

const instant = z.iso.datetime();

/** What we use of a row. Null is allowed where the API's own schema has it, missing is not. */
export const sourceStackRow = z
  .object({
    settlementDate: z.string(),
    settlementPeriod: z.int(),
    startTime: z.string(),
    createdDateTime: instant.nullable(),
    sequenceNumber: z.int32(),
    id: z.string().nullable(),
    acceptanceId: z.int().nullable(),
    bidOfferPairId: z.int().min(-6).max(6).nullable(),
    cadlFlag: z.boolean().nullable(),
    soFlag: z.boolean().nullable(),
    originalPrice: z.number().nullable(),
    volume: z.number(),
  })
  .refine(({ id, acceptanceId }) => id !== null || acceptanceId === null, {
    path: ['id'],
    message: 'an acceptance without a BM unit',
  });

type SourceStackRow = z.infer<typeof sourceStackRow>;

/**
 * Checks the rows of a stack answer.
 *
 * @throws {SourceError} `source-malformed` naming the first field at fault, or when a row is of another day or period
 */
export function stackRows(asked: Asked, rows: unknown[]): StackRow[] {
  const isSound = soundRowCheck();
  const checked = rows.map((row, index) => {
    if (isSound(row)) return row;
    const { error } = sourceStackRow.safeParse(row);
    if (error === undefined) throw new Error(`The quick check of stack rows refuses what the schema allows`);
    throw malformedRow(asked, index, error);
  });
  requireAsked(asked, checked);
  // As they came: fields that we do not know are still there, and nobody looks at them.
  return checked;
}

/**
 * `sourceStackRow` as plain comparisons; a test holds them equal. A busy day has 30,000 rows and more, of which the
 * schema would take 17 ms and these take 4, beside 60 for parsing the JSON.
 */
export function soundRowCheck(): (row: unknown) => row is SourceStackRow {
  // One answer is one calculation run, so its stamps are all the same.
  let soundStamp: unknown = null;
  const isStamp = (value: unknown): boolean => {
    if (value === soundStamp) return true;
    const sound = value === null || instant.safeParse(value).success;
    if (sound) soundStamp = value;
    return sound;
  };

  return (value): value is SourceStackRow => {
    if (typeof value !== 'object' || value === null) return false;
    const row = value as Record<keyof SourceStackRow, unknown>;
    return (
      typeof row.settlementDate === 'string' &&
      Number.isSafeInteger(row.settlementPeriod) &&
      typeof row.startTime === 'string' &&
      isStamp(row.createdDateTime) &&
      typeof row.sequenceNumber === 'number' &&
      (row.sequenceNumber | 0) === row.sequenceNumber &&
      (typeof row.id === 'string' || (row.id === null && row.acceptanceId === null)) &&
      (row.acceptanceId === null || Number.isSafeInteger(row.acceptanceId)) &&
      (row.bidOfferPairId === null || isPair(row.bidOfferPairId)) &&
      (row.cadlFlag === null || typeof row.cadlFlag === 'boolean') &&
      (row.soFlag === null || typeof row.soFlag === 'boolean') &&
      (row.originalPrice === null || Number.isFinite(row.originalPrice)) &&
      Number.isFinite(row.volume)
    );
  };
}

function isPair(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= -6 && (value as number) <= 6;
}
