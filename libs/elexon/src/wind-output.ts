import {
  addDays,
  isSettlementDate,
  settlementPeriodFrom,
  settlementPeriodsOf,
  type WindOutput,
  decimalText,
} from '@app/domain';
import * as z from 'zod';
import { checkedRows, malformed } from './answer-rows.js';
import { type Asked } from './source-error.js';

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
  // Absent from one recorded answer, although the API's own schema has it.
  startTime: z.iso.datetime().optional(),
  settlementDate: z.string().refine(isSettlementDate, 'not a settlement date'),
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
 * Where a row tells its start, date and period are those that begin then: data sets of this family are known to label the
 * last period of a day with the date of the next one (docs/data-sources.md 5).
 *
 * @param from first settlement date asked for
 * @param to   last one; the window that asks for them ends with it, and may catch the first period of the next
 * @throws {SourceError} `source-malformed` naming the first field at fault: also when a row begins with no period or is of
 *   no date near those asked, or when two rows of one publication say different things
 */
export function windOutputs(asked: Asked, rows: unknown[], from: string, to: string): WindOutput[] {
  const next = addDays(to, 1);
  const latest = new Map<string, WindOutput>();
  checkedRows(asked, sourceRow, rows).forEach((row, index) => {
    const period = periodOf(asked, row, index);
    const { settlementDate, settlementPeriod } = period;
    if (settlementDate < from || settlementDate > next) {
      throw malformed(asked, `data[${index}]`, `is of ${settlementDate}, not what was asked for`);
    }
    const kind = KINDS[row.psrType];
    if (kind === null || settlementDate === next) return;
    const output = { ...period, kind, meanMw: decimalText(row.quantity), publishedAt: row.publishTime };
    const key = `${settlementDate} ${String(settlementPeriod).padStart(2, '0')} ${kind}`;
    const known = latest.get(key);
    if (known?.publishedAt === output.publishedAt && known.meanMw !== output.meanMw) {
      const conflict = `is ${output.meanMw} and ${known.meanMw} in one publication (${settlementDate} period ${settlementPeriod}, ${kind})`;
      throw malformed(asked, `data[${index}].quantity`, conflict);
    }
    if (known === undefined || known.publishedAt < output.publishedAt) latest.set(key, output);
  });
  return [...latest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, output]) => output);
}

function periodOf(asked: Asked, row: z.infer<typeof sourceRow>, index: number) {
  const { startTime, settlementDate, settlementPeriod } = row;
  if (startTime === undefined) {
    if (settlementPeriod <= settlementPeriodsOf(settlementDate)) return { settlementDate, settlementPeriod };
    throw malformed(asked, `data[${index}].settlementPeriod`, `${settlementDate} has no period ${settlementPeriod}`);
  }
  const period = settlementPeriodFrom(startTime);
  if (period !== null) return period;
  throw malformed(asked, `data[${index}].startTime`, `no period begins at ${startTime}`);
}
