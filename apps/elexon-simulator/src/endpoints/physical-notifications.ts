import { periodStartAt } from '@app/domain';
import type { WindDays } from '../curtailment/wind-days.js';
import { randomFor, type Random } from '../random.js';
import type { BmUnit, UnitRegister } from '../register/bm-units.js';
import { instant } from '../stack/calculation-run.js';

const MINUTE_MS = 60_000;
const PERIOD_MINUTES = 30;
const RAMPING_SHARE = 0.3;

/** Notifications are final at gate closure, an hour before the period. */
export const GATE_CLOSURE_MS = 60 * MINUTE_MS;

/**
 * The rows of `/balancing/physical/all?dataset=PN` for one period: a level of whole MW, or several segments where a unit
 * ramps. A wind unit notifies at least what it is turned down by, since it could not be turned down by more.
 */
export function physicalNotificationsOf(
  seed: string,
  register: UnitRegister,
  windDays: WindDays,
  settlementDate: string,
  settlementPeriod: number,
) {
  const curtailedMw = curtailedMwByUnit(windDays, settlementDate, settlementPeriod);
  const windiness = windDays.windinessOf(settlementDate);
  const startMs = Date.parse(periodStartAt(settlementDate, settlementPeriod));
  // The register repeats a unit; notifications do not.
  const units = new Map(register.lines.map((unit) => [unit.nationalGridBmUnit, unit]));
  return [...units.values()].flatMap((unit) => {
    const random = randomFor(seed, 'notification', unit.nationalGridBmUnit, settlementDate, settlementPeriod);
    const least = Math.ceil(curtailedMw.get(unit.elexonBmUnit ?? '') ?? 0);
    return segmentsOf(random, levelOf(random, unit, windiness, least)).map((segment) => ({
      dataset: 'PN',
      settlementDate,
      settlementPeriod,
      timeFrom: instant(startMs + segment.fromMinute * MINUTE_MS),
      timeTo: instant(startMs + segment.toMinute * MINUTE_MS),
      levelFrom: segment.levelFrom,
      levelTo: segment.levelTo,
      nationalGridBmUnit: unit.nationalGridBmUnit,
      bmUnit: unit.elexonBmUnit,
    }));
  });
}

function curtailedMwByUnit(windDays: WindDays, settlementDate: string, settlementPeriod: number): Map<string, number> {
  const curtailed = new Map<string, number>();
  for (const { id, soFlag, volume } of windDays.actionsOf('bid', settlementDate, settlementPeriod, 'next-day')) {
    if (soFlag) curtailed.set(id, (curtailed.get(id) ?? 0) - volume * 2);
  }
  return curtailed;
}

function levelOf(random: Random, unit: BmUnit, windiness: number, least: number): number {
  const capacity = Number(unit.generationCapacity);
  if (unit.fuelType === 'WIND') return Math.max(least, Math.round(capacity * windiness * (0.7 + 0.3 * random())));
  // Storage and demand import as often as they export.
  const demand = Number(unit.demandCapacity);
  return Math.round(demand + (capacity - demand) * random());
}

/** One segment, or a ramp of up to 5 MW at the end of the period in a segment of its own. */
function segmentsOf(random: Random, level: number) {
  if (random() >= RAMPING_SHARE) return [{ fromMinute: 0, toMinute: PERIOD_MINUTES, levelFrom: level, levelTo: level }];
  const rampFrom = 1 + Math.floor(random() * (PERIOD_MINUTES - 1));
  return [
    { fromMinute: 0, toMinute: rampFrom, levelFrom: level, levelTo: level },
    { fromMinute: rampFrom, toMinute: PERIOD_MINUTES, levelFrom: level, levelTo: level + Math.ceil(random() * 5) },
  ];
}
