import { services } from '@app/domain';
import { BUSY_DAY, LIGHT_DAY } from '../days.js';
import type { Platform } from '../platform.js';
import type { Line } from '../report.js';
import { StatementLog } from '../statement-log.js';
import { Windfall } from '../windfall.js';

/** Goal 18: how many statements a day takes over all services, from the request to the end of the job. */
export async function statements(platform: Platform, repetitions: number): Promise<Line[]> {
  const windfall = new Windfall(platform);
  await platform.startServices(platform.feeds.near);
  for (const date of [BUSY_DAY, LIGHT_DAY]) await windfall.ingestDay(date);
  const log = await StatementLog.start(platform);
  const counted = new Map<string, Map<string, number>[]>([
    [BUSY_DAY, []],
    [LIGHT_DAY, []],
  ]);
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    for (const [date, counts] of counted) {
      await windfall.forgetAllDays();
      counts.push(await log.during(() => windfall.ingestDay(date)));
    }
  }
  await log.stop();
  await platform.stopServices();
  for (const [date, counts] of counted) console.error(`${date}: ${describe(counts)}`);
  // The least of them: once a second the reconciler looks by itself, and a look that falls into a day is not of that day.
  const [busy, light] = [BUSY_DAY, LIGHT_DAY].map((date) => Math.min(...(counted.get(date) ?? []).map(sum)));
  if (busy === undefined || light === undefined) throw new Error('Nothing was counted');
  return [
    { goal: 18, what: 'statements of a busy day', ours: busy, unit: 'statements', bar: { atMost: 60 } },
    {
      goal: 18,
      what: 'statements of a busy day',
      ours: busy,
      unit: 'statements',
      yardstick: { what: 'a light day', value: light, ratio: 'ours ÷ it' },
      // Two looks may fall into every busy day of a slow machine; 4,000 more records would be seen in any case.
      bar: { atMost: 1.05 },
    },
  ];
}

function sum(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}

function describe(counts: readonly ReadonlyMap<string, number>[]): string {
  return services.map((service) => `${service} ${counts.map((count) => count.get(service) ?? 0).join('/')}`).join(', ');
}
