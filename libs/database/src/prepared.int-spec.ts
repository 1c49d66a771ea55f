import { createTestDatabase } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from './database.js';
import { type Executor, rowOf, rowsOf } from './executor.js';
import { listen } from './listen.js';
import { prepared } from './prepared.js';

describe('a prepared statement', () => {
  const sum = prepared('select $1::integer + 1 as sum');
  let url: string;
  let database: Database;
  beforeAll(async () => {
    url = (await createTestDatabase()).ownerUrl;
    database = new Database({ url, applicationName: 'spec' });
  });
  afterAll(() => database.close());

  async function askTwice(executor: Executor): Promise<unknown[]> {
    const sums = [await rowOf(executor, sum, [1]), await rowOf(executor, sum, [2])];
    await rowsOf(executor, 'select $1::integer as not_prepared', [1]);
    const kept = await rowsOf(
      executor,
      `select statement, generic_plans + custom_plans as uses from pg_prepared_statements where name like 'windfall%'`,
    );
    return [...sums, ...kept];
  }
  const keptByTheConnection = [{ sum: 2 }, { sum: 3 }, { statement: sum, uses: 2 }];

  it('is kept by a connection of the pool', async () => {
    expect(await database.transaction(askTwice)).toEqual(keptByTheConnection);
  });

  it('is kept by a connection that listens', async () => {
    const listener = await listen(
      'spec',
      { url, applicationName: 'spec' },
      () => undefined,
      () => undefined,
    );
    expect(await askTwice(listener)).toEqual(keptByTheConnection);
    await listener.close();
  });
});
