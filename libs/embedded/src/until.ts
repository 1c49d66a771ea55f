import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again; resolves to whether the condition came true within the time. */
export async function until(condition: () => boolean | Promise<boolean>, withinMs: number): Promise<boolean> {
  const start = performance.now();
  while (!(await condition())) {
    const waitedMs = performance.now() - start;
    if (waitedMs >= withinMs) return false;
    // The longer it takes the less a moment more matters, and asking takes time from whoever is to become ready.
    await sleep(Math.min(20 + waitedMs / 20, 100));
  }
  return true;
}
