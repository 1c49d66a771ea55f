import type { Platform } from '../platform.js';
import { median } from '../measure.js';
import { type Line } from '../report.js';
import { rowVersions, touchedTables } from '../stored-rows.js';
import { CopyHistory, type OldPlatform } from './old-platform.js';

/** Goals 6 to 8: a job that finds everything, a part, or nothing missing. Begins and ends with a complete history. */
export async function reconcileGoals(
  platform: Platform,
  history: OldPlatform,
  repetitions: number,
  say: (what: string) => void,
): Promise<Line[]> {
  const copy = await CopyHistory.prepare(platform.databaseUrl);
  const seconds: Record<'copy' | 'nothing' | 'scattered' | 'dates' | 'complete', number[]> = {
    copy: [],
    nothing: [],
    scattered: [],
    dates: [],
    complete: [],
  };
  const touched = new Set<string>();
  for (let repetition = 1; repetition <= repetitions; repetition += 1) {
    say(`reconcile, ${repetition} of ${repetitions}`);
    seconds.copy.push(await copy.run());
    await history.withoutCalculations();
    seconds.nothing.push(await history.reconcile());
    seconds.copy.push(await copy.run());
    await history.withScatteredHoles();
    seconds.scattered.push(await history.reconcile());
    await history.withoutWholeDates();
    seconds.dates.push(await history.reconcile());
    const before = await rowVersions(platform.owner);
    seconds.complete.push(await history.reconcile());
    for (const table of touchedTables(before, await rowVersions(platform.owner))) touched.add(table);
    await history.requireRight();
  }
  await copy.close();
  const yardstick = { what: 'C', value: median(seconds.copy), ratio: 'ours ÷ it' } as const;
  const line = (goal: number, what: string, taken: readonly number[], bar: number, stretch: number): Line => ({
    goal,
    what,
    ours: median(taken),
    unit: 's',
    yardstick,
    bar: { atMost: bar },
    stretch: { atMost: stretch },
  });
  return [
    line(6, 'reconcile from nothing', seconds.nothing, 2, 1.25),
    line(7, 'reconcile from 68.46 %, scattered', seconds.scattered, 1.2, 0.75),
    line(7, 'reconcile from 68.46 %, whole dates', seconds.dates, 0.8, 0.45),
    line(8, 'reconcile when complete', seconds.complete, 0.02, 0.02),
    { goal: 8, what: 'tables written then', ours: touched.size, unit: 'tables', bar: { atMost: 0 } },
  ];
}
