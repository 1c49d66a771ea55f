import { addDays } from '@app/domain';
import { z } from 'zod';
import { checkedRows, malformed } from './answer-rows.js';
import { decimalText } from './decimal-text.js';
import { type Asked } from './source-error.js';

/** Mean output of all wind farms of a kind over one settlement period. */
export interface WindOutput {
  readonly settlementDate: string;
  readonly settlementPeriod: number;
  readonly kind: 'onshore' | 'offshore';
  /** Mean power, decimal text; the period's energy in MWh is half of it. */
  readonly meanMw: string;
  /** As published; docs/data-sources.md 5 suspects local time labelled Z, so it serves only to order versions. */
  readonly publishedAt: string;
}

/** All fields of a row of actual generation (docs/data-sources.md 5). */
export const WIND_AND_SOLAR_FIELDS: ReadonlySet<string> = new Set([
  'dataset',
  'documentId',
  'documentRevisionNumber',
  'publishTime',
  'businessType',
  'psrType',
  'quantity',
  'startTime',
  'settlementDate',
  'settlementPeriod',
]);

const KINDS = { 'Wind Onshore': 'onshore', 'Wind Offshore': 'offshore', Solar: null } as const;

const sourceRow = z.object({
  settlementDate: z.string(),
  settlementPeriod: z.int().min(1).max(50),
  // Anything else fails: a wind type under a new name must not be mistaken for no wind.
  psrType: z.enum(['Wind Onshore', 'Wind Offshore', 'Solar']),
  quantity: z.number(),
  publishTime: z.iso.datetime(),
});

/**
 * Checks rows of actual generation; of a period that comes more than once the latest publication counts. Solar rows are
 * checked and left out.
 *
 * @param from first settlement date asked for
 * @param to   last one; the window that asks for them ends with it, and may catch the first period of the next
 * @throws {SourceError} `source-malformed` naming the first field at fault, or when a row is of no date near those asked
 */
export function windOutputs(asked: Asked, rows: unknown[], from: string, to: string): WindOutput[] {
  const next = addDays(to, 1);
  const latest = new Map<string, WindOutput>();
  checkedRows(asked, sourceRow, rows).forEach((row, index) => {
    const { settlementDate, settlementPeriod } = row;
    if (settlementDate < from || settlementDate > next) {
      throw malformed(asked, `data[${index}].settlementDate`, `is ${settlementDate}, not what was asked for`);
    }
    const kind = KINDS[row.psrType];
    if (kind === null || settlementDate === next) return;
    const key = `${settlementDate} ${String(settlementPeriod).padStart(2, '0')} ${kind}`;
    const known = latest.get(key);
    if (known !== undefined && known.publishedAt >= row.publishTime) return;
    const meanMw = decimalText(row.quantity);
    latest.set(key, { settlementDate, settlementPeriod, kind, meanMw, publishedAt: row.publishTime });
  });
  return [...latest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, output]) => output);
}
