import {
  claimUnpublishedRows,
  deletePublishedRows,
  followOutbox,
  type Listener,
  markPublished,
  type OutboxSchema,
  publishAgain,
  releaseRows,
} from '@app/database';
import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import { Logger } from '@nestjs/common';
import { Bell } from './bell.js';
import type { Bus } from './bus.js';
import { publish } from './publish.js';
import { ensureStreams, EVENTS } from './streams.js';

const SWEEP_MS = 5_000;
const RETRY_MS = 500;
const CLEAN_MS = 3_600_000;
const BATCH = 500;
/** Longer than publishing can take; what a relay had claimed that was killed waits for so long. */
const CLAIM_SECONDS = 7;

export interface OutboxOptions {
  schema: OutboxSchema;
  /** As the role that owns the schema's outbox. */
  databaseUrl: string;
}

/**
 * Publishes what transactions left in a schema's outbox, woken by their commit. Rows are sent in their order and under their
 * own id, so that one published twice, after a crash in between, is dropped by the stream.
 */
export class OutboxRelay {
  private readonly logger = new Logger(OutboxRelay.name);
  private readonly news = new Bell();
  private working: Promise<void> | undefined;
  private stopping = false;
  /** Creation of the stream that has what we published; undefined while that is in doubt. */
  private stream: string | undefined;
  private checkedAt = 0;
  private cleanedAt = 0;

  constructor(
    private readonly bus: Bus,
    private readonly service: string,
    private readonly options: OutboxOptions,
  ) {}

  start(): void {
    this.bus.onConnect(() => {
      this.stream = undefined;
      this.news.ring();
    });
    this.working = this.work();
  }

  /** Publishes what is there and ends. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.news.ring();
    await this.working;
  }

  private async work(): Promise<void> {
    for (let complained = false; ;) {
      try {
        await this.follow();
        return;
      } catch (error) {
        if (!complained) this.logger.warn({ msg: 'The outbox is not relayed; trying again', err: error });
        complained = true;
        this.stream = undefined;
        await this.news.wait(RETRY_MS);
        if (this.stopping) return;
      }
    }
  }

  private async follow(): Promise<void> {
    const { schema, databaseUrl: url } = this.options;
    let lost: Error | undefined;
    const follower = await followOutbox(
      { url, schema, applicationName: `windfall-${this.service}-outbox` },
      () => this.news.ring(),
      (reason) => {
        lost = reason;
        this.news.ring();
      },
    );
    try {
      for (;;) {
        const last = this.stopping;
        if (this.bus.connected) await this.publishAll(follower);
        if (last) return;
        await this.news.wait(SWEEP_MS);
        if (lost !== undefined) throw lost;
      }
    } finally {
      await follower.close();
    }
  }

  private async publishAll(follower: Listener): Promise<void> {
    const { client, manager } = await this.bus.jetStream();
    if (this.stream === undefined || Date.now() - this.checkedAt >= SWEEP_MS) await this.checkStream(manager, follower);
    if (Date.now() - this.cleanedAt >= CLEAN_MS) await this.clean(follower);
    for (let found = BATCH; found === BATCH;) found = await this.publishSome(client, follower);
  }

  /** Publishes again what the stream may have lost: after a new connection, a failure, or when it was made anew. */
  private async checkStream(manager: JetStreamManager, follower: Listener): Promise<void> {
    await ensureStreams(manager);
    const { created } = await manager.streams.info(EVENTS);
    if (created !== this.stream) {
      await publishAgain(follower, this.options.schema, created);
    }
    this.stream = created;
    this.checkedAt = Date.now();
  }

  private async clean(follower: Listener): Promise<void> {
    await deletePublishedRows(follower, this.options.schema);
    this.cleanedAt = Date.now();
  }

  private async publishSome(client: JetStreamClient, follower: Listener): Promise<number> {
    const { schema } = this.options;
    const rows = await claimUnpublishedRows(follower, schema, BATCH, CLAIM_SECONDS);
    if (rows.length === 0) return 0;
    const results = await Promise.allSettled(rows.map((row) => publish(client, row)));
    const settled = (status: 'fulfilled' | 'rejected'): number[] =>
      rows.filter((_, index) => results[index]?.status === status).map((row) => row.seq);
    const published = settled('fulfilled');
    if (published.length > 0) await markPublished(follower, schema, published);
    const failure = results.find((result) => result.status === 'rejected');
    if (failure === undefined) return rows.length;
    await releaseRows(follower, schema, settled('rejected'));
    throw failure.reason;
  }
}
