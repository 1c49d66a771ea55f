import { loadConfig } from '@app/runtime';
import * as z from 'zod';

/** The environment that ingestion reads; defaults suit the embedded stack. */
export const config = loadConfig(
  z.object({
    INGESTION_DATABASE_URL: z.url().default('postgres://windfall_ingestion:windfall@127.0.0.1:5432/windfall'),
    /** Statements that take longer are logged, with what they waited for. */
    SLOW_STATEMENT_MS: z.coerce.number().int().min(1).default(1000),
    NATS_URL: z.url().default('nats://127.0.0.1:4222'),
    ELEXON_BASE_URL: z
      .url({ protocol: /^https?$/ })
      .transform((url) => url.replace(/\/+$/, ''))
      .default('https://data.elexon.co.uk/bmrs/api/v1'),
    // What others run without trouble (docs/data-sources.md 7).
    ELEXON_MAX_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(4),
    /** Of all replicas together. */
    ELEXON_REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).default(3000),
    SCHEDULES: z.enum(['on', 'off']).default('on'),
    HEALTH_PORT: z.coerce.number().int().min(0).max(65535).default(3001),
  }),
);
