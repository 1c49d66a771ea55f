import type { Answer } from '../endpoints/answer.js';
import type { Fault } from './faults.js';
import { selects } from './row-selection.js';

type Row = Record<string, unknown>;

/** A fault that changes rows and leaves the answer well-formed. */
export type RowFault = Extract<Fault, { rows: unknown }>;

export function isRowFault(fault: Fault): fault is RowFault {
  return 'rows' in fault;
}

/** The answer with the fault in its rows; an answer without rows (a 404) stays as it is. */
export function spoilRows(answer: Answer, fault: RowFault, windIds: ReadonlySet<string>): Answer {
  if (answer.status !== 200) return answer;
  const document = JSON.parse(answer.body.toString()) as Row[] | { data?: Row[] };
  const rows = Array.isArray(document) ? document : document.data;
  if (rows === undefined) return answer;
  const spoilt = rows.flatMap((row, index) =>
    selects(fault.rows, row, index, rows.length, windIds) ? spoil(row, fault) : [row],
  );
  const body = Array.isArray(document) ? spoilt : { ...document, data: spoilt };
  return { ...answer, body: Buffer.from(JSON.stringify(body)) };
}

function spoil(row: Row, fault: RowFault): Row[] {
  switch (fault.kind) {
    case 'renamed-field':
      return [
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name === fault.field ? fault.to : name, value])),
      ];
    case 'null-field':
      return [{ ...row, [fault.field]: null }];
    case 'mistyped-field':
      return [{ ...row, [fault.field]: ofAnotherType(row[fault.field]) }];
    case 'removed-rows':
      return [];
    case 'unknown-field':
      return [{ ...row, [fault.field]: 'unknown to every client' }];
    case 'duplicated-rows':
      return [row, fault.values === 'same' ? row : otherwise(row)];
  }
}

/** The row with another amount under the same key. */
function otherwise(row: Row): Row {
  const amount = 'quantity' in row ? 'quantity' : 'volume';
  return { ...row, [amount]: Number(row[amount]) - 1 };
}

function ofAnotherType(value: unknown): unknown {
  return typeof value === 'string' ? value.length : String(value);
}
