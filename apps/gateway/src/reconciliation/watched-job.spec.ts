import { type JobEvents } from '@app/database';
import { describe, expect, it } from '@jest/globals';
import { WatchedJob } from './watched-job.js';

const page: JobEvents = { events: [], ended: false };
const never = new AbortController().signal;

describe('a watched job', () => {
  it('is read once for all who lack the same, and again after a change', async () => {
    const reads: number[] = [];
    const job = new WatchedJob((after) => {
      reads.push(after);
      return Promise.resolve(page);
    });
    await Promise.all([job.page(3), job.page(3), job.page(5), job.page(3)]);
    expect(reads).toEqual([3, 5]);
    const stale = job.page(3);
    job.changed();
    const fresh = job.page(3);
    await Promise.all([stale, fresh]);
    expect(reads).toEqual([3, 5, 3, 3]);
  });

  it('tells of a change that came between the look and the wait', async () => {
    const job = new WatchedJob(() => Promise.resolve(page));
    const { version } = job;
    job.changed();
    await job.untilChanged(version, 60_000, never);
    const waiting = job.untilChanged(job.version, 60_000, never);
    job.changed();
    await waiting;
  });

  it('lets a listener go who is through, and one whose time is over', async () => {
    const job = new WatchedJob(() => Promise.resolve(page));
    const leaving = new AbortController();
    const waiting = job.untilChanged(0, 60_000, leaving.signal);
    leaving.abort();
    await waiting;
    await job.untilChanged(0, 60_000, leaving.signal);
    await job.untilChanged(0, 1, never);
  });
});
