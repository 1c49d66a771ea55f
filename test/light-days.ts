import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { settlementDatesBetween } from '@app/domain';
import { testFolders } from '@app/testing';

/** National Grid's names of four wind farms in the register. */
const units = ['MOWEO-1', 'MOWWO-1', 'SGRWO-1', 'SGRWO-2'];

/** Periods of a light day in which something is curtailed. */
export const curtailedPeriods = Array.from({ length: 24 }, (_, index) => 2 * index + 1);

/**
 * Days whose answers are small, for specs that are about what goes wrong and not about weight: in every other period four
 * farms are curtailed, by an amount that no other day, period or farm has.
 *
 * @returns the simulator's environment that makes it replay them
 */
export function lightDays(from: string, to: string): { SIMULATOR_RECORDING: string } {
  const lines = settlementDatesBetween(from, to).flatMap((date, day) =>
    curtailedPeriods.flatMap((period) =>
      units.map((unit, index) => `${date},${period},${unit},-${10 + index + period / 100 + day / 10_000}`),
    ),
  );
  const path = join(testFolders('recording').state, 'light-days.csv');
  writeFileSync(path, ['Date,Settlement_Period,Generator_Name,BOA_Volume', ...lines, ''].join('\n'));
  return { SIMULATOR_RECORDING: path };
}
