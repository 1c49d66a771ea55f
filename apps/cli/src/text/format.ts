/** Of a figure that is not known. */
export const unknown = '–';

const counts = new Intl.NumberFormat('en-GB');
const quantities = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 6 });
const money = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export function count(value: number | null): string {
  return value === null ? unknown : counts.format(value);
}

export function mwh(value: number | null): string {
  return value === null ? unknown : quantities.format(value);
}

export function gbp(value: number | null): string {
  return value === null ? unknown : money.format(value);
}

/** Of a percentage that was rounded down: 99.99 stays below 100 until nothing is missing. */
export function percent(value: number | null): string {
  return value === null ? unknown : `${value.toFixed(2)} %`;
}

/** `1.25 ms`. */
export function milliseconds(value: number | null): string {
  return value === null ? unknown : `${quantities.format(value)} ms`;
}

/** `2025-06-01T08:00:04.000Z` as `2025-06-01 08:00:04Z`. */
export function instant(at: string | null): string {
  return at === null ? unknown : at.replace('T', ' ').replace(/\.\d+Z$/, 'Z');
}

/** From one instant to another. */
export function duration(fromAt: string, toAt: string): string {
  const seconds = (Date.parse(toAt) - Date.parse(fromAt)) / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Settlement periods, runs of them joined: `1-3, 7`. */
export function periods(numbers: readonly number[]): string {
  const runs: [first: number, last: number][] = [];
  for (const period of numbers) {
    const run = runs.at(-1);
    if (run !== undefined && run[1] + 1 === period) run[1] = period;
    else runs.push([period, period]);
  }
  return runs.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(', ');
}

/** `1 date`, `2 dates`. */
export function countOf(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}
