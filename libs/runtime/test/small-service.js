// A small service, started from the built library as a process of its own by start-service.int-spec.ts.
import { telemetry } from '../../../dist/libs/runtime/src/tracing.js';
import { HEALTH_CHECKS, loadConfig, startService } from '../../../dist/libs/runtime/src/index.js';
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { Controller, Get, Logger, Module, Param } from '@nestjs/common';
import { z } from 'zod';

const config = loadConfig(
  z.object({ PORT: z.coerce.number().int(), STORE_FILE: z.string(), OPTIONAL: z.string().optional() }),
);

class Things {
  logger = new Logger('Things');

  async get(id) {
    this.logger.log({ msg: 'asked', id });
    if (id === 'slow') await delay(500);
    if (id === 'fatal') void Promise.reject(new Error('nobody caught this'));
    return { id };
  }
}
Get(':id')(Things.prototype, 'get', Object.getOwnPropertyDescriptor(Things.prototype, 'get'));
Param('id')(Things.prototype, 'get', 0);
Controller('things')(Things);

const store = {
  name: 'store',
  check: () => (existsSync(config.STORE_FILE) ? Promise.resolve() : Promise.reject(new Error('there is no store'))),
};

class FixtureModule {}
Module({ controllers: [Things], providers: [{ provide: HEALTH_CHECKS, useValue: [store] }] })(FixtureModule);

await startService({ name: 'fixture', module: FixtureModule, port: config.PORT, telemetry });
