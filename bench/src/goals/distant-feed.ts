import { BUSY_DAY } from '../days.js';
import { interleaved, timed } from '../measure.js';
import type { Platform } from '../platform.js';
import type { Line } from '../report.js';
import { Windfall } from '../windfall.js';
import { fetchOnly } from '../yardsticks/fetch-answers.js';

/** Goal 3: a busy day from a feed that takes its time. */
export async function distantFeed(platform: Platform, repetitions: number): Promise<Line[]> {
  const feed = platform.feeds.far;
  const windfall = new Windfall(platform);
  await platform.startServices(feed);
  await windfall.ingestDay(BUSY_DAY);
  const ms = await interleaved(repetitions, {
    ours: async () => {
      await windfall.forgetAllDays();
      return await windfall.ingestDay(BUSY_DAY);
    },
    fetch: () => timed(() => fetchOnly(feed, BUSY_DAY)),
  });
  await platform.stopServices();
  return [
    {
      goal: 3,
      what: 'a busy day, each answer 50 ms away',
      ours: ms.ours,
      unit: 'ms',
      yardstick: { what: 'H', value: ms.fetch, ratio: 'ours ÷ it' },
      bar: { atMost: 1.3 },
      stretch: { atMost: 1.15 },
    },
  ];
}
