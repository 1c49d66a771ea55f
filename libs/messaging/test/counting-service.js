// A service that is killed and started again by exactly-once.int-spec.ts, from the built library. It counts each requested
// day once, as ours do: by looking whether the work is done, in the transaction that does and announces it.
import { curtailmentIngestedV1, ingestionRequestedV1 } from '../../../dist/libs/contracts/src/index.js';
import { Database } from '../../../dist/libs/database/src/index.js';
import {
  addToOutbox,
  JetStreamStrategy,
  MessagingModule,
  newEvent,
  OnEvent,
} from '../../../dist/libs/messaging/src/index.js';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';

const { DATABASE_URL, NATS_URL } = process.env;
const database = new Database({ url: DATABASE_URL, applicationName: 'counting-service', poolSize: 2 });

class Counter {
  async count(events) {
    await database.transaction(async (transaction) => {
      for (const event of events) {
        const { settlementDate } = event.data;
        await transaction.query('insert into runs values ($1)', [settlementDate]);
        const [counted] = await transaction.query(
          'insert into counted values ($1) on conflict do nothing returning settlement_date',
          [settlementDate],
        );
        if (counted === undefined) continue;
        const data = { ...curtailmentIngestedV1.example.data, settlementDate };
        const fact = newEvent(curtailmentIngestedV1, data, { source: 'ingestion', causation: event });
        await addToOutbox(transaction, 'ingestion', [fact]);
      }
    });
  }
}
OnEvent(ingestionRequestedV1, { maxBatch: 5, concurrency: 2 })(
  Counter.prototype,
  'count',
  Object.getOwnPropertyDescriptor(Counter.prototype, 'count'),
);
Controller()(Counter);

class CountingModule {}
Module({
  imports: [
    MessagingModule.forRoot({
      service: 'ingestion',
      natsUrl: NATS_URL,
      outbox: { schema: 'ingestion', databaseUrl: DATABASE_URL },
    }),
  ],
  controllers: [Counter],
})(CountingModule);

const app = await NestFactory.create(CountingModule, new FastifyAdapter(), { logger: false });
app.connectMicroservice({ strategy: app.get(JetStreamStrategy) });
await app.init();
await app.startAllMicroservices();
