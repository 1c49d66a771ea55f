import { BUSY_DAY, BUSY_MONTH } from '../days.js';
import { median } from '../measure.js';
import type { Platform } from '../platform.js';
import type { Line } from '../report.js';
import { residentMb } from '../services.js';
import { Windfall } from '../windfall.js';
import { fetchOnly } from '../yardsticks/fetch-answers.js';

const DAYS_BESIDE_EACH_MONTH = 3;

/** Goal 5: 31 busy days, and the memory that they take. The month of the last repetition stays in the tables. */
export async function busyMonth(platform: Platform, repetitions: number, bareMb: number): Promise<Line[]> {
  const feed = platform.feeds.near;
  const windfall = new Windfall(platform);
  // The feed makes each answer on first request and keeps it; making it is no part of anybody's work.
  for (const date of BUSY_MONTH) await fetchOnly(feed, date);
  await platform.startServices(feed);

  const months: number[] = [];
  const days: number[] = [];
  // Memory is followed from the start of the process, for it would be flat later in any case.
  const memory = new Map<number, number>();
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    for (let day = 0; repetition > 0 && day < DAYS_BESIDE_EACH_MONTH; day += 1) {
      await windfall.forgetAllDays();
      days.push(await windfall.ingestDay(BUSY_DAY));
    }
    await windfall.forgetAllDays();
    const samples: Promise<unknown>[] = [];
    const month = await windfall.ingestRange(BUSY_MONTH, (done) => {
      if (repetition > 0) return;
      samples.push(residentMb(platform.processOf('ingestion')).then((mb) => memory.set(done, mb)));
    });
    await Promise.all(samples);
    months.push(month);
  }
  await platform.stopServices();

  const early = median(memoryOf(memory, 5, 14));
  const late = median(memoryOf(memory, 22, 31));
  return [
    {
      goal: 5,
      what: '31 busy days',
      ours: median(months),
      unit: 'ms',
      yardstick: { what: 'one day', value: median(days), ratio: 'ours ÷ it' },
      bar: { atMost: 22 },
      stretch: { atMost: 20 },
    },
    {
      goal: 16,
      what: 'ingestion, days 22 to 31',
      ours: late,
      unit: 'MB',
      yardstick: { what: 'days 5 to 14', value: early, ratio: 'ours ÷ it' },
      bar: { atMost: 1.15 },
    },
    {
      goal: 16,
      what: 'ingestion at its peak over them',
      ours: Math.max(...memory.values()),
      unit: 'MB',
      yardstick: { what: 'bare process', value: bareMb, ratio: 'ours ÷ it' },
      stretch: { atMost: 4 },
    },
  ];
}

/** Days are summarised in sets, so that not every number of days is seen. */
function memoryOf(memory: ReadonlyMap<number, number>, from: number, to: number): number[] {
  return [...memory].filter(([done]) => done >= from && done <= to).map(([, mb]) => mb);
}
