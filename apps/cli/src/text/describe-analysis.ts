import type { Schemas } from '../gateway/gateway.js';
import type { TextStyle } from '../output.js';
import { count, countOf, periods } from './format.js';
import { type Column, table } from './table.js';

type Gap = Schemas['AnalysedGap'];

export interface Analysis {
  items: Gap[];
  months: { month: string; gaps: number }[];
  nextCursor: string | null;
}

/** Gaps with what repairs them, and how many each month has. */
export function describeAnalysis({ items, months }: Analysis, { paint, width }: TextStyle): string {
  const total = months.reduce((sum, { gaps }) => sum + gaps, 0);
  if (total === 0) return paint('green', 'No gaps.');
  const shown = items.length < total ? `; the worst ${count(items.length)} of them` : ', worst first';
  return [
    `${paint(['bold', 'yellow'], countOf(total, 'gap'))}${shown}`,
    table(gapColumns, items, paint, width),
    table(monthColumns, months, paint, width),
  ].join('\n\n');
}

const gapColumns: Column<Gap>[] = [
  { title: 'date', cell: ({ settlementDate }) => settlementDate },
  { title: 'cause', cell: ({ cause }) => cause },
  { title: 'missing', align: 'right', cell: ({ missingCalculations }) => count(missingCalculations) },
  { title: 'surplus', align: 'right', cell: ({ surplusCalculations }) => count(surplusCalculations) },
  // What repairs it stands before what may have to be cut.
  { title: 'repair', cell: ({ repair }) => repair },
  { title: 'periods', cell: (gap) => periods(gap.periods) },
  { title: 'detail', cell: ({ detail }) => detail },
];

const monthColumns: Column<Analysis['months'][number]>[] = [
  { title: 'month', cell: ({ month }) => month },
  { title: 'gaps', align: 'right', cell: ({ gaps }) => count(gaps) },
];
