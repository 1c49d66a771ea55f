import { periodStartAt } from '@app/domain';
import { randomFor } from '../random.js';

const MINUTE_MS = 60_000;
const PERIOD_MS = 30 * MINUTE_MS;

/** The first calculation follows the period by some 18 minutes, the second one by a day and 14 minutes. */
const FIRST_RUN_MS = 18 * MINUTE_MS;
const NEXT_DAY_RUN_MS = (24 * 60 + 14) * MINUTE_MS;

/** The calculation that a period's answer shows: there is one version at a time (docs/data-sources.md 9). */
export interface CalculationRun {
  readonly name: 'first' | 'next-day';
  readonly createdDateTime: string;
}

/** The latest run by `nowMs`, or null while the period has not settled. */
export function latestRunOf(settlementDate: string, settlementPeriod: number, nowMs: number): CalculationRun | null {
  const endMs = Date.parse(periodStartAt(settlementDate, settlementPeriod)) + PERIOD_MS;
  // Recorded stamps lie 18 min 45 s and 24 h 14 min 29 to 44 s after the end.
  const seconds = 25 + Math.floor(randomFor('run', settlementDate, settlementPeriod)() * 25);
  const firstMs = endMs + FIRST_RUN_MS + seconds * 1000;
  const nextDayMs = endMs + NEXT_DAY_RUN_MS + seconds * 1000;
  if (nowMs >= nextDayMs) return { name: 'next-day', createdDateTime: instant(nextDayMs) };
  if (nowMs >= firstMs) return { name: 'first', createdDateTime: instant(firstMs) };
  return null;
}

/** An instant as the Insights API writes it: UTC, whole seconds. */
export function instant(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19)}Z`;
}
