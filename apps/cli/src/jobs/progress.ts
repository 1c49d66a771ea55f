import { Presets, SingleBar } from 'cli-progress';
import type { Job } from '../gateway/gateway.js';
import type { Output } from '../output.js';
import { countOf } from '../text/format.js';

/** How far a job is: a bar for people, lines of JSON for programs, on stderr. */
export interface Progress {
  show(job: Job): void;
  end(): void;
}

export function progressOf(output: Output, job: Job): Progress {
  return output.isWatched ? new ProgressBar(job) : new ProgressLines(output);
}

class ProgressBar implements Progress {
  private readonly bar: SingleBar;

  constructor(job: Job) {
    const format = `${job.kind} {bar} {percentage} %  {dates}  {duration_formatted}`;
    const options = { format, stream: process.stderr, hideCursor: true, clearOnComplete: true, gracefulExit: false };
    this.bar = new SingleBar(options, Presets.shades_classic);
    this.bar.start(Math.max(1, job.totals.items), doneOf(job), { dates: datesOf(job) });
  }

  show(job: Job): void {
    this.bar.setTotal(Math.max(1, job.totals.items));
    this.bar.update(doneOf(job), { dates: datesOf(job) });
  }

  end(): void {
    this.bar.stop();
  }
}

class ProgressLines implements Progress {
  private last = '';

  constructor(private readonly output: Output) {}

  show({ id, kind, state, totals, updatedAt }: Job): void {
    const facts = { jobId: id, kind, state, ...totals };
    // A job is looked at more often than it changes.
    if (JSON.stringify(facts) === this.last) return;
    this.last = JSON.stringify(facts);
    this.output.progress({ ...facts, updatedAt });
  }

  end(): void {
    // Lines leave nothing behind.
  }
}

function doneOf({ totals }: Pick<Job, 'totals'>): number {
  return totals.completed + totals.failed + totals.blocked + totals.cancelled;
}

/** `4 of 10 dates, 1 failed`. */
function datesOf({ totals }: Job): string {
  const parts = [`${doneOf({ totals })} of ${countOf(totals.items, 'date')}`];
  for (const state of ['failed', 'blocked', 'cancelled'] as const) {
    if (totals[state] > 0) parts.push(`${totals[state]} ${state}`);
  }
  return parts.join(', ');
}
