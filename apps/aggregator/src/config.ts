import { loadConfig } from '@app/runtime';
import * as z from 'zod';

/** The environment that the aggregator reads; defaults suit the embedded stack. */
export const config = loadConfig(
  z.object({
    AGGREGATOR_DATABASE_URL: z.url().default('postgres://windfall_aggregator:windfall@127.0.0.1:5432/windfall'),
    /** Statements that take longer are logged, with what they waited for. */
    SLOW_STATEMENT_MS: z.coerce.number().int().min(1).default(1000),
    NATS_URL: z.url().default('nats://127.0.0.1:4222'),
    HEALTH_PORT: z.coerce.number().int().min(0).max(65535).default(3003),
  }),
);
