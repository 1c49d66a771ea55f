import { afterAll } from '@jest/globals';

type Task = () => unknown;
const tasks: Task[] = [];

// Jest takes no hook while a test or another hook runs, so one is placed when the file loads.
afterAll(async () => {
  for (const task of tasks.reverse()) await task();
});

/** Has something done when the calling test file is through, the latest first. */
export function atFileEnd(task: Task): void {
  tasks.push(task);
}
