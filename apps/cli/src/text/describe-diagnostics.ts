import type { Schemas } from '../gateway/gateway.js';
import type { TextStyle } from '../output.js';
import { count, instant, milliseconds, unknown } from './format.js';
import { paintState } from './paint-state.js';
import { type Column, table } from './table.js';

type Diagnostics = Schemas['Diagnostics'];
type Tested = Schemas['DiagnosticsTest'];

/** What was measured, in words; what is out of the ordinary first. */
export function describeDiagnostics({ measured, pool, asOfAt, ...graded }: Diagnostics, style: TextStyle): string {
  const { database, nats, difficulty, source } = measured;
  const away = style.paint('red', 'cannot be reached');
  const rows: [what: string, found: string][] = [
    ['database', database === null ? away : describeDatabase(database)],
    ['connections', database === null ? unknown : describeLoad(database)],
    ['own pool', `${count(pool.open)} open, ${count(pool.idle)} unused, ${count(pool.waiting)} reads wait for one`],
    ['events', nats === null ? away : `${count(nats.lag)} not handled yet, ${count(nats.deadLetters)} given up`],
    ['difficulty table', difficulty === null ? away : milliseconds(difficulty.ms)],
    ['source', source === null ? away : `${milliseconds(source.ms)}, clock ${describeSkew(source.clockSkewMs)}`],
  ];
  const columns: Column<(typeof rows)[number]>[] = [
    { title: 'what', cell: ([what]) => what },
    { title: 'found', cell: ([, found]) => found },
  ];
  return [
    describeRisk(graded, style),
    table(columns, rows, style.paint, style.width),
    style.paint('dim', `As of ${instant(asOfAt)}`),
  ].join('\n\n');
}

/** How long each probe took, and what is out of the ordinary. */
export function describeProbes({ probes, ...graded }: Tested, style: TextStyle): string {
  return [describeRisk(graded, style), table(probeColumns, probes, style.paint, style.width)].join('\n\n');
}

/** One of many measurements, on a line. */
export function describeMeasurement({ risk, measured, asOfAt }: Diagnostics, { paint }: TextStyle): string {
  const { database, nats, difficulty, source } = measured;
  const parts = [
    `${instant(asOfAt)}  ${paintState(risk, paint)}`,
    database === null ? 'no database' : `database ${describeDatabase(database)}, ${count(database.waiting)} waiting`,
    nats === null ? 'no NATS' : `events ${count(nats.lag)} behind, ${count(nats.deadLetters)} given up`,
    difficulty === null ? 'no difficulty table' : `difficulty ${milliseconds(difficulty.ms)}`,
    source === null ? 'no source' : `source ${milliseconds(source.ms)}`,
  ];
  return parts.join('  ');
}

function describeRisk({ risk, findings }: Pick<Diagnostics, 'risk' | 'findings'>, { paint }: TextStyle): string {
  const advice = findings.map(
    (finding) => `  ${finding.subject}  ${paintState(finding.risk, paint)}  ${finding.advice}`,
  );
  return [`${paint('bold', 'Risk:')} ${paintState(risk, paint)}`, ...advice].join('\n');
}

type Database = NonNullable<Diagnostics['measured']['database']>;

function describeDatabase({ connectMs, simpleMs, moderateMs, complexMs }: Database): string {
  const queries = [simpleMs, moderateMs, complexMs].map(milliseconds).join(', ');
  return `connects in ${milliseconds(connectMs)}, answers in ${queries}`;
}

function describeLoad({ connections, maxConnections, waiting, slowStatements, unpublished }: Database): string {
  return (
    `${count(connections)} of ${count(maxConnections)}, ${count(waiting)} wait for a lock, ` +
    `${count(slowStatements)} slow statements, ${count(unpublished)} events unpublished`
  );
}

function describeSkew(clockSkewMs: number | null): string {
  if (clockSkewMs === null) return unknown;
  const seconds = Math.round(Math.abs(clockSkewMs) / 1000);
  return seconds === 0 ? 'agrees' : `${count(seconds)} s ${clockSkewMs > 0 ? 'ahead' : 'behind'}`;
}

const probeColumns: Column<Tested['probes'][number]>[] = [
  { title: 'probe', cell: ({ name }) => name },
  { title: 'attempts', align: 'right', cell: ({ attempts }) => count(attempts) },
  { title: 'failed', align: 'right', cell: ({ failed }) => count(failed) },
  { title: 'shortest', align: 'right', cell: ({ minMs }) => milliseconds(minMs) },
  { title: 'median', align: 'right', cell: ({ medianMs }) => milliseconds(medianMs) },
  { title: 'longest', align: 'right', cell: ({ maxMs }) => milliseconds(maxMs) },
];
