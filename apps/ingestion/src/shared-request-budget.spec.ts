import { setTimeout as sleep } from 'node:timers/promises';
import { type Executor } from '@app/database';
import { describe, expect, it } from '@jest/globals';
import { SharedRequestBudget } from './shared-request-budget.js';

describe('The shared request budget', () => {
  it('does not use what was granted for a minute that was over when the grant arrived', async () => {
    const answers = [
      { granted: true, msLeft: 20 },
      { granted: true, msLeft: 60_000 },
    ];
    let asked = 0;
    /** A database far away: what it says of the time that is left was so when it began to answer. */
    const database: Executor = {
      query: async () => {
        const answer = answers[asked++];
        await sleep(30);
        return [answer];
      },
    };
    const budget = new SharedRequestBudget(database, 100);
    await budget.take();
    expect(asked).toBe(2);
    await budget.take();
    expect(asked).toBe(2);
  });
});
