import { setTimeout as delay } from 'node:timers/promises';
import type { CloudEvent } from '@app/contracts';
import { continueTrace, traceIdOf } from '@app/runtime';
import type { Consumer, ConsumerMessages, JsMsg } from '@nats-io/jetstream';
import { Logger } from '@nestjs/common';
import { Bell } from './bell.js';
import type { Bus } from './bus.js';
import { type Cause, putAway } from './dead-letters.js';
import type { Subscription } from './on-event.js';
import { readEvent } from './read-event.js';
import { causeOf, isLasting, MAX_ATTEMPTS, retryAfterMs } from './retry.js';
import { ACK_WAIT_MS, ensureConsumer, ensureStreams, EVENTS } from './streams.js';

const RETRY_MS = 500;
/** What the stream says is waiting for us comes within a millisecond, unless another replica takes it. */
const MORE_WITHIN_MS = 50;

interface Received {
  message: JsMsg;
  /** When the consumer that delivered it was created. */
  consumer: string;
}

interface Delivery extends Received {
  event: CloudEvent;
}

/** Takes the events of one kind off the stream, hands them over in sets, and settles each by what came of it. */
export class DurableConsumer {
  private readonly logger = new Logger(DurableConsumer.name);
  private readonly stopping = new AbortController();
  private readonly waiting: Received[] = [];
  private readonly held = new Set<JsMsg>();
  private readonly running = new Set<Promise<void>>();
  private readonly room = new Bell();
  private readonly capacity: number;
  private fetching: ConsumerMessages | undefined;
  private receiving: Promise<void> | undefined;
  private keepingAlive: NodeJS.Timeout | undefined;
  private expecting: NodeJS.Timeout | undefined;
  private consumer: string | undefined;
  private receivesNow = false;

  constructor(
    private readonly bus: Bus,
    readonly durable: string,
    private readonly subscription: Subscription,
    private readonly handle: (events: CloudEvent[]) => Promise<void>,
  ) {
    const { maxBatch, concurrency } = subscription.options;
    // One set waits while the others are worked on.
    this.capacity = maxBatch * (concurrency + 1);
  }

  /** Whether it receives what arrives. */
  get bound(): boolean {
    return this.receivesNow && this.bus.connected;
  }

  start(): void {
    this.keepingAlive = setInterval(() => this.keepAlive(), ACK_WAIT_MS / 2);
    // After a loss of the connection the consumer may be another one of the same name.
    this.bus.onConnect(() => this.fetching?.stop());
    this.receiving = this.receive();
  }

  /** Takes nothing more, hands back what was not begun, and returns when what was begun is settled. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.receivesNow = false;
    this.fetching?.stop();
    this.room.ring();
    for (const received of this.waiting.splice(0)) this.settle(received, (message) => message.nak());
    await Promise.all(this.running);
    await this.receiving;
    clearInterval(this.keepingAlive);
  }

  private async receive(): Promise<void> {
    for (let complained = false; !this.isStopping();) {
      try {
        const { client, manager } = await this.bus.jetStream();
        const connections = this.bus.connections;
        await ensureStreams(manager);
        this.consumer = await ensureConsumer(manager, this.durable, this.subscription.contract.channel);
        const consumer = await client.consumers.get(EVENTS, this.durable);
        this.receivesNow = true;
        complained = false;
        while (!this.isStopping() && connections === this.bus.connections) await this.fetch(consumer, this.consumer);
      } catch (error) {
        this.receivesNow = false;
        if (this.isStopping()) return;
        if (!complained) this.logger.warn({ msg: `${this.durable} receives nothing; trying again`, err: error });
        complained = true;
        await delay(RETRY_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }

  private async fetch(from: Consumer, created: string): Promise<void> {
    while (this.held.size >= this.capacity) {
      await this.room.wait();
      if (this.isStopping()) return;
    }
    const free = this.capacity - this.held.size;
    // Missed heartbeats are how we learn that stream or consumer were deleted.
    this.fetching = await from.fetch({ max_messages: free, expires: 10_000, idle_heartbeat: 1_000 });
    if (this.isStopping()) this.fetching.stop();
    for await (const message of this.fetching) this.accept(message, created);
  }

  private accept(message: JsMsg, consumer: string): void {
    if (this.isStopping()) {
      message.nak();
      return;
    }
    this.held.add(message);
    this.waiting.push({ message, consumer });
    if (this.waiting.length >= this.subscription.options.maxBatch) this.pump();
    // What was announced together is handed over together: what has come with this message, and what follows.
    else if (message.info.pending === 0) setImmediate(() => this.pump());
    else this.expecting ??= setTimeout(() => this.pump(), MORE_WITHIN_MS);
  }

  private pump(): void {
    clearTimeout(this.expecting);
    this.expecting = undefined;
    const { maxBatch, concurrency } = this.subscription.options;
    while (this.running.size < concurrency && this.waiting.length > 0) {
      const work = this.work(this.waiting.splice(0, maxBatch)).finally(() => {
        this.running.delete(work);
        this.pump();
      });
      this.running.add(work);
    }
  }

  private async work(set: Received[]): Promise<void> {
    const readable: Delivery[] = [];
    for (const received of set) {
      const read = readEvent(this.subscription.contract, received.message.data);
      if ('event' in read) readable.push({ ...received, event: read.event });
      else await this.bury(received, read.fault);
    }
    if (readable.length > 0) await this.handOver(readable);
  }

  /** Hands over a set; when it fails, each of it alone, so that one bad event holds back no other. */
  private async handOver(set: Delivery[]): Promise<void> {
    const failure = await this.attempt(set);
    if (failure === undefined) return;
    const [only, ...others] = set;
    if (only !== undefined && others.length === 0) {
      await this.fail(only, failure.error);
      return;
    }
    for (const delivery of set) {
      if (this.isStopping()) this.settle(delivery, (message) => message.nak());
      else await this.handOver([delivery]);
    }
  }

