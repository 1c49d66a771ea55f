import type { JobPlan } from '../gateway/gateway.js';
import type { TextStyle } from '../output.js';
import { countOf, periods } from './format.js';
import { argumentsOf } from './describe-job.js';
import { describeResult } from './describe-result.js';
import { paintState } from './paint-state.js';
import { table } from './table.js';

/** More dates than this are told by their number alone. */
const ALL_SHOWN = 31;

/** What a job would do, in words. */
export function describePlan(plan: JobPlan, { paint, width }: TextStyle): string {
  const { kind, items, totals, result, planHash } = plan;
  const paragraphs = [
    `${paint('bold', `Plan: ${kind}`)} ${argumentsOf(plan)}\n` +
      `  ${countOf(totals.items, 'date')}: ${totals.fetched} asked of the source, ${totals.derived} derived anew, ` +
      `${totals.verified} compared with the source`,
  ];
  if (result !== null) paragraphs.push(describeResult(result, { paint, width }));
  const shown = items.slice(0, ALL_SHOWN);
  if (shown.length > 0) {
    const columns = [
      { title: 'date', cell: ({ settlementDate }: Item) => settlementDate },
      { title: 'state', cell: ({ state }: Item) => paintState(state, paint) },
      { title: 'lacks', cell: ({ causes }: Item) => causes.join(', ') },
      { title: 'would be done', cell: ({ steps }: Item) => steps.map(stepOf).join(', ') || 'nothing' },
      { title: 'held by', cell: ({ holder }: Item) => (holder === null ? '' : `${holder.kind} ${holder.jobId}`) },
    ];
    paragraphs.push(table(columns, shown, paint, width));
  }
  if (items.length > shown.length) paragraphs.push(`… and ${countOf(items.length - shown.length, 'more date')}.`);
  paragraphs.push(paint('dim', `To carry out this plan and no other: --plan-hash ${planHash}`));
  return paragraphs.join('\n\n');
}

type Item = JobPlan['items'][number];

/** `ingest 12, 30`, `verify`, `ingest if it differs`. */
function stepOf(step: Item['steps'][number]): string {
  const words: string[] = [step.do];
  const asked: unknown = step.periods;
  if (Array.isArray(asked)) words.push(`periods ${periods(asked.map(Number))}`);
  if (step.when === 'differs') words.push('if it differs');
  return words.join(' ');
}
