import { Presets, SingleBar } from 'cli-progress';
import type { Job, JobItem } from '../gateway/gateway.js';
import type { Output } from '../output.js';
import { countOf } from '../text/format.js';

/** What happened to a job, or to one of its dates. */
export type JobEvent =
  | (Pick<JobItem, 'settlementDate' | 'state' | 'attempts' | 'cause' | 'before' | 'after'> & { at: string })
  | (Pick<Job, 'state' | 'cause' | 'totals'> & { settlementDate?: undefined; at: string });

/** How far a job is: a bar for people, lines of JSON for programs, on stderr. */
export interface Progress {
  tell(event: JobEvent): void;
  end(): void;
}

export function progressOf(output: Output, job: Job): Progress {
  return output.isWatched ? new ProgressBar(job) : new ProgressLines(output, job);
}

const ends = ['completed', 'failed', 'blocked', 'cancelled'] as const;

class ProgressBar implements Progress {
  private readonly bar: SingleBar;
  private readonly states = new Map<string, JobItem['state']>();
  /** Dates that an earlier run completed, of a job that was resumed. */
  private completedBefore = 0;

  constructor(private readonly job: Job) {
    const format = `${job.kind} {bar} {percentage} %  {dates}  {duration_formatted}`;
    const options = { format, stream: process.stderr, hideCursor: true, clearOnComplete: true, gracefulExit: false };
    this.bar = new SingleBar(options, Presets.shades_classic);
    this.bar.start(Math.max(1, job.totals.items), 0, { dates: this.dates(0) });
  }

  tell(event: JobEvent): void {
    if (event.settlementDate !== undefined) this.states.set(event.settlementDate, event.state);
    else if (event.state === 'queued') this.begin(event.totals.completed);
    const done = ends.reduce((sum, state) => sum + this.count(state), this.completedBefore);
    this.bar.update(done, { dates: this.dates(done) });
  }

  end(): void {
    this.bar.stop();
  }

  private begin(completedBefore: number): void {
    this.states.clear();
    this.completedBefore = completedBefore;
  }

  /** `4 of 10 dates, 1 failed`. */
  private dates(done: number): string {
    const parts = [`${done} of ${countOf(this.job.totals.items, 'date')}`];
    for (const state of ['failed', 'blocked', 'cancelled'] as const) {
      if (this.count(state) > 0) parts.push(`${this.count(state)} ${state}`);
    }
    return parts.join(', ');
  }

  private count(state: JobItem['state']): number {
    return [...this.states.values()].filter((candidate) => candidate === state).length;
  }
}

/** Each event as it came, with the job that it is of. */
class ProgressLines implements Progress {
  constructor(
    private readonly output: Output,
    private readonly job: Job,
  ) {}

  tell(event: JobEvent): void {
    this.output.progress({ jobId: this.job.id, kind: this.job.kind, ...event });
  }

  end(): void {
    // Lines leave nothing behind.
  }
}
