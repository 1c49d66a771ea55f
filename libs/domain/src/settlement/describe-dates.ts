import { addDays } from './settlement-date.js';

/**
 * Settlement dates as people write them down, in order, each once: runs of days by their first and last.
 *
 * Example: ['2025-06-03', '2025-06-01', '2025-06-02', '2025-06-07'] is '2025-06-01 to 2025-06-03, 2025-06-07'
 */
export function describeDates(dates: readonly string[]): string {
  const runs: { from: string; to: string }[] = [];
  for (const date of [...new Set(dates)].sort()) {
    const run = runs.at(-1);
    if (run !== undefined && addDays(run.to, 1) === date) run.to = date;
    else runs.push({ from: date, to: date });
  }
  return runs.map(({ from, to }) => (from === to ? from : `${from} to ${to}`)).join(', ');
}
