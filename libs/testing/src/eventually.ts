import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Tries until it no longer throws: for what another process brings about in its own time.
 *
 * @returns what the try that succeeded returned
 * @throws what the last one threw, when the time is over
 */
export async function eventually<T>(attempt: () => T | Promise<T>, withinMs = 15_000): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() >= deadline) throw error;
    }
    await sleep(20);
  }
}
