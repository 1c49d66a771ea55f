import { Logger } from '@nestjs/common';
import { metrics } from '@opentelemetry/api';
import { type StatementWait } from './queries/diagnostics/find-wait.js';
import { statementName } from './statement-name.js';

export interface StatementWatchOptions {
  /** From when on a statement counts as slow, milliseconds. */
  slowMs: number;
  /** What a statement that is still running waits for. */
  findWait: (statement: string) => Promise<StatementWait | undefined>;
}

/**
 * Times each statement under its name, waiting for a connection included, and logs the slow ones with what they waited for while
 * they ran. Parameters are never looked at.
 */
export class StatementWatch {
  private readonly logger = new Logger(StatementWatch.name);
  private readonly durations = metrics.getMeter('windfall').createHistogram('windfall_statement_duration', {
    description: 'Time from asking for a statement to its result',
    unit: 's',
    advice: { explicitBucketBoundaries: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30] },
  });

  constructor(private readonly options: StatementWatchOptions) {}

  async time(statement: string, work: () => Promise<unknown>): Promise<unknown> {
    const name = statementName(statement);
    const startedAt = performance.now();
    let wait: Promise<StatementWait | undefined> | undefined;
    // Looked up when it becomes slow: once it is over nobody can tell any more.
    const becomesSlow = setTimeout(() => {
      wait = this.options.findWait(statement).catch(() => undefined);
    }, this.options.slowMs);
    try {
      return await work();
    } finally {
      clearTimeout(becomesSlow);
      const ms = performance.now() - startedAt;
      this.durations.record(ms / 1000, { statement: name });
      if (ms >= this.options.slowMs) void this.complain(name, ms, wait);
    }
  }

  private async complain(
    statement: string,
    ms: number,
    wait: Promise<StatementWait | undefined> | undefined,
  ): Promise<void> {
    const found = await wait;
    // Without a wait it computed, or never got a connection of the pool.
    this.logger.warn({ msg: 'slow statement', statement, ms: Math.round(ms), wait: found ?? null });
  }
}
