import * as z from 'zod';
import { checkedRows, requireAsked } from './answer-rows.js';
import { type Asked } from './source-error.js';

/** A straight piece of a BM unit's planned output; a period has one or several. */
export interface PhysicalNotification {
  readonly settlementDate: string;
  readonly settlementPeriod: number;
  /** Null for units without an Elexon id. */
  readonly farmId: string | null;
  readonly fromAt: string;
  readonly toAt: string;
  /** Whole MW at either end, linear between; below 0 is consumption. */
  readonly fromMw: number;
  readonly toMw: number;
}

/** All fields of a physical notification (docs/data-sources.md 3). */
export const NOTIFICATION_FIELDS: ReadonlySet<string> = new Set([
  'dataset',
  'settlementDate',
  'settlementPeriod',
  'timeFrom',
  'timeTo',
  'levelFrom',
  'levelTo',
  'nationalGridBmUnit',
  'bmUnit',
]);

const sourceNotification = z.object({
  settlementDate: z.string(),
  settlementPeriod: z.int().min(1).max(50),
  timeFrom: z.iso.datetime(),
  timeTo: z.iso.datetime(),
  levelFrom: z.int(),
  levelTo: z.int(),
  bmUnit: z.string().nullable(),
});

/** @throws {SourceError} `source-malformed` naming the first field at fault, or when a row is of another day or period */
export function physicalNotifications(asked: Asked, rows: unknown[]): PhysicalNotification[] {
  const checked = checkedRows(asked, sourceNotification, rows);
  requireAsked(asked, checked);
  return checked.map((row) => ({
    settlementDate: row.settlementDate,
    settlementPeriod: row.settlementPeriod,
    farmId: row.bmUnit,
    fromAt: row.timeFrom,
    toAt: row.timeTo,
    fromMw: row.levelFrom,
    toMw: row.levelTo,
  }));
}
