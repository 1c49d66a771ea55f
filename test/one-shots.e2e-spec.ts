import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Job, type JobItem } from '@app/contracts';
import { addDays, settlementDateAt } from '@app/domain';
import { CommandLine } from './command-line.js';
import { lightDays } from './light-days.js';
import { operatorKey, type Stack, startStack } from './stack.js';

/** Dates that a first fetch was in vain for, so that there is something to reconcile. */
const [first, second] = ['2025-06-10', '2025-06-11'];
/** No difficulty is known of these two, whenever they are. */
const yesterday = addDays(settlementDateAt(new Date().toISOString()), -1);
const dayBefore = addDays(yesterday, -1);

interface OneShot {
  words: string[];
  dates: [older: string, newer: string];
}

/** What a scheduler begins, and whose exit code is all that it sees. */
describe('A one-shot', () => {
  let stack: Stack;
  let windfall: CommandLine;

  const oneShots: OneShot[] = [
    { words: ['reconcile'], dates: [first, second] },
    { words: ['daily-check', '--days', '2'], dates: [dayBefore, yesterday] },
  ];

  beforeAll(async () => {
    stack = await startStack({
      ...lightDays(first, second),
      SIMULATOR_SCENARIOS: `${yesterday}=quiet,${dayBefore}=quiet`,
    });
    windfall = new CommandLine(stack.services.gateway.url, operatorKey);
    await spoil();
    expect((await windfall.run(['range', first, second])).code).toBe(1);
  }, 120_000);

  const spoil = () => stack.simulator.spoil({ kind: 'status', status: 404, endpoint: 'stack' });

  async function run(words: string[]): Promise<{ code: number | null; job: Job; items: Pick<JobItem, 'state'>[] }> {
    const { code, stdout, stderr } = await windfall.run([...words, '--json']);
    if (stdout === '') throw new Error(`${words.join(' ')} ended with ${String(code)}: ${stderr}`);
    const { items, ...job } = JSON.parse(stdout) as Job & { items: JobItem[] };
    return { code, job, items: items.map(({ settlementDate, state }) => ({ settlementDate, state })) };
  }

  describe.each(oneShots)('$words.0', ({ words, dates: [older, newer] }) => {
    beforeAll(spoil);

    it('ends with 3 when the gateway is not there, or does not know the key', async () => {
      const away = await windfall.run(words, { WINDFALL_URL: 'http://127.0.0.1:9' });
      expect([away.code, away.stdout, away.stderr]).toEqual([3, '', expect.stringContaining('WINDFALL_URL')]);
      const stranger = await windfall.run(words, { WINDFALL_API_KEY: 'somebody-elses' });
      expect([stranger.code, stranger.stdout, stranger.stderr]).toEqual([
        3,
        '',
        expect.stringContaining('WINDFALL_API_KEY'),
      ]);
    });

    it('ends with 1 when the work fails', async () => {
      const { code, job, items } = await run(words);
      expect([code, job.state]).toEqual([1, 'failed']);
      expect(items).toEqual([older, newer].map((settlementDate) => ({ settlementDate, state: 'failed' })));
    });

    it('ends with 4 when it is cancelled, and the date that had begun is finished', async () => {
      await stack.simulator.heal();
      stack.services.ingestion.pause();
      const watching = windfall.begin([...words, '--batch-size', '1', '--json']);
      const id = await watching.jobId();
      expect((await windfall.run(['cancel', id])).code).toBe(0);
      stack.services.ingestion.resume();
      const { code, stdout } = await watching.ended;
      const { state, items } = JSON.parse(stdout) as Job & { items: JobItem[] };
      expect([code, state]).toEqual([4, 'cancelled']);
      expect(items).toMatchObject([
        { settlementDate: older, state: 'cancelled' },
        { settlementDate: newer, state: words[0] === 'reconcile' ? 'completed' : 'blocked' },
      ]);
    });

    it('ends with 4 when its time is over, and the job goes on', async () => {
      stack.services.ingestion.pause();
      const { code, stdout, stderr } = await windfall.run([...words, '--timeout', '1']);
      expect([code, stdout, stderr]).toEqual([4, '', expect.stringContaining('the job goes on')]);
      stack.services.ingestion.resume();
      const [, id = ''] = /windfall job (\S+) --watch/.exec(stderr) ?? [];
      const job = await stack.gateway.get<Job>(`/api/reconciliation/jobs/${id}`);
      expect((await stack.gateway.ended(job)).state).toBe(words[0] === 'reconcile' ? 'completed' : 'failed');
    });
  });

  it.each(oneShots)('ends with 1 when gaps remain: $words.0', async ({ words }) => {
    // The two newest dates are fetched by now, and nobody knows their difficulty.
    const { code, job, items } = await run(words);
    expect([code, job.state, job.cause?.code]).toEqual([1, 'failed', 'difficulty-missing']);
    expect(items).toEqual([dayBefore, yesterday].map((settlementDate) => ({ settlementDate, state: 'blocked' })));
    expect((await windfall.run(['status'])).code).toBe(1);
  });
});
