import { loadConfig } from '@app/runtime';
import * as z from 'zod';

/** The environment that the calculator reads; defaults suit the embedded stack. */
export const config = loadConfig(
  z.object({
    CALCULATOR_DATABASE_URL: z.url().default('postgres://windfall_calculator:windfall@127.0.0.1:5432/windfall'),
    /** Statements that take longer are logged, with what they waited for. */
    SLOW_STATEMENT_MS: z.coerce.number().int().min(1).default(1000),
    NATS_URL: z.url().default('nats://127.0.0.1:4222'),
    DYNAMODB_ENDPOINT: z.url().optional(),
    AWS_REGION: z.string().default('eu-west-2'),
    DYNAMODB_DIFFICULTY_TABLE: z.string().default('windfall-difficulty'),
    HEALTH_PORT: z.coerce.number().int().min(0).max(65535).default(3002),
  }),
);
