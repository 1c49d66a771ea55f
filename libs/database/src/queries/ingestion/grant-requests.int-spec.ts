import { createTestDatabase } from '@app/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database } from '../../database.js';
import { rowsOf } from '../../executor.js';
import { grantRequests } from './grant-requests.js';

describe('the budget of requests to the source', () => {
  let one: Database;
  let other: Database;

  beforeAll(async () => {
    const { urls } = await createTestDatabase();
    one = new Database({ url: urls.ingestion, applicationName: 'spec', poolSize: 3 });
    other = new Database({ url: urls.ingestion, applicationName: 'spec', poolSize: 3 });
  });
  afterAll(async () => {
    await one.close();
    await other.close();
  });

  it('is never exceeded in any minute by replicas that ask at once, and used up by them', async () => {
    const asked = Array.from({ length: 30 }, (_, index) => (index % 2 === 0 ? one : other));
    const grants = await Promise.all(asked.map((replica) => grantRequests(replica, 3, 20)));
    const minutes = await rowsOf<{ granted: number }>(one, 'select granted from ingestion.request_grants');
    // 6 times 3 is 18; a seventh would be 21. The minute may change in between.
    for (const { granted } of minutes) expect(granted).toBeLessThanOrEqual(18);
    expect(minutes.some(({ granted }) => granted === 18)).toBe(true);
    expect(grants.filter(({ granted }) => granted)).toHaveLength(
      minutes.reduce((sum, { granted }) => sum + granted, 0) / 3,
    );
    for (const { msLeft } of grants) expect(msLeft).toBeLessThanOrEqual(60_000);
  });

  it('grants nothing that is larger than itself', async () => {
    expect(await grantRequests(one, 21, 20)).toMatchObject({ granted: false });
  });
});
