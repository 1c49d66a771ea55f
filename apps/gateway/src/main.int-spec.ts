import { beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, startService, type TestService } from '@app/testing';

describe('the gateway as a process', () => {
  let gateway: TestService;
  beforeAll(async () => {
    const { env } = await createTestDatabase();
    // Without a bus: reading needs none.
    gateway = await startService('gateway', { ...env, NATS_URL: 'nats://127.0.0.1:9' });
  });

  it('serves its description, with a page to try it', async () => {
    const document = await fetch(`${gateway.url}/openapi.json`);
    expect(await document.json()).toMatchObject({ openapi: '3.1.0', info: { title: 'Windfall' } });
    const page = await fetch(`${gateway.url}/docs`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringMatching(/^text\/html/)]);
    const script = await fetch(`${gateway.url}/docs/swagger-ui-bundle.js`);
    expect([script.status, (await script.text()).length > 100_000]).toEqual([200, true]);
  });

  it('answers reads, and refuses addresses that are none, with the id of the request', async () => {
    const summary = await fetch(`${gateway.url}/api/summary/daily/2025-05-26`);
    expect([summary.status, await summary.json()]).toEqual([200, expect.objectContaining({ state: 'absent' })]);
    expect(summary.headers.get('x-request-id')).not.toBeNull();
    const refused = await fetch(`${gateway.url}/api/summary/daily/%E0%A4%A`);
    expect([refused.status, refused.headers.get('content-type')]).toEqual([
      400,
      'application/problem+json; charset=utf-8',
    ]);
  });
});
