import type { HealthCheck } from '@app/runtime';
import {
  type BeforeApplicationShutdown,
  type DynamicModule,
  Inject,
  Module,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { Bus } from './bus.js';
import { JetStreamStrategy } from './jetstream.strategy.js';
import { type OutboxOptions, OutboxRelay } from './outbox-relay.js';

export interface MessagingOptions {
  /** Name of the service; its durable consumers are called after it. */
  service: string;
  natsUrl: string;
  /** Left out by a service that announces nothing. */
  outbox?: OutboxOptions;
}

/** Passes while NATS can be reached and every consumer of the service receives. */
export class NatsHealth implements HealthCheck {
  readonly name = 'nats';

  constructor(
    private readonly bus: Bus,
    private readonly strategy: JetStreamStrategy,
  ) {}

  check(): Promise<void> {
    return Promise.resolve().then(() => {
      if (!this.bus.connected) throw new Error('NATS cannot be reached');
      this.strategy.check();
    });
  }
}

/** The bus, the strategy for `@OnEvent` handlers and, where asked for, the relay of an outbox. */
@Module({})
export class MessagingModule implements OnModuleInit, BeforeApplicationShutdown, OnApplicationShutdown {
  constructor(
    private readonly bus: Bus,
    private readonly strategy: JetStreamStrategy,
    @Inject(OutboxRelay) private readonly relay: OutboxRelay | undefined,
  ) {}

  static forRoot({ service, natsUrl, outbox }: MessagingOptions): DynamicModule {
    return {
      module: MessagingModule,
      global: true,
      providers: [
        { provide: Bus, useFactory: () => new Bus(natsUrl, service) },
        { provide: JetStreamStrategy, useFactory: (bus: Bus) => new JetStreamStrategy(bus, service), inject: [Bus] },
        {
          provide: OutboxRelay,
          useFactory: (bus: Bus) => (outbox === undefined ? undefined : new OutboxRelay(bus, service, outbox)),
          inject: [Bus],
        },
        {
          provide: NatsHealth,
          useFactory: (bus: Bus, strategy: JetStreamStrategy) => new NatsHealth(bus, strategy),
          inject: [Bus, JetStreamStrategy],
        },
      ],
      exports: [Bus, JetStreamStrategy, NatsHealth],
    };
  }

  onModuleInit(): void {
    this.relay?.start();
  }

  /** Handlers end first, while all they need is still there; then what they announced goes out; then the bus closes. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.strategy.close();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.relay?.stop();
    await this.bus.close();
  }
}
