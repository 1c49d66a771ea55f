import { startTestDynamo } from '@app/testing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { difficultyTable, waitingForDifficulty } from './difficulty-store.js';

describe('what a live feed is told about the difficulty', () => {
  const table = () => difficultyTable(process.env);

  beforeAll(async () => {
    Object.assign(process.env, (await startTestDynamo()).env);
    await table().ensure();
  });

  it('is that every day waits while none is known', async () => {
    expect(await waitingForDifficulty(table(), new Date())).toMatch(/^No difficulty is known: every day waits/);
  });

  it('is nothing until 20 days after the newest known retarget, then which days wait and how to help', async () => {
    await table().addRetarget({ height: 953568, fromUnix: 1781397131, difficulty: '124932866006548' });

    // 2026-06-14T00:32:11Z, the last line of data/difficulty.csv, and 20 days.
    expect(await waitingForDifficulty(table(), new Date('2026-07-04T00:32:11Z'))).toBeUndefined();
    expect(await waitingForDifficulty(table(), new Date('2026-07-04T00:32:12Z'))).toBe(
      'The newest known difficulty is that of block 953568, which tells nothing after 2026-07-04T00:32:11Z: ' +
        'days from then on wait for a difficulty; add the retargets since with POST /api/difficulty',
    );
  });
});
