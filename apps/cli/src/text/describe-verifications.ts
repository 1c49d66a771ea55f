import type { Job, Schemas } from '../gateway/gateway.js';
import type { TextStyle } from '../output.js';
import { paintState } from './paint-state.js';
import { type Column, table } from './table.js';

interface Verified {
  settlementDate: string;
  job: Job;
  /** Null when the job ended without one. */
  report: Schemas['VerificationReport'] | null;
}

/** What the verification of several dates found, a line each. */
export function describeVerifications({ items }: { items: Verified[] }, { paint, width }: TextStyle): string {
  if (items.length === 0) return 'Nothing is stored yet that could be compared.';
  const columns: Column<Verified>[] = [
    { title: 'date', cell: ({ settlementDate }) => settlementDate },
    { title: 'outcome', cell: ({ report, job }) => paintState(report?.outcome ?? job.state, paint) },
    { title: 'report', cell: ({ report }) => report?.id ?? '' },
    { title: 'repair', cell: ({ report }) => report?.repair ?? '' },
    { title: 'detail', cell: ({ report, job }) => report?.confidence ?? job.cause?.detail ?? '' },
  ];
  return table(columns, items, paint, width);
}
