import type { Schemas } from '../gateway/gateway.js';
import type { TextStyle } from '../output.js';
import { count, countOf, instant, percent, periods } from './format.js';
import { type Column, table } from './table.js';

type Status = Schemas['Status'];
type Gap = Schemas['Gap'];

/** Whether anything is missing that could be there: what may still change is no gap. */
export function hasGaps({ expectedCalculations, actualCalculations, days, newestGaps }: Status): boolean {
  const missing = days.partial + days.blocked + days.absent;
  return newestGaps.length > 0 || missing > 0 || actualCalculations < expectedCalculations;
}

export function describeStatus(status: Status, { paint, width }: TextStyle): string {
  const { combinations, expectedCalculations, actualCalculations, percentage, days, newestGaps } = status;
  const colour = hasGaps(status) ? 'yellow' : 'green';
  const share = paint(['bold', colour], percent(percentage));
  const paragraphs = [
    `${share}  ${count(actualCalculations)} of ${countOf(expectedCalculations, 'calculation')}, ` +
      `for ${countOf(combinations, 'combination')} of date, period and farm`,
    table(modelColumns, status.models, paint, width),
    table(dayColumns, [days], paint, width),
  ];
  if (newestGaps.length > 0) paragraphs.push(`Newest gaps\n${table(gapColumns, newestGaps, paint, width)}`);
  paragraphs.push(paint('dim', `As of ${instant(status.asOfAt)}`));
  return paragraphs.join('\n\n');
}

const modelColumns: Column<Status['models'][number]>[] = [
  { title: 'miner model', cell: ({ minerModel }) => minerModel },
  { title: 'expected', align: 'right', cell: ({ expected }) => count(expected) },
  { title: 'actual', align: 'right', cell: ({ actual }) => count(actual) },
  { title: 'missing', align: 'right', cell: ({ expected, actual }) => count(Math.max(0, expected - actual)) },
];

const states = ['complete', 'provisional', 'partial', 'blocked', 'absent'] as const;
const dayColumns: Column<Status['days']>[] = states.map((state) => ({
  title: `${state} days`,
  align: 'right',
  cell: (days) => count(days[state]),
}));

const gapColumns: Column<Gap>[] = [
  { title: 'date', cell: ({ settlementDate }) => settlementDate },
  { title: 'cause', cell: ({ cause }) => cause },
  // What repairs it stands before what may have to be cut.
  { title: 'repair', cell: ({ repair }) => repair ?? '' },
  { title: 'periods', cell: (gap) => periods(gap.periods) },
  { title: 'detail', cell: ({ detail }) => detail },
];
