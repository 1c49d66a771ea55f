import { parseArgs } from 'node:util';
import { Platform } from '../platform.js';
import { type Line, tableOf, verdictOf } from '../report.js';
import { historyDays } from './history-days.js';
import { deepCheckGoals, statusGoals } from './look-goals.js';
import { OldPlatform } from './old-platform.js';
import { planGoals } from './plan-goals.js';
import { reconcileGoals } from './reconcile-goals.js';
import { storeHistory } from './store-history.js';
import { runTwiceAtMost, say } from '../run-twice-at-most.js';

const { repetitions, fraction } = parseArgs({
  options: {
    repetitions: { type: 'string', default: '5' },
    // For a look at the bench itself; the goals are about the whole.
    fraction: { type: 'string', default: '1' },
  },
}).values;

/** Goals 6 to 11 and 19 on a history of the real one's size. @returns whether every bar was met */
async function run(): Promise<boolean> {
  const times = Number(repetitions);
  const days = historyDays(Number(fraction));
  const platform = await Platform.start();
  try {
    const history = new OldPlatform(platform);
    await platform.startServices(platform.feeds.near);
    say('a sixth of the history');
    await everyTable(platform, 'set (autovacuum_enabled = false)');
    const early = Math.ceil(days.length / 6);
    await storeHistory(history.database, days.slice(0, early));
    await history.reconcile();
    await platform.owner.query('analyze');
    say('the rest of it');
    await storeHistory(history.database, days.slice(early));
    await history.reconcile();
    say('plans');
    const lines: Line[] = await planGoals(platform, history, days, times);
    await everyTable(platform, 'reset (autovacuum_enabled)');
    say('status and analysis');
    lines.push(...(await statusGoals(platform, history, times)));
    say('deep check');
    lines.push(...(await deepCheckGoals(platform, history, times)));
    lines.push(...(await reconcileGoals(platform, history, times, say)));
    await history.close();
    lines.sort((a, b) => a.goal - b.goal);
    console.log(`\n${tableOf(lines)}\n`);
    return lines.every((line) => verdictOf(line) !== 'missed');
  } finally {
    await platform.stop();
  }
}

/** Statistics shall come when the bench says so. */
async function everyTable(platform: Platform, change: string): Promise<void> {
  const { rows } = await platform.owner.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema in ('ingestion', 'calculation', 'summary') and table_type = 'BASE TABLE'`,
  );
  for (const { name } of rows) await platform.owner.query(`alter table ${name} ${change}`);
}

await runTwiceAtMost(run);
