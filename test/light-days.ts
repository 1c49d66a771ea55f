import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settlementDatesBetween, settlementPeriodsOf, settlementPeriodsUpTo } from '@app/domain';
import { testFolders } from '@app/testing';

/** National Grid's names of four wind farms in the register. */
const units = ['MOWEO-1', 'MOWWO-1', 'SGRWO-1', 'SGRWO-2'];

/** Periods of a light day in which something is curtailed. */
export function curtailedPeriodsOf(date: string): number[] {
  return settlementPeriodsUpTo(settlementPeriodsOf(date)).filter((period) => period % 2 === 1);
}

/** What a farm is curtailed by in a period, on average over it. */
export interface LightCurtailment {
  date: string;
  period: number;
  /** National Grid's name of the unit. */
  unit: string;
  megawatts: string;
}

/**
 * Days whose answers are small, for specs that are about what goes wrong and not about weight: in every other period four
 * farms are curtailed, by an amount that no other day, period or farm has.
 */
export function lightCurtailments(from: string, to: string): LightCurtailment[] {
  return settlementDatesBetween(from, to).flatMap((date, day) =>
    curtailedPeriodsOf(date).flatMap((period) =>
      units.map((unit, index) => {
        const megawatts = (10 + index + period / 100 + day / 100_000).toFixed(5);
        return { date, period, unit, megawatts };
      }),
    ),
  );
}

/** @returns the simulator's environment that makes it replay light days */
export function lightDays(from: string, to: string): { SIMULATOR_RECORDING: string } {
  const lines = lightCurtailments(from, to).map(
    ({ date, period, unit, megawatts }) => `${date},${period},${unit},-${megawatts}`,
  );
  const path = join(testFolders('recording').state, 'light-days.csv');
  writeFileSync(path, ['Date,Settlement_Period,Generator_Name,BOA_Volume', ...lines, ''].join('\n'));
  return { SIMULATOR_RECORDING: path };
}
