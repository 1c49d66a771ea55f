import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Job, type JobItem } from '@app/contracts';
import { addDays, dayBoundsAt, settlementDateAt } from '@app/domain';
import { eventually, startDifficultySource, type TestDifficultySource } from '@app/testing';
import { commands } from '../apps/cli/src/commands/index.js';
import { CommandLine, type CommandRun, type Ended } from './command-line.js';
import { lightDays } from './light-days.js';
import { operatorKey, type Stack, startStack } from './stack.js';
import { contentDigest, type Digest } from './table-digest.js';

const first = '2025-06-10';
const second = '2025-06-11';
/** Not ingested before a command does so. */
const third = '2025-06-12';
const yesterday = addDays(settlementDateAt(new Date().toISOString()), -1);
/** Curtailed in period 1 of each light day. */
const farm = 'T_MOWEO-1';

/** Of the last retarget that comes with the program, difficulty.csv: block 953568. */
const newestKnown = { bits: 0x170240c3, difficulty: '124932866006548' };
/** Easier by a hair: `0xffff × 2^208 ÷ (0x0240c4 × 2^160)`, rounded down. */
const next = { bits: 0x170240c4, difficulty: '124932019876011' };

type JobWithItems = Job & { items: JobItem[] };

/** One line of the table of commands: what is typed, how it ends, and what that changes. */
interface Line {
  /** Name of the command, as the program knows it. */
  command: string;
  /** What is typed after the name; a function where it depends on what earlier lines did. */
  words?: string[] | (() => string[]);
  /** Harms what is stored, which the command is to make whole again. */
  harm?: string;
  /** What happens outside before the command is run. */
  before?: () => Promise<void>;
  /** Sets right what the line after it shall not find. */
  after?: () => Promise<void>;
  /** A function where it depends on what was found. */
  code: number | ((answer: never) => number);
  /** Schemas in which tables change, besides those of jobs. A command that asks only leaves those alone as well. */
  changes?: 'nothing at all' | string[];
  /** What stdout says, parsed. */
  shows?: (answer: never) => void;
}

