import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Database, findJobEvents, followJobs, type JobEvents, type StoredJobEvent } from '@app/database';
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { GATEWAY_CONFIG, type GatewayConfig } from '../config.js';
import { WatchedJob } from './watched-job.js';

const EVENTS_AT_ONCE = 200;
/** Proxies cut connections that are silent for longer than half a minute or so. */
const HEARTBEAT_MS = 15_000;
const RETRY_MS = 500;

/** Follows jobs for all who listen, over one connection that Postgres tells of each change. */
@Injectable()
export class JobEventsService implements OnModuleDestroy {
  private readonly logger = new Logger(JobEventsService.name);
  private readonly stop = new AbortController();
  /** Aborted when the gateway ends. */
  readonly stopping = this.stop.signal;
  private readonly jobs = new Map<string, WatchedJob>();
  private following: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {
    // One for each client that listens.
    setMaxListeners(0, this.stopping);
  }

  /** Listeners end, and are told by that to come back; another replica, or the next process, goes on where they were. */
  async onModuleDestroy(): Promise<void> {
    this.stop.abort();
    await this.following;
  }

  /** The first events after one, or since it was queued last; undefined when there is no such job. */
  async first(jobId: string, after: number | null): Promise<JobEvents | undefined> {
    return await findJobEvents(this.database, jobId, { after, limit: EVENTS_AT_ONCE });
  }

  /**
   * Events of a job after one, as they happen, until it has ended; null from time to time while nothing does.
   *
   * @param gone aborted when nobody listens any more
   */
  async *events(jobId: string, after: number, gone: AbortSignal): AsyncGenerator<StoredJobEvent | null> {
    const through = AbortSignal.any([gone, this.stopping]);
    const isOver = (): boolean => through.aborted;
    const job = this.watch(jobId);
    try {
      for (let position = after; !isOver();) {
        const { version } = job;
        const page = await job.page(position);
        for (const event of page?.events ?? []) {
          if (isOver()) return;
          yield event;
          position = event.sequence;
        }
        if (page?.events.length === EVENTS_AT_ONCE) continue;
        if (page === undefined || page.ended) return;
        await job.untilChanged(version, HEARTBEAT_MS, through);
        if (version === job.version) yield null;
      }
    } finally {
      this.unwatch(jobId, job);
    }
  }

  private watch(jobId: string): WatchedJob {
    this.following ??= this.follow();
    const job = this.jobs.get(jobId) ?? new WatchedJob((after) => this.first(jobId, after));
    this.jobs.set(jobId, job);
    job.listeners += 1;
    return job;
  }

  private unwatch(jobId: string, job: WatchedJob): void {
    job.listeners -= 1;
    if (job.listeners === 0) this.jobs.delete(jobId);
  }

  private async follow(): Promise<void> {
    const options = { url: this.config.GATEWAY_DATABASE_URL, applicationName: 'windfall-gateway-jobs' };
    const signal = this.stopping;
    for (let complained = false; !signal.aborted;) {
      const over = new AbortController();
      try {
        const changed = (jobId: string): void => this.jobs.get(jobId)?.changed();
        const listener = await followJobs(options, changed, (reason) => over.abort(reason));
        // What happened before we listened.
        for (const job of this.jobs.values()) job.changed();
        complained = false;
        await aborted(AbortSignal.any([over.signal, signal]));
        await listener.close();
      } catch (error) {
        if (!complained) this.logger.warn({ msg: 'Not told of changes of jobs; trying again', err: error });
        complained = true;
      }
      await delay(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
