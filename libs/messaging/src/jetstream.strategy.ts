import type { CloudEvent } from '@app/contracts';
import { metrics } from '@opentelemetry/api';
import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import type { Bus } from './bus.js';
import { countDeadLetters } from './dead-letters.js';
import { DurableConsumer } from './durable-consumer.js';
import { JETSTREAM, type Subscription } from './on-event.js';
import { EVENTS } from './streams.js';

/** Nest's transport for `@OnEvent` handlers: one durable consumer for each, shared by all replicas of the service. */
export class JetStreamStrategy extends Server implements CustomTransportStrategy {
  override readonly transportId = JETSTREAM;
  override readonly propagatesEventHandlerErrors = true;
  private readonly consumers: DurableConsumer[] = [];

  constructor(
    private readonly bus: Bus,
    private readonly service: string,
  ) {
    super();
  }

  override addHandler(
    channel: string,
    handler: MessageHandler,
    _isEvent?: boolean,
    extras: Record<string, unknown> = {},
  ): void {
    if (!('subscription' in extras)) return;
    const subscription = extras.subscription as Subscription;
    const durable = `${this.service}_${channel.replace(/\.v(\d+)$/, '_v$1').replaceAll('.', '-')}`;
    const handle = async (events: CloudEvent[]): Promise<void> => {
      await lastValueFrom(this.transformToObservable(handler(events)), { defaultValue: undefined });
    };
    this.consumers.push(new DurableConsumer(this.bus, durable, subscription, handle));
  }

  /** Returns at once, whether NATS can be reached or not: each consumer goes on trying. */
  listen(callback: () => void): void {
    for (const consumer of this.consumers) consumer.start();
    this.measure();
    callback();
  }

  async close(): Promise<void> {
    await Promise.all(this.consumers.map((consumer) => consumer.stop()));
  }

  /** @throws when some events are not received now */
  check(): void {
    const unbound = this.consumers.filter((consumer) => !consumer.bound).map((consumer) => consumer.durable);
    if (unbound.length > 0) throw new Error(`Not receiving: ${unbound.join(', ')}`);
  }

  on(): never {
    throw new Error('Consumers log what happens to them; there is nothing to subscribe to');
  }

  unwrap(): never {
    throw new Error('The connection is the bus, which can be injected');
  }

  /** Asked of the server only when somebody reads the metrics. */
  private measure(): void {
    const meter = metrics.getMeter('windfall');
    const lag = meter.createObservableGauge('windfall_consumer_lag', { description: 'Events not yet handled' });
    const unacknowledged = meter.createObservableGauge('windfall_consumer_unacknowledged', {
      description: 'Events that a handler works on',
    });
    const redelivered = meter.createObservableGauge('windfall_consumer_redelivered', {
      description: 'Events that a handler works on again',
    });
    const dead = meter.createObservableGauge('windfall_dead_letters', { description: 'Events given up' });
    meter.addBatchObservableCallback(
      async (result) => {
        if (!this.bus.connected) return;
        const { manager } = await this.bus.jetStream();
        const deadLetters = await countDeadLetters({ manager });
        for (const { durable } of this.consumers) {
          const info = await manager.consumers.info(EVENTS, durable);
          result.observe(lag, info.num_pending + info.num_ack_pending, { durable });
          result.observe(unacknowledged, info.num_ack_pending, { durable });
          result.observe(redelivered, info.num_redelivered, { durable });
          result.observe(dead, deadLetters[durable] ?? 0, { durable });
        }
      },
      [lag, unacknowledged, redelivered, dead],
    );
  }
}
