import {
  addDays,
  dayBoundsAt,
  periodStartAt,
  settlementDateAt,
  settlementDatesBetween,
  settlementPeriodsOf,
  settlementPeriodsUpTo,
} from '@app/domain';
import type { WindRevisions } from '../control/wind-revisions.js';
import type { WindDays } from '../curtailment/wind-days.js';
import { randomFor } from '../random.js';
import { instant } from '../stack/calculation-run.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Published 1 h 28 min after the start of the period, in local time that is labelled as UTC (docs/data-sources.md 5). */
const PUBLISHED_AFTER_MS = 88 * MINUTE_MS;
const REVISED_SHARE_OF_PERIODS = 0.01;

/** Mean MW that all farms of a kind produce on the windiest of days. */
const MOST_MW = { 'Wind Onshore': 9_000, 'Wind Offshore': 13_000, Solar: 11_000 };
export type PsrType = keyof typeof MOST_MW;
/** Somewhere in Britain and its seas the wind always blows. */
const LEAST_WIND = 0.03;

export interface WindAndSolarQuery {
  /** First and last start of a period, as epoch milliseconds, both included. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly periodFrom: number;
  readonly periodTo: number;
}

/** The rows of `/generation/actual/per-type/wind-and-solar`, newest period first. `quantity` is mean MW. */
export function windAndSolarOf(
  seed: string,
  query: WindAndSolarQuery,
  windDays: WindDays,
  revisions: WindRevisions,
  nowMs: number,
) {
  const dates = settlementDatesBetween(settlementDateAt(instant(query.fromMs)), settlementDateAt(instant(query.toMs)));
  return dates
    .flatMap((settlementDate) =>
      periodsOf(settlementDate).map((settlementPeriod) => ({ settlementDate, settlementPeriod })),
    )
    .filter(({ settlementPeriod }) => settlementPeriod >= query.periodFrom && settlementPeriod <= query.periodTo)
    .map((period) => ({ ...period, startMs: startMsOf(period.settlementDate, period.settlementPeriod) }))
    .filter(({ startMs }) => startMs >= query.fromMs && startMs <= query.toMs && startMs + PUBLISHED_AFTER_MS <= nowMs)
    .reverse()
    .flatMap(({ settlementDate, settlementPeriod, startMs }) => {
      const random = randomFor(seed, 'wind-and-solar', settlementDate, settlementPeriod);
      const wind = windAt(windDays, settlementDate, settlementPeriod);
      const onshore = wind * (0.95 + 0.1 * random());
      const offshore = wind * (0.95 + 0.1 * random());
      const light = daylightOf(settlementPeriod, settlementPeriodsOf(settlementDate));
      const publishedMs =
        startMs + PUBLISHED_AFTER_MS + localOffsetMs(settlementDate) + Math.floor(random() * 60) * 1_000;
      const versionOf = (publishTimeMs: number, factor: number) =>
        [
          row('Wind generation', 'Wind Onshore', onshore * factor),
          row('Wind generation', 'Wind Offshore', offshore * factor),
          row('Solar generation', 'Solar', light * factor),
        ].map((values) => ({
          publishTime: instant(publishTimeMs),
          ...values,
          startTime: instant(startMs),
          settlementDate,
          settlementPeriod,
        }));
      const versions = versionOf(publishedMs, 1);
      // Now and then a period comes again with other figures; the later publishTime is the valid one.
      const published =
        random() < REVISED_SHARE_OF_PERIODS ? [...versionOf(publishedMs + HOUR_MS, 1.02), ...versions] : versions;
      return revisions.apply(published, settlementDate, settlementPeriod);
    });
}

/** How windy a period is, 0 to 1: a day passes into the next one at midnight. */
function windAt(windDays: WindDays, settlementDate: string, settlementPeriod: number): number {
  const hour = (settlementPeriod - 0.5) / settlementPeriodsOf(settlementDate);
  const neighbour = windDays.windinessOf(addDays(settlementDate, hour < 0.5 ? -1 : 1));
  const share = Math.abs(hour - 0.5);
  const windiness = windDays.windinessOf(settlementDate) * (1 - share) + neighbour * share;
  return LEAST_WIND + (1 - LEAST_WIND) * windiness;
}

function row(businessType: string, psrType: PsrType, share: number) {
  return { businessType, psrType, quantity: Math.round(Math.max(0, share) * MOST_MW[psrType] * 1000) / 1000 };
}

/** 0 at night, 1 at noon. */
function daylightOf(settlementPeriod: number, periods: number): number {
  return Math.max(0, Math.sin((((settlementPeriod - 0.5) / periods) * 2 - 0.5) * Math.PI));
}

function localOffsetMs(settlementDate: string): number {
  return Date.parse(`${settlementDate}T00:00:00Z`) - Date.parse(dayBoundsAt(settlementDate).startAt);
}

function startMsOf(settlementDate: string, settlementPeriod: number): number {
  return Date.parse(periodStartAt(settlementDate, settlementPeriod));
}

function periodsOf(settlementDate: string): number[] {
  return settlementPeriodsUpTo(settlementPeriodsOf(settlementDate));
}
