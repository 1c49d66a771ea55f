import { settlementPeriodsOf } from '@app/domain';
import { logNormal, randomFor, type Random } from '../random.js';
import type { WindUnit } from '../register/bm-units.js';
import type { DayScenario } from './day-scenario.js';

/** Energy to curtail in one period and how many units it comes from. */
export interface PeriodPlan {
  readonly mwh: number;
  readonly units: number;
}

/** Which units are curtailed on a day, and how much in each period. */
export interface DayPlan {
  readonly scenario: DayScenario;
  /** All wind units, those first that are turned down first. */
  readonly unitOrder: readonly WindUnit[];
  /** One for each period of the day. */
  readonly periods: readonly PeriodPlan[];
}

/** Spreads the day's scenario over its periods and puts the units in order. */
export function planDay(
  seed: string,
  settlementDate: string,
  scenario: DayScenario,
  wind: readonly WindUnit[],
): DayPlan {
  const random = randomFor(seed, 'day-plan', settlementDate);
  return {
    scenario,
    unitOrder: drawOrder(random, wind),
    periods: spreadOverPeriods(random, settlementPeriodsOf(settlementDate), scenario),
  };
}

/**
 * Units in random order, those with a large share more likely at the front.
 *
 * Source: weighted sampling without replacement by exponential clocks (Efraimidis and Spirakis, 2006).
 */
function drawOrder(random: Random, wind: readonly WindUnit[]): WindUnit[] {
  return wind
    .map((unit) => ({ unit, drawnAt: -Math.log(1 - random()) / unit.share }))
    .sort((a, b) => a.drawnAt - b.drawnAt)
    .map(({ unit }) => unit);
}

function spreadOverPeriods(random: Random, periodCount: number, scenario: DayScenario): PeriodPlan[] {
  const wanted = Math.ceil(periodCount * scenario.activeShare);
  const activeCount = Math.min(wanted, scenario.unitPeriods);
  const firstActive = Math.floor(random() * (periodCount - activeCount + 1));
  const weights = Array.from({ length: periodCount }, (_, index) => {
    const active = index >= firstActive && index < firstActive + activeCount;
    return active ? dayProfile(index + 1) * logNormal(random, 0.12) : 0;
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);

  // Rounding the running total, not each period, gives each day exactly its number of unit-periods.
  let cumulated = 0;
  let unitsBefore = 0;
  return weights.map((weight) => {
    if (weight === 0) return { mwh: 0, units: 0 };
    cumulated += weight / total;
    const unitsUpToHere = Math.round(cumulated * scenario.unitPeriods);
    const units = unitsUpToHere - unitsBefore;
    unitsBefore = unitsUpToHere;
    return { mwh: (scenario.curtailedMwh * weight) / total, units };
  });
}

/** Nearly flat over the day, a little more in periods 10 to 14 and 33 to 40 (docs/data-sources.md 13). */
function dayProfile(settlementPeriod: number): number {
  const fuller =
    (settlementPeriod >= 10 && settlementPeriod <= 14) || (settlementPeriod >= 33 && settlementPeriod <= 40);
  return fuller ? 1.12 : 1;
}