  private async attempt(set: Delivery[]): Promise<{ error: unknown } | undefined> {
    const { channel } = this.subscription.contract;
    const events = set.map((delivery) => delivery.event);
    const startedAt = performance.now();
    try {
      const traceparents = events.map((event) => event.traceparent);
      await continueTrace(`handle ${channel}`, traceparents, () => this.handle(events));
    } catch (error) {
      return { error };
    }
    const ms = Math.round(performance.now() - startedAt);
    for (const delivery of set) {
      this.settle(delivery, (message) => message.ack());
      const { id, traceparent } = delivery.event;
      const attempt = delivery.message.info.deliveryCount;
      this.logger.log({
        msg: `${channel} handled`,
        event: id,
        attempt,
        ms,
        set: set.length,
        trace_id: traceIdOf(traceparent),
      });
    }
    return undefined;
  }

  private async fail(delivery: Delivery, error: unknown): Promise<void> {
    // What was broken off by our own end says nothing about the event.
    if (this.isStopping()) {
      this.settle(delivery, (message) => message.nak());
      return;
    }
    const attempt = delivery.message.info.deliveryCount;
    if (isLasting(error) || attempt >= MAX_ATTEMPTS) {
      await this.bury(delivery, causeOf(error), delivery.event);
      return;
    }
    const delayMs = retryAfterMs(attempt);
    const { id, traceparent } = delivery.event;
    const msg = `${this.subscription.contract.channel} failed; again in ${delayMs} ms`;
    this.logger.warn({ msg, event: id, attempt, err: error, trace_id: traceIdOf(traceparent) });
    this.settle(delivery, (message) => message.nak(delayMs));
  }

  private async bury(received: Received, cause: Cause, event?: CloudEvent): Promise<void> {
    const { message } = received;
    try {
      await putAway(await this.bus.jetStream(), message, this.durable, cause);
      // No reason is given: nats-server 2.9 would ignore the whole call.
      this.settle(received, () => message.term());
      const trace_id = traceIdOf(event?.traceparent);
      this.logger.error({
        msg: 'An event became a dead letter',
        durable: this.durable,
        event: event?.id,
        cause,
        trace_id,
      });
    } catch (error) {
      this.logger.warn({ msg: `${this.durable} could not put away a dead letter; trying again`, err: error });
      this.settle(received, () => message.nak(RETRY_MS));
    }
  }

  private settle({ message, consumer }: Received, answer: (message: JsMsg) => void): void {
    this.held.delete(message);
    this.room.ring();
    // A consumer made anew numbers its messages from one again: our answer would be taken for another message.
    if (this.bus.connected && consumer === this.consumer) answer(message);
  }

  private isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  private keepAlive(): void {
    if (this.bus.connected) for (const message of this.held) message.working();
  }
}
