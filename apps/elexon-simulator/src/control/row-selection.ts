import * as z from 'zod';

/** Which rows of an answer a fault or a revision touches. */
export const RowSelection = z.union([
  z.enum(['all', 'first', 'last', 'curtailed']).describe('curtailed: SO-flagged bids of units typed WIND'),
  z
    .strictObject({
      id: z.string(),
      acceptanceId: z.int().nullable(),
      bidOfferPairId: z.int().nullable(),
      settlementDate: z.string(),
      settlementPeriod: z.int(),
      psrType: z.string(),
    })
    .partial()
    .refine((fields) => Object.keys(fields).length > 0, 'names no field to select rows by'),
]);
export type RowSelection = z.infer<typeof RowSelection>;

/** Whether the selection takes the row at `index` of `count`. */
export function selects(
  selection: RowSelection,
  row: Readonly<Record<string, unknown>>,
  index: number,
  count: number,
  windIds: ReadonlySet<string>,
): boolean {
  switch (selection) {
    case 'all':
      return true;
    case 'first':
      return index === 0;
    case 'last':
      return index === count - 1;
    case 'curtailed':
      return row.soFlag === true && Number(row.volume) < 0 && windIds.has(String(row.id));
    default:
      return Object.entries(selection).every(([field, wanted]) => row[field] === wanted);
  }
}
