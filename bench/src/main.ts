import { parseArgs } from 'node:util';
import { busyDay } from './goals/busy-day.js';
import { busyMonth } from './goals/busy-month.js';
import { cascade } from './goals/cascade.js';
import { distantFeed } from './goals/distant-feed.js';
import { startAndIdle } from './goals/start-and-idle.js';
import { statements } from './goals/statements.js';
import { Platform } from './platform.js';
import { type Line, tableOf, verdictOf } from './report.js';
import { runTwiceAtMost, say } from './run-twice-at-most.js';

/** A month takes as long as twenty days. */
const MONTHS = 3;

const { repetitions } = parseArgs({ options: { repetitions: { type: 'string', default: '7' } } }).values;

/** Measures everything, tells what it is at on stderr, and prints the table. @returns whether every bar was met */
async function run(): Promise<boolean> {
  const times = Number(repetitions);
  const platform = await Platform.start();
  try {
    const lines: Line[] = [];
    say('start and memory');
    const idle = await startAndIdle(platform, Math.min(times, 5));
    say('a busy day');
    const day = await busyDay(platform, times);
    say('statements');
    lines.push(...(await statements(platform, times)));
    say('a distant feed');
    lines.push(...(await distantFeed(platform, times)));
    say('a busy month');
    lines.push(...(await busyMonth(platform, MONTHS, idle.bareMb)));
    say('the cascade');
    lines.push(...(await cascade(platform, times, day.dayMs)));
    lines.push(...idle.lines, ...day.lines);
    lines.sort((a, b) => a.goal - b.goal);
    console.log(`\n${tableOf(lines)}\n`);
    return lines.every((line) => verdictOf(line) !== 'missed');
  } finally {
    await platform.stop();
  }
}

await runTwiceAtMost(run);
