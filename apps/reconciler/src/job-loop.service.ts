import { followLedgers, type Listener } from '@app/database';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { config } from './config.js';
import { JobRunner } from './job-runner.service.js';

/** Pauses and lost messages show in no ledger, so running items are looked at this often in any case. */
const PULSE_MS = 1_000;

/** Keeps jobs going: at once when a job comes in or a ledger changes, and by a pulse. One advance runs at a time. */
@Injectable()
export class JobLoop implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(JobLoop.name);
  private follower: Listener | undefined;
  private connecting = false;
  private advancing: Promise<void> | undefined;
  private again = false;
  private stopped = false;

  constructor(@Inject(JobRunner) private readonly runner: JobRunner) {}

  onApplicationBootstrap(): void {
    this.runner.whenWoken(() => this.advance());
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.advancing;
    await this.follower?.close();
  }

  @Interval(PULSE_MS)
  pulse(): void {
    if (this.follower === undefined && !this.connecting) void this.follow();
    this.advance();
  }

  private advance(): void {
    this.again = true;
    this.advancing ??= this.advanceUntilIdle().finally(() => {
      this.advancing = undefined;
      // Woken between the last look and here.
      if (this.again && !this.stopped) this.advance();
    });
  }

  private async advanceUntilIdle(): Promise<void> {
    while (this.again && !this.stopped) {
      this.again = false;
      try {
        await this.runner.advance();
      } catch (error) {
        // The next pulse tries again: nothing was stored, and nothing is remembered here.
        this.logger.error({ msg: 'Jobs could not be moved on; trying again', err: error });
      }
    }
  }

  private async follow(): Promise<void> {
    this.connecting = true;
    const options = { url: config.RECONCILER_DATABASE_URL, applicationName: 'windfall-reconciler-ledgers' };
    const lost = (reason: Error): void => {
      this.follower = undefined;
      this.logger.warn({ msg: 'No longer told of ledger changes; connecting again', err: reason });
    };
    try {
      this.follower = await followLedgers(options, () => this.advance(), lost);
    } catch (error) {
      this.logger.warn({ msg: 'Not told of ledger changes yet; trying again', err: error });
    } finally {
      this.connecting = false;
    }
  }
}
