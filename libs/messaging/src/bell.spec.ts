import { describe, expect, it } from '@jest/globals';
import { Bell } from './bell.js';

describe('Bell', () => {
  it('wakes one who waits', async () => {
    const bell = new Bell();
    const waiting = bell.wait();
    bell.ring();
    await waiting;
  });

  it('keeps a ring that nobody waited for, once', async () => {
    const bell = new Bell();
    bell.ring();
    bell.ring();
    await bell.wait();
    let woken = false;
    const waiting = bell.wait().then(() => (woken = true));
    await Promise.resolve();
    expect(woken).toBe(false);
    bell.ring();
    await waiting;
  });

  it('wakes by itself when the time is over', async () => {
    await new Bell().wait(1);
  });
});
