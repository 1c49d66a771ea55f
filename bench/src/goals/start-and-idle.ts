import { setTimeout as sleep } from 'node:timers/promises';
import { services } from '@app/domain';
import { freePort, type RunningProcess } from '@app/embedded';
import { interleaved, median, timed } from '../measure.js';
import type { Platform } from '../platform.js';
import type { Line } from '../report.js';
import { residentMb, startProgram } from '../services.js';

const IDLE_MB = 160;
const START_MS = 8_000;

/** Goals 16 and 17: how soon the services are there, and what they take while nobody wants anything. */
export async function startAndIdle(
  platform: Platform,
  repetitions: number,
): Promise<{ lines: Line[]; bareMb: number }> {
  let bare: RunningProcess | undefined;
  const ms = await interleaved(repetitions, {
    bare: async () => {
      await bare?.stop(1_000);
      return await timed(async () => (bare = await startBareProcess(platform)));
    },
    ours: async () => {
      await platform.stopServices();
      return await timed(() => platform.startServices(platform.feeds.near));
    },
  });
  if (bare === undefined) throw new Error('Nothing was started');
  const bareMb = await idleMb(bare);
  const memory: Line[] = [];
  for (const service of services) {
    const ours = await idleMb(platform.processOf(service));
    const yardstick = { what: 'bare process', value: bareMb, ratio: 'ours ÷ it' } as const;
    memory.push({ goal: 16, what: `${service}, idle`, ours, unit: 'MB', bar: { atMost: IDLE_MB } });
    memory.push({ goal: 16, what: `${service}, idle`, ours, unit: 'MB', yardstick, stretch: { atMost: 2 } });
  }
  await Promise.all([bare.stop(1_000), platform.stopServices()]);
  const yardstick = { what: 'bare process', value: ms.bare, ratio: 'ours ÷ it' } as const;
  const start: Line[] = [
    { goal: 17, what: 'all five ready', ours: ms.ours, unit: 'ms', bar: { atMost: START_MS } },
    { goal: 17, what: 'all five ready', ours: ms.ours, unit: 'ms', yardstick, stretch: { atMost: 25 } },
  ];
  return { lines: [...memory, ...start], bareMb };
}

async function startBareProcess(platform: Platform): Promise<RunningProcess> {
  const port = String(await freePort());
  const env = { DATABASE_URL: platform.databaseUrl, NATS_URL: platform.natsUrl, PORT: port };
  return await startProgram('bench/src/yardsticks/bare-process.js', `http://127.0.0.1:${port}`, env, platform.folders);
}

/** Over some seconds: what was needed for the start is given back by and by. */
async function idleMb(process: RunningProcess): Promise<number> {
  const samples: number[] = [];
  while (samples.length < 5) {
    await sleep(500);
    samples.push(await residentMb(process));
  }
  return median(samples);
}
