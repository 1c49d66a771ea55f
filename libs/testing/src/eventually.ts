import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Tries until it no longer throws: for what another process brings about in its own time.
 *
 * @returns what the try that succeeded returned
 * @throws what the last one threw, when the time is over
 */
export async function eventually<T>(attempt: () => T | Promise<T>, withinMs = 15_000): Promise<T> {
  const start = performance.now();
  for (;;) {
    const waitedMs = performance.now() - start;
    try {
      return await attempt();
    } catch (error) {
      if (waitedMs >= withinMs) throw error;
    }
    // The longer it takes the less a moment more matters, and trying takes time from whoever is to bring it about.
    await sleep(Math.min(20 + waitedMs / 20, 250));
  }
}
