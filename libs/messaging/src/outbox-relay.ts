import {
  claimUnpublishedRows,
  deletePublishedRows,
  followOutbox,
  type HandedRows,
  type Listener,
  markPublished,
  type OutboxSchema,
  publishAgain,
  releaseRows,
  type UnpublishedRow,
} from '@app/database';
import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import { Logger } from '@nestjs/common';
import { Bell } from './bell.js';
import type { Bus } from './bus.js';
import { publish } from './publish.js';
import { relayHere, THIS_PROCESS } from './relayed-here.js';
import { ensureStreams, EVENTS } from './streams.js';

const SWEEP_MS = 5_000;
const RETRY_MS = 500;
const CLEAN_MS = 3_600_000;
const BATCH = 500;

export interface OutboxOptions {
  schema: OutboxSchema;
  /** As the role that owns the schema's outbox. */
  databaseUrl: string;
}

/**
 * Publishes what transactions left in a schema's outbox, woken by their commit. What a transaction of the same process left comes
 * with the waking, claimed; all else is looked for. Rows are sent under their own id, so that one published twice, after a crash in
 * between, is dropped by the stream.
 */
export class OutboxRelay {
  private readonly logger = new Logger(OutboxRelay.name);
  private readonly news = new Bell();
  private working: Promise<void> | undefined;
  private stopping = false;
  /** Creation of the stream that has what we published; undefined while that is in doubt. */
  private stream: string | undefined;
  private checkedAt = 0;
  /** Rows that transactions of this process left for it, claimed. */
  private handed: UnpublishedRow[] = [];
  /** There may be rows that nobody has claimed. */
  private unclaimed = true;
  private sweptAt = 0;
  private cleanedAt = 0;

  constructor(
    private readonly bus: Bus,
    private readonly service: string,
    private readonly options: OutboxOptions,
  ) {}

  start(): void {
    this.bus.onConnect(() => {
      this.stream = undefined;
      this.unclaimed = true;
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
      (handed) => this.hear(handed),
      (reason) => {
        lost = reason;
        this.news.ring();
      },
    );
    this.unclaimed = true;
    const leave = relayHere(schema);
    try {
      for (;;) {
        const last = this.stopping;
        if (this.bus.connected) await this.publishAll(follower);
        else this.handed = [];
        if (last) return;
        await this.news.wait(SWEEP_MS);
        if (lost !== undefined) throw lost;
      }
    } finally {
      leave();
      await follower.close();
    }
  }

  private hear(handed: HandedRows | null): void {
    if (handed === null) this.unclaimed = true;
    else if (handed.relay === THIS_PROCESS) this.handed.push(...handed.rows);
    this.news.ring();
  }

  private async publishAll(follower: Listener): Promise<void> {
    const { client, manager } = await this.bus.jetStream();
    if (this.stream === undefined || Date.now() - this.checkedAt >= SWEEP_MS) await this.checkStream(manager, follower);
    if (Date.now() - this.cleanedAt >= CLEAN_MS) await this.clean(follower);
    if (this.unclaimed || this.stopping || Date.now() - this.sweptAt >= SWEEP_MS) await this.sweep(client, follower);
    if (this.handed.length > 0) await this.publishRows(client, follower, this.handed.splice(0));
  }

  /** Publishes what is claimed by nobody, or by a relay that does not come to it. */
  private async sweep(client: JetStreamClient, follower: Listener): Promise<void> {
    this.unclaimed = false;
    this.sweptAt = Date.now();
    for (let found = BATCH; found === BATCH;) {
      const rows = await claimUnpublishedRows(follower, this.options.schema, BATCH);
      await this.publishRows(client, follower, rows);
      found = rows.length;
    }
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

  private async publishRows(
    client: JetStreamClient,
    follower: Listener,
    rows: readonly UnpublishedRow[],
  ): Promise<void> {
    const { schema } = this.options;
    const results = await Promise.allSettled(rows.map((row) => publish(client, row)));
    const settled = (status: 'fulfilled' | 'rejected'): number[] =>
      rows.filter((_, index) => results[index]?.status === status).map((row) => row.seq);
    const published = settled('fulfilled');
    if (published.length > 0) await markPublished(follower, schema, published);
    const failure = results.find((result) => result.status === 'rejected');
    if (failure === undefined) return;
    await releaseRows(follower, schema, settled('rejected'));
    throw failure.reason;
  }
}
