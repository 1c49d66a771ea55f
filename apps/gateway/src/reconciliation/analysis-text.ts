import { type Gap } from '@app/domain';
import { type Page } from '../http/page.js';
import { type Analysis } from './analysis.dto.js';

/** An analysis for people: a line for each gap with its command, then one for each month. */
export function analysisText(page: Page<Gap>): string {
  const { items, months, nextCursor } = page as Page<Gap> & Pick<Analysis, 'months'>;
  const total = months.reduce((sum, { gaps }) => sum + gaps, 0);
  if (total === 0) return 'No gaps.\n';
  const shown =
    items.length === total && nextCursor === null ? 'worst first' : `worst first, ${items.length} of them here`;
  const lines = items.map(
    ({ settlementDate, cause, periods, detail, repair }) =>
      `${settlementDate}  ${cause.padEnd(19)}  ${detail}${periodsText(periods)}\n            repair: ${repair}`,
  );
  return [
    `${total} ${total === 1 ? 'gap' : 'gaps'}, ${shown}`,
    ...lines,
    '',
    'By month',
    ...months.map(({ month, gaps }) => `${month}  ${gaps}`),
    '',
  ].join('\n');
}

/** `, periods 1-4, 9`; nothing when it is not about single periods. */
function periodsText(periods: readonly number[]): string {
  if (periods.length === 0) return '';
  const runs: [first: number, last: number][] = [];
  for (const period of periods) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] + 1 === period) run[1] = period;
    else runs.push([period, period]);
  }
  return `; periods ${runs.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(', ')}`;
}
