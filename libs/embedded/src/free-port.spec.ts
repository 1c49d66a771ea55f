import { afterEach, describe, expect, it } from '@jest/globals';
import { freePort } from './free-port.js';

const drawnBy = async (worker: string): Promise<number[]> => {
  process.env.JEST_WORKER_ID = worker;
  return Promise.all(Array.from({ length: 200 }, () => freePort()));
};

describe('free ports', () => {
  const { JEST_WORKER_ID } = process.env;
  afterEach(() => {
    process.env.JEST_WORKER_ID = JEST_WORKER_ID;
  });

  it('are given once, and never to two workers that choose at the same time', async () => {
    const ports = [...(await drawnBy('1')), ...(await drawnBy('2'))];
    expect(new Set(ports).size).toBe(ports.length);
    const [first, second] = [ports.slice(0, 200), ports.slice(200)].map((drawn) => Math.max(...drawn));
    expect(first).toBeLessThan(Math.min(...ports.slice(200)));
    expect(second).toBeLessThan(32_768);
  });
});
