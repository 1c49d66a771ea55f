import * as z from 'zod';
import { type Asked, SourceError } from './source-error.js';

/** The API wraps its rows in `{ "data": [...] }`, but reference data come as a bare list. */
export type Envelope = 'data' | 'bare';

/**
 * The rows of an answer, not yet checked themselves.
 *
 * @throws {SourceError} `source-malformed` when the envelope is another: what is no list of rows is not an empty list.
 *   That goes for `"data": null` too, although the API's own schema would allow it.
 */
export function answerRows(asked: Asked, body: unknown, envelope: Envelope): unknown[] {
  const rows = envelope === 'bare' ? body : (body as { data?: unknown } | null)?.data;
  if (Array.isArray(rows)) return rows as unknown[];
  const field = envelope === 'bare' ? 'answer' : 'data';
  throw malformed(asked, field, `expected a list, received ${rows === null ? 'null' : typeof rows}`);
}

/**
 * Checks each row and keeps what the schema names.
 *
 * @throws {SourceError} `source-malformed` naming the first field at fault
 */
export function checkedRows<Row>(asked: Asked, schema: z.ZodType<Row>, rows: unknown[]): Row[] {
  return rows.map((row, index) => {
    const result = schema.safeParse(row);
    if (result.success) return result.data;
    throw malformedRow(asked, index, result.error);
  });
}

export function malformedRow(asked: Asked, index: number, { issues }: z.ZodError): SourceError {
  const [issue] = issues;
  const field = [`data[${index}]`, ...(issue?.path ?? [])].map(String).join('.');
  return malformed(asked, field, issue?.message ?? 'not a row');
}

/** @throws {SourceError} `source-malformed` when a row is of another day or period than asked for */
export function requireAsked(
  asked: Asked,
  rows: readonly { readonly settlementDate: string; readonly settlementPeriod: number }[],
): void {
  const { settlementDate, settlementPeriod } = asked;
  rows.forEach((row, index) => {
    if (settlementDate !== undefined && row.settlementDate !== settlementDate) {
      throw malformed(asked, `data[${index}].settlementDate`, `is ${row.settlementDate}, not what was asked for`);
    }
    if (settlementPeriod !== undefined && row.settlementPeriod !== settlementPeriod) {
      throw malformed(asked, `data[${index}].settlementPeriod`, `is ${row.settlementPeriod}, not what was asked for`);
    }
  });
}

export function malformed(asked: Asked, field: string, fault: string): SourceError {
  return new SourceError('source-malformed', asked, `${field}: ${fault}`, { field });
}
