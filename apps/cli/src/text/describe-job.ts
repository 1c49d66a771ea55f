import type { Job, JobItem } from '../gateway/gateway.js';
import type { TextStyle } from '../output.js';
import { count, countOf, duration, instant, mwh, unknown } from './format.js';
import { describeResult } from './describe-result.js';
import type { Paint } from './paint.js';
import { paintState } from './paint-state.js';
import { type Column, table } from './table.js';

/** More dates than this are told by their number alone, but for those that are not done. */
const ALL_SHOWN = 31;

/** A job and its dates, in words. */
export function describeJob({ items, ...job }: Job & { items: JobItem[] }, { paint, width }: TextStyle): string {
  const paragraphs = [headOf(job, paint)];
  if (job.result !== null) paragraphs.push(describeResult(job.result, { paint, width }));
  const shown = items.length > ALL_SHOWN ? items.filter(({ state }) => state !== 'completed') : items;
  if (shown.length > 0) paragraphs.push(table(itemColumns(paint), shown, paint, width));
  const advice = adviceOn(job);
  if (advice !== undefined) paragraphs.push(advice);
  return paragraphs.join('\n\n');
}

/** Jobs, a line each. */
export function describeJobs({ items }: { items: Job[] }, { paint, width }: TextStyle): string {
  if (items.length === 0) return 'No jobs.';
  return table<Job>(
    [
      { title: 'job', cell: ({ id }) => id },
      { title: 'kind', cell: ({ kind }) => kind },
      { title: 'state', cell: ({ state }) => paintState(state, paint) },
      { title: 'dates', align: 'right', cell: ({ totals }) => count(totals.items) },
      { title: 'done', align: 'right', cell: ({ totals }) => count(totals.completed) },
      { title: 'failed', align: 'right', cell: ({ totals }) => count(totals.failed + totals.blocked) },
      { title: 'created', cell: ({ createdAt }) => instant(createdAt) },
      { title: 'took', align: 'right', cell: tookOf },
      { title: 'for', cell: argumentsOf },
    ],
    items,
    paint,
    width,
  );
}

function headOf(job: Job, paint: Paint): string {
  const { id, kind, state, totals, reason, requestedBy, createdAt, cause } = job;
  const words = argumentsOf(job);
  const counts = (['completed', 'failed', 'blocked', 'cancelled'] as const)
    .filter((outcome) => totals[outcome] > 0)
    .map((outcome) => `${count(totals[outcome])} ${outcome}`);
  if (totals.timeouts > 0) counts.push(`${count(totals.timeouts)} out of time`);
  const took = job.startedAt === null ? [] : [`in ${tookOf(job)}`];
  const lines = [
    `${paint('bold', kind)}${words === '' ? '' : ` ${words}`}  ${paintState(state, paint)}`,
    `  ${[countOf(totals.items, 'date'), ...counts, ...took].join(', ')}`,
    `  job ${id}, by ${requestedBy} at ${instant(createdAt)}${reason === null ? '' : `: ${reason}`}`,
  ];
  if (cause !== null) lines.push(`  ${cause.code}: ${cause.detail}`);
  return lines.join('\n');
}

function itemColumns(paint: Paint): Column<JobItem>[] {
  return [
    { title: 'date', cell: ({ settlementDate }) => settlementDate },
    { title: 'state', cell: ({ state }) => paintState(state, paint) },
    { title: 'attempts', align: 'right', cell: ({ attempts }) => count(attempts) },
    { title: 'records', align: 'right', cell: (item) => change(item, ({ records }) => count(records)) },
    { title: 'MWh', align: 'right', cell: (item) => change(item, ({ curtailedMwh }) => mwh(curtailedMwh)) },
    { title: 'calculations', align: 'right', cell: (item) => change(item, ({ calculations }) => count(calculations)) },
    { title: 'cause', cell: ({ cause }) => (cause === null ? '' : `${cause.code}: ${cause.detail}`) },
  ];
}

/** What a figure became, and what it was before where that is something else. */
function change({ before, after }: JobItem, figure: (figures: NonNullable<JobItem['after']>) => string): string {
  if (after === null) return before === null ? unknown : figure(before);
  const was = before === null ? unknown : figure(before);
  return was === figure(after) ? was : `${was} → ${figure(after)}`;
}

function tookOf({ startedAt, updatedAt, endedAt }: Job): string {
  return startedAt === null ? unknown : duration(startedAt, endedAt ?? updatedAt);
}

/** What the job is for: `2025-05-01 to 2025-05-10, batchSize 5`. */
export function argumentsOf({ arguments: given }: Pick<Job, 'arguments'>): string {
  const { date, month, from, to, reason: _, planHash: __, ...others } = given;
  const span = typeof from === 'string' && typeof to === 'string' ? `${from} to ${to}` : (date ?? month ?? from);
  const rest = Object.entries(others).filter(([, value]) => value !== null);
  const words = rest.map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [...(typeof span === 'string' ? [span] : []), ...words].join(', ');
}

function adviceOn({ id, state, totals }: Job): string | undefined {
  if (state === 'queued' || state === 'running') return `To see how it goes on: windfall job ${id} --watch`;
  if (totals.blocked > 0) return 'Blocked dates wait for: windfall difficulty add HEIGHT INSTANT DIFFICULTY';
  return state === 'completed' ? undefined : `To go on with what is not done: windfall resume ${id}`;
}