describe('The windfall command', () => {
  let stack: Stack;
  let windfall: CommandLine;
  let explorer: TestDifficultySource;
  /** The newest retarget that is known; invented, as those before. */
  let height = 953_568;
  const seen = new Set<string>();
  /** Ids that earlier lines have told. */
  let jobId = '';
  let reportId = '';

  async function json(...words: string[]): Promise<Ended & { answer: never }> {
    return await answerOf(words, windfall.begin([...words, '--json']));
  }

  async function answerOf(words: string[], run: CommandRun): Promise<Ended & { answer: never }> {
    const ended = await run.ended;
    try {
      return { ...ended, answer: JSON.parse(ended.stdout) as never };
    } catch {
      throw new Error(`${words.join(' ')} ended with ${String(ended.code)}: ${ended.stdout}${ended.stderr}`);
    }
  }

  /** Names of the tables whose content is another now. */
  async function changedSince(before: Digest): Promise<string[]> {
    const after = await contentDigest(stack.owner);
    return Object.keys(after).filter((table) => after[table]?.md5 !== before[table]?.md5);
  }

  /** What a job is for, not who did it and when. */
  function ofData(tables: readonly string[]): string[] {
    const schemas = tables.filter((table) => table.includes('.')).map((table) => table.split('.')[0] ?? '');
    return [...new Set(schemas)].filter((schema) => schema !== 'reconciliation').sort();
  }

  beforeAll(async () => {
    const scenarios = `${yesterday}=quiet`;
    explorer = await startDifficultySource();
    const simulated = { ...lightDays(first, '2025-06-20'), SIMULATOR_SCENARIOS: scenarios };
    stack = await startStack(simulated, undefined, { DIFFICULTY_SOURCE_URL: explorer.url });
    windfall = new CommandLine(stack.services.gateway.url, operatorKey);
    // A day that the daily check looks at shall not wait for one.
    const until = Date.parse(dayBoundsAt(yesterday).startAt);
    for (let at = Date.parse('2026-06-28T01:00:00Z'); at < until; at += 14 * 86_400_000) {
      height += 2016;
      await stack.difficulty.addRetarget({ height, fromUnix: at / 1000, difficulty: newestKnown.difficulty });
      explorer.add([{ height, timestamp: at / 1000, bits: newestKnown.bits }]);
    }
    const ingested = await windfall.run(['range', first, second]);
    expect([ingested.code, ingested.stderr]).toEqual([0, expect.stringContaining('"state":"completed"')]);
  }, 120_000);

  const completed = (dates: string[]) => (job: JobWithItems) => {
    expect(job.state).toBe('completed');
    expect(job.items.map(({ settlementDate }) => settlementDate)).toEqual(dates);
  };
  /** This machine may be slow, which is a risk as well. */
  const byRisk = ({ risk }: { risk: string }) => (['high', 'critical'].includes(risk) ? 1 : 0);
  const calculations = 'calculation.historical_bitcoin_calculations';
  const lines: Line[] = [
    {
      command: 'status',
      code: 0,
      changes: 'nothing at all',
      shows: (status: { percentage: number; days: object }) => {
        // Two days of 24 periods, four farms, three models.
        expect(status).toMatchObject({ percentage: 100, expectedCalculations: 576, days: { complete: 2 } });
      },
    },
    {
      command: 'diagnose',
      code: byRisk,
      changes: 'nothing at all',
      shows: ({ measured }: { measured: object }) =>
        expect(measured).toMatchObject({
          database: { connectMs: expect.any(Number) },
          nats: { deadLetters: 0 },
          difficulty: { ms: expect.any(Number) },
          source: { ms: expect.any(Number) },
        }),
    },
    {
      command: 'diagnose',
      words: ['test'],
      code: byRisk,
      changes: 'nothing at all',
      shows: ({ probes }: { probes: object[] }) =>
        expect(probes).toMatchObject(
          ['connect', 'simple', 'moderate', 'complex', 'difficulty'].map((name) => ({ name, failed: 0 })),
        ),
    },
    {
      command: 'diagnose',
      words: ['monitor', '--seconds', '1'],
      code: byRisk,
      changes: 'nothing at all',
      shows: (told: object) => expect(told).toMatchObject({ measured: { nats: { deadLetters: 0 } } }),
    },
    {
      command: 'reconcile',
      harm: `delete from ${calculations} where settlement_date = '${first}'`,
      code: 0,
      shows: completed([first]),
    },
    {
      command: 'date',
      words: [first],
      harm: `delete from ${calculations} where settlement_date = '${first}' and miner_model = 'S9'`,
      code: 0,
      shows: completed([first]),
    },
    {
      command: 'range',
      words: [first, second, '--batch-size', '2'],
      harm: `delete from ${calculations} where settlement_period = 3`,
      code: 0,
      shows: completed([first, second]),
    },
    {
      command: 'critical',
      words: [first, '--periods', '1-3'],
      harm: `delete from ${calculations} where settlement_date = '${first}' and settlement_period < 4`,
      code: 0,
      shows: completed([first]),
    },
    {
      command: 'most-critical',
      harm: `delete from ${calculations} where settlement_date = '${second}' and settlement_period in (1, 3)`,
      code: 0,
      shows: completed([second]),
    },
    { command: 'sequence', words: [first, '--batch-size', '16'], code: 0, shows: completed([first]) },
    {
      command: 'spot-fix',
      words: [first, '1', farm],
      harm: `delete from ${calculations} where settlement_date = '${first}' and settlement_period = 1 and farm_id = '${farm}'`,
      code: 0,
      shows: completed([first]),
    },
    {
      command: 'daily-check',
      words: ['--days', '1', '--once-a-day'],
      code: 0,
      changes: ['calculation', 'ingestion', 'summary'],
      shows: completed([yesterday]),
    },
    { command: 'ingest', words: [first, '--periods', '1-2'], code: 0, shows: completed([first]) },
    {
      command: 'ingest-month',
      words: ['2025-06', '--days', '10-11'],
      code: 0,
      shows: completed([first, second]),
    },
    {
      command: 'calculate',
      words: [first, '--model', 'S9'],
      harm: `delete from ${calculations} where settlement_date = '${first}' and miner_model = 'S9'`,
      code: 0,
      shows: completed([first]),
    },
    {
      command: 'summarize',
      words: ['2025-06'],
      harm: `update summary.daily_summaries set curtailed_mwh = 1 where settlement_date = '${first}'`,
      code: 0,
      shows: completed([first, second]),
    },
    {
      command: 'difficulty-mismatch',
      harm: `update ${calculations} set difficulty = 1 where settlement_date = '${first}' and settlement_period = 1`,
      code: 1,
      // What did the harm is all that changed.
      changes: ['calculation'],
      shows: (job: JobWithItems) =>
        expect(job).toMatchObject({ items: [], result: { mismatches: [{ settlementDate: first }] } }),
    },
    {
      command: 'difficulty-mismatch',
      words: ['--fix'],
      code: 0,
      // What the harm of the line before did is undone.
      changes: ['calculation'],
      shows: completed([first]),
    },
    {
      command: 'difficulty add',
      words: ['897120', '2025-05-17T14:02:23Z', '121658450774825', '--reason', 'read from a block explorer'],
      code: 0,
      changes: 'nothing at all',
      shows: (answer: object) => expect(answer).toMatchObject({ height: 897_120, added: false }),
    },
    {
      command: 'difficulty update',
      code: 0,
      changes: 'nothing at all',
      shows: (answer: object) =>
        expect(answer).toMatchObject({ added: [], newest: { height, difficulty: newestKnown.difficulty } }),
    },
    {
      command: 'bmu-mapping',
      code: 0,
      shows: (job: Job) => expect(job.result).toMatchObject({ counts: { added: 0, removed: 0, changed: 0 } }),
    },
    {
      command: 'wind-generation',
      words: [third],
      code: 0,
      changes: ['ingestion', 'summary'],
      shows: completed([third]),
    },
    {
      command: 'verify',
      words: [second, '--sampling', 'full'],
      before: () =>
        stack.simulator.revise(second, [{ kind: 'change', settlementPeriod: 1, rows: 'curtailed', volumeFactor: 0.5 }]),
      code: 1,
      shows: (report: { id: string; outcome: string; periods: { settlementPeriod: number; outcome: string }[] }) => {
        expect(report.outcome).toBe('differs');
        const differing = report.periods.filter(({ outcome }) => outcome === 'differs');
        expect(differing.map(({ settlementPeriod }) => settlementPeriod)).toEqual([1]);
        reportId = report.id;
      },
    },
    {
      command: 'verify',
      words: ['--random-dates', '5', '--once-a-day', '--sampling', 'full'],
      code: 1,
      shows: ({ items }: { items: { settlementDate: string; report: { outcome: string } }[] }) => {
        const outcomes = items.map(({ settlementDate, report }) => [settlementDate, report.outcome]);
        expect(outcomes).toContainEqual([first, 'same']);
        expect(outcomes).toContainEqual([second, 'differs']);
      },
    },
    {
      command: 'report',
      words: () => [reportId],
      code: 0,
      changes: 'nothing at all',
      shows: (report: object) => expect(report).toMatchObject({ settlementDate: second, outcome: 'differs' }),
    },
    {
      command: 'fix',
      words: [second, '--sampling', 'full'],
      code: 0,
      changes: ['calculation', 'ingestion', 'summary'],
      shows: completed([second]),
    },
    { command: 'verify', words: ['--random-dates', '5', '--sampling', 'full'], code: 0 },
    { command: 'force-fix', words: [second, '--yes'], code: 0, shows: completed([second]) },
    {
      command: 'analyze',
      words: ['--from', first, '--to', second],
      before: async () => {
        // It would find and repair the gap by itself.
        stack.services.reconciler.pause();
        await stack.owner.query(`delete from ${calculations} where settlement_date = '${first}'`);
      },
      after: async () => {
        stack.services.reconciler.resume();
        expect((await windfall.run(['date', first])).code).toBe(0);
      },
      code: 1,
      changes: ['calculation'],
      shows: ({ items }: { items: object[] }) =>
        expect(items).toMatchObject([
          { settlementDate: first, missingCalculations: 288, repair: `windfall date ${first}` },
        ]),
    },
    {
      command: 'resume',
      before: async () => {
        await stack.simulator.spoil({ kind: 'status', status: 404, date: third, endpoint: 'stack' });
        const failed = await windfall.run(['ingest', third, '--json']);
        expect(failed.code).toBe(1);
        await stack.simulator.heal();
        jobId = (JSON.parse(failed.stdout) as Job).id;
      },
      code: 0,
      changes: ['calculation', 'ingestion', 'summary'],
      shows: (job: Job) => expect(job).toMatchObject({ id: jobId, state: 'completed' }),
    },
    {
      command: 'jobs',
      words: ['--limit', '2'],
      code: 0,
      changes: 'nothing at all',
      shows: ({ items }: { items: Job[] }) => expect(items[0]?.id).toBe(jobId),
    },
    {
      command: 'job',
      words: () => [jobId],
      code: 0,
      changes: 'nothing at all',
      shows: (job: JobWithItems) => expect(job).toMatchObject({ id: jobId, items: [{ settlementDate: third }] }),
    },
    {
      command: 'cancel',
      words: () => [jobId],
      code: 0,
      changes: 'nothing at all',
      // It has ended already.
      shows: (job: Job) => expect(job).toMatchObject({ id: jobId, state: 'completed' }),
    },
    {
      command: 'dead-letters list',
      code: 0,
      changes: 'nothing at all',
      shows: (answer: object) => expect(answer).toEqual({ items: [] }),
    },
    {
      command: 'dead-letters replay',
      words: ['--all'],
      code: 0,
      changes: 'nothing at all',
      shows: (answer: object) => expect(answer).toEqual({ replayed: 0, left: false }),
    },
    {
      command: 'audit list',
      words: ['--limit', '1'],
      code: 0,
      changes: 'nothing at all',
      shows: ({ items }: { items: object[] }) => expect(items).toMatchObject([{ requestedBy: 'e2e' }]),
    },
    {
      command: 'audit verify',
      code: 0,
      changes: 'nothing at all',
      shows: (answer: object) => expect(answer).toMatchObject({ intact: true }),
    },
    { command: 'legacy', code: 0, changes: 'nothing at all' },
  ];

  it.each(lines)('does what its line says: $command', async (line) => {
    seen.add(line.command);
    const whole = await contentDigest(stack.owner);
    await line.before?.();
    if (line.harm !== undefined) {
      // Else what looks for gaps by itself might have it repaired before the command is there.
      stack.services.calculator.pause();
      await stack.owner.query(line.harm);
      expect(ofData(await changedSince(whole))).not.toEqual([]);
    }
    const own = typeof line.words === 'function' ? line.words() : (line.words ?? []);
    const words = [...line.command.split(' '), ...own];
    const run = windfall.begin([...words, '--json']);
    if (line.harm !== undefined) {
      await run.jobId();
      stack.services.calculator.resume();
    }
    const { code, answer, stderr } = await answerOf(words, run);
    const expected = typeof line.code === 'function' ? line.code(answer) : line.code;
    expect({ code, stderr: code === expected ? '' : stderr }).toEqual({ code: expected, stderr: '' });
    line.shows?.(answer);
    const changed = await changedSince(whole);
    if (line.changes === 'nothing at all') expect(changed).toEqual([]);
    else expect(ofData(changed)).toEqual(line.changes ?? []);
    await line.after?.();
  });

  it('has a line for each of its commands', () => {
    expect(commands.map(({ name }) => name).filter((name) => !seen.has(name))).toEqual([]);
  });

  it('shows the plan of a repair, and does nothing', async () => {
    const before = await contentDigest(stack.owner);
    const { code, answer } = await json('range', first, second, '--dry-run');
    expect([code, answer]).toMatchObject([0, { kind: 'range', totals: { items: 2 } }]);
    expect(await changedSince(before)).toEqual([]);
  });

  it('refuses what destroys without a look: exit code 2', async () => {
    for (const words of [
      ['force-fix', first],
      ['range', '2025-01-01', '2025-02-01'],
    ]) {
      const { code, stdout, stderr } = await windfall.run(words);
      expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining('--yes')]);
    }
    expect((await windfall.run(['range', first])).code).toBe(2);
    expect((await windfall.run(['spot-fix', first, '49', farm])).code).toBe(2);
  });

  it('asks at a terminal before it destroys: anything but yes does nothing, and ends with exit code 4', async () => {
    const before = await contentDigest(stack.owner);
    const refused = await windfall.runAtTerminal(['force-fix', first], 'no');
    expect([refused.code, refused.stdout]).toEqual([4, expect.stringMatching(/ingest[^]*Nothing was done/)]);
    expect(await changedSince(before)).toEqual([]);
    const consented = await windfall.runAtTerminal(['force-fix', first], 'yes');
    expect([consented.code, consented.stdout]).toEqual([0, expect.stringMatching(/100 %[^]*1 completed/)]);
  });

  it('adds the retargets that the source of difficulties has, and what they touch is calculated again', async () => {
    const fromAt = dayBoundsAt(yesterday).startAt;
    explorer.add([{ height: height + 2016, timestamp: Date.parse(fromAt) / 1000, bits: next.bits }]);
    const { code, answer } = await json('difficulty', 'update', '--reason', 'days wait for it');
    const added = { height: height + 2016, difficulty: next.difficulty };
    expect([code, answer]).toMatchObject([0, { added: [added], newest: added }]);
    await eventually(async () => {
      const found = await stack.owner.query(
        `select distinct difficulty::text from ${calculations} where settlement_date = '${yesterday}'`,
      );
      expect(found).toEqual([{ difficulty: next.difficulty }]);
    });
    const reasons = await stack.owner.query(
      `select distinct action, reason from reconciliation.audit_log where action like '%-difficulty' and reason is not null order by 1`,
    );
    expect(reasons).toEqual([
      { action: 'add-difficulty', reason: 'read from a block explorer' },
      { action: 'update-difficulty', reason: 'days wait for it' },
    ]);
    explorer.instead = () => ({ status: 500, body: '' });
    const failed = await windfall.run(['difficulty', 'update']);
    expect([failed.code, failed.stderr]).toEqual([3, expect.stringContaining('HTTP 500')]);
  });

  it('grades the risk of a store that is away: exit code 1, and a line of JSON a second of a monitor', async () => {
    const { url: WINDFALL_URL } = await stack.startAnother('gateway', { NATS_URL: 'nats://127.0.0.1:9' });
    const once = await windfall.run(['diagnose'], { WINDFALL_URL });
    expect([once.code, once.stdout]).toEqual([1, expect.stringMatching(/Risk: (high|critical)[^]*nats {2}high/)]);
    const monitored = await windfall.run(['diagnose', 'monitor', '--seconds', '2'], { WINDFALL_URL });
    const told = monitored.stdout.trimEnd().split('\n');
    expect([monitored.code, told.map((line) => JSON.parse(line) as object)]).toMatchObject([
      1,
      [{ measured: { nats: null } }, { measured: { nats: null } }],
    ]);
    expect((await windfall.run(['diagnose', 'test', '--seconds', '2'])).code).toBe(2);
  });

  it('cannot do without a gateway, nor without a key that it knows: exit code 3', async () => {
    const away = await windfall.run(['status'], { WINDFALL_URL: 'http://127.0.0.1:9' });
    expect([away.code, away.stderr]).toEqual([3, expect.stringContaining('WINDFALL_URL')]);
    const stranger = await windfall.run(['date', first], { WINDFALL_API_KEY: 'somebody-elses' });
    expect([stranger.code, stranger.stderr]).toEqual([3, expect.stringContaining('WINDFALL_API_KEY')]);
  });

  it('loses nothing with the terminal: Ctrl-C ends the watching with exit code 4, and job --watch takes it up', async () => {
    stack.services.ingestion.pause();
    const run = windfall.begin(['ingest', first]);
    const id = await run.jobId();
    run.interrupt();
    const { code, stderr } = await run.ended;
    expect([code, stderr]).toEqual([4, expect.stringContaining(`windfall job ${id} --watch`)]);
    const late = await windfall.run(['job', id, '--watch', '--timeout', '1']);
    expect([late.code, late.stderr]).toEqual([4, expect.stringContaining('the job goes on')]);
    stack.services.ingestion.resume();
    const again = await json('job', id, '--watch');
    expect([again.code, again.answer]).toMatchObject([0, { id, state: 'completed' }]);
  });

  it('tells who holds a date, and waits for it where asked to', async () => {
    stack.services.ingestion.pause();
    const { id } = (await json('ingest', first, '--no-watch')).answer as Job;
    const refused = await windfall.run(['date', first]);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining(id)]);
    const queued = windfall.begin(['ingest', first, '--queue', '--json']);
    await queued.jobId();
    stack.services.ingestion.resume();
    const { code, stdout } = await queued.ended;
    expect([code, JSON.parse(stdout)]).toMatchObject([0, { state: 'completed' }]);
  });
});
