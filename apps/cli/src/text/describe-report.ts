import type { Schemas } from '../gateway/gateway.js';
import type { TextStyle } from '../output.js';
import { count, gbp, instant, mwh, unknown } from './format.js';
import { paintState } from './paint-state.js';
import { type Column, table } from './table.js';

type Report = Schemas['VerificationReport'];
type Period = Report['periods'][number];
type Side = NonNullable<Report['before']>;

/** What a verification found, in words. */
export function describeReport(report: Report, { paint, width }: TextStyle): string {
  const { id, settlementDate, sampling, outcome, confidence, periods, before, after, repair, createdAt } = report;
  const paragraphs = [
    `${paint('bold', settlementDate)}  ${paintState(outcome, paint)}  ${confidence}\n` +
      `  ${sampling} sampling at ${instant(createdAt)}, report ${id}`,
    table(
      periodColumns(({ outcome }) => paintState(outcome, paint)),
      periods,
      paint,
      width,
    ),
  ];
  if (before !== null && after !== null) paragraphs.push(table(sideColumns, sidesOf(before, after), paint, width));
  if (repair !== null) paragraphs.push(`To repair it: ${repair}`);
  return paragraphs.join('\n\n');
}

type Figure = (side: NonNullable<Period['stored']>) => string;

/** What is stored and what the source says, side by side only where they are not one. */
function compared(figure: Figure): Column<Period>['cell'] {
  return ({ stored, source }) => {
    const [here, there] = [stored, source].map((side) => (side === null ? unknown : figure(side)));
    return here === there ? (here ?? unknown) : `${here ?? unknown} ≠ ${there ?? unknown}`;
  };
}

function periodColumns(outcomeOf: (period: Period) => string): Column<Period>[] {
  return [
    { title: 'period', align: 'right', cell: ({ settlementPeriod }) => String(settlementPeriod) },
    { title: 'outcome', cell: outcomeOf },
    { title: 'records', align: 'right', cell: compared(({ records }) => count(records)) },
    { title: 'MWh', align: 'right', cell: compared(({ curtailedMwh }) => mwh(curtailedMwh)) },
    { title: 'GBP', align: 'right', cell: compared(({ paymentGbp }) => gbp(paymentGbp)) },
    { title: 'detail', cell: ({ detail }) => detail ?? '' },
  ];
}

function sidesOf(before: Side, after: Side): [string, Side][] {
  return [
    ['before', before],
    ['after', after],
  ];
}

const sideColumns: Column<[string, Side]>[] = [
  { title: 'repair', cell: ([name]) => name },
  { title: 'revision', align: 'right', cell: ([, { revision }]) => count(revision) },
  { title: 'records', align: 'right', cell: ([, { records }]) => count(records) },
  { title: 'MWh', align: 'right', cell: ([, { curtailedMwh }]) => mwh(curtailedMwh) },
  { title: 'calculations', align: 'right', cell: ([, { calculations }]) => count(calculations) },
  { title: 'outcome', cell: ([, { outcome }]) => outcome ?? unknown },
];
