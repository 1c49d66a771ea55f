import { setTimeout as sleep } from 'node:timers/promises';

/** Asks again and again; resolves to whether the condition came true within the time. */
export async function until(condition: () => boolean | Promise<boolean>, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() >= deadline) return false;
    await sleep(20);
  }
  return true;
}
