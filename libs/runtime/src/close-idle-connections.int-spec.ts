import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import { closeConnectionsOnceIdle } from './close-idle-connections.js';

describe('a server that is closed', () => {
  it('ends with its last answer, although the client would use the connection again', async () => {
    const http = fastify();
    closeConnectionsOnceIdle(http);
    const asked = new AbortController();
    const closing = new AbortController();
    http.get('/', async () => {
      asked.abort();
      await once(closing.signal, 'abort');
      return 'the last answer';
    });
    await http.listen({ port: 0, host: '127.0.0.1' });
    const { port } = http.server.address() as AddressInfo;
    const isAsked = once(asked.signal, 'abort');
    const answer = fetch(`http://127.0.0.1:${port}/`);
    await isAsked;
    const closed = http.close();
    // Its connections were looked through by then, and this one was not idle.
    while (http.server.listening) await new Promise((resolve) => setImmediate(resolve));
    closing.abort();
    expect(await (await answer).text()).toBe('the last answer');
    await closed;
  });
});
