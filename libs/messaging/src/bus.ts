import { setTimeout as delay } from 'node:timers/promises';
import { type JetStreamClient, jetstream, type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Logger } from '@nestjs/common';

const RETRY_MS = 250;

export interface JetStream {
  client: JetStreamClient;
  manager: JetStreamManager;
}

/** The process's one connection to NATS. It is made in the background and made again for as long as the process lives. */
export class Bus {
  private readonly logger = new Logger(Bus.name);
  private readonly stopping = new AbortController();
  private readonly listeners: (() => void)[] = [];
  private readonly connecting: Promise<NatsConnection | undefined>;
  private connection: NatsConnection | undefined;
  private isUp = false;
  private count = 0;

  constructor(
    private readonly url: string,
    private readonly name: string,
  ) {
    this.connecting = this.open();
  }

  /** Whether a message sent now would go out. */
  get connected(): boolean {
    return this.isUp;
  }

  /** How often a connection was made: another number than before means that the server may be another one, too. */
  get connections(): number {
    return this.count;
  }

  /** Calls the listener at each connection, the first as well as those after a loss. */
  onConnect(listener: () => void): void {
    this.listeners.push(listener);
    if (this.isUp) listener();
  }

  /** JetStream; waits as long as NATS was never reached. */
  async jetStream(): Promise<JetStream> {
    const connection = await this.connecting;
    if (connection === undefined) throw new Error('The service is stopping');
    return { client: jetstream(connection), manager: await jetstreamManager(connection, { checkAPI: false }) };
  }

  /** Sends what is still to be sent, such as acknowledgements, and ends the connection. */
  async close(): Promise<void> {
    this.stopping.abort();
    await this.connecting;
    // A connection that is down has nobody to drain to.
    await (this.isUp ? this.connection?.drain() : this.connection?.close());
  }

  private async open(): Promise<NatsConnection | undefined> {
    for (let complained = false; !this.stopping.signal.aborted;) {
      try {
        const options = { maxReconnectAttempts: -1, reconnectTimeWait: RETRY_MS, ignoreAuthErrorAbort: true };
        this.connection = await connect({ servers: this.url, name: this.name, ...options });
        void this.follow(this.connection);
        this.announce();
        return this.connection;
      } catch (error) {
        if (!complained) this.logger.warn({ msg: 'NATS cannot be reached; trying again', err: error });
        complained = true;
        await delay(RETRY_MS, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
    return undefined;
  }

  private async follow(connection: NatsConnection): Promise<void> {
    for await (const { type } of connection.status()) {
      if (type === 'reconnect') this.announce();
      if (type === 'disconnect') {
        this.isUp = false;
        this.logger.warn('The connection to NATS is lost; trying again');
      }
    }
    this.isUp = false;
  }

  private announce(): void {
    this.isUp = true;
    this.count += 1;
    this.logger.log('Connected to NATS');
    for (const listener of this.listeners) listener();
  }
}
