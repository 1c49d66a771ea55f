import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { type PeriodAnswer, type ThreadReading } from './read-period.js';
import { type SharedUnits, UnitSharing } from './shared-units.js';

/** So many megabytes does the largest answer that is accepted take when it is parsed, several times over. */
const THREAD_HEAP_MB = 384;
const MAX_THREADS = 2;
/** A new thread has all of its code to compile, so that it reads its first day more slowly than those that follow. */
const IDLE_MS = 60_000;

/** An answer on its way to a thread. */
export interface SentAnswer extends Omit<PeriodAnswer, 'windUnits'> {
  readonly windUnits: SharedUnits;
}

/** Reads answers, wherever. */
export interface PeriodReader {
  read(answer: PeriodAnswer): ThreadReading | Promise<ThreadReading>;
}

/** Under which the module provides its reader. */
export const PERIOD_READER = Symbol('PeriodReader');

/**
 * Reads answers in threads of their own. A busy day is 18 MB of JSON, of which a few hundred kB are kept: read in the main
 * thread, it would hold up the receiving of the next answers, and its garbage would stay in the heap of a process that
 * otherwise needs little. Threads that are idle end, and their memory goes with them.
 */
export class PeriodReadingThreads implements PeriodReader {
  private readonly threads = new Piscina<SentAnswer, ThreadReading>({
    filename: new URL('./read-period.worker.js', import.meta.url).href,
    minThreads: 0,
    maxThreads: Math.min(MAX_THREADS, availableParallelism()),
    idleTimeout: IDLE_MS,
    resourceLimits: { maxOldGenerationSizeMb: THREAD_HEAP_MB, maxYoungGenerationSizeMb: 32 },
  });

  private readonly units = new UnitSharing();

  async read(answer: PeriodAnswer): Promise<ThreadReading> {
    const sent = { ...answer, windUnits: this.units.share(answer.windUnits) };
    return await this.threads.run(sent, { transferList: [answer.body.buffer] });
  }

  /** Ends the threads; what they are reading is broken off. */
  async close(): Promise<void> {
    await this.threads.destroy();
  }
}
