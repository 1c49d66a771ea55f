import { isSettlementDate } from '@app/domain';
import { loadConfig } from '@app/runtime';
import * as z from 'zod';

/** The environment that the reconciler reads; defaults suit the embedded stack. */
export const config = loadConfig(
  z.object({
    RECONCILER_DATABASE_URL: z.url().default('postgres://windfall_reconciler:windfall@127.0.0.1:5432/windfall'),
    /** Statements that take longer are logged, with what they waited for. */
    SLOW_STATEMENT_MS: z.coerce.number().int().min(1).default(1000),
    NATS_URL: z.url().default('nats://127.0.0.1:4222'),
    DYNAMODB_ENDPOINT: z.url().optional(),
    AWS_REGION: z.string().default('eu-west-2'),
    DYNAMODB_DIFFICULTY_TABLE: z.string().default('windfall-difficulty'),
    /** A server with the REST API of mempool.space, from which retargets can be fetched. */
    DIFFICULTY_SOURCE_URL: z.url({ protocol: /^https?$/ }).optional(),
    SCHEDULES: z.enum(['on', 'off']).default('on'),
    /** How often it looks for what operators have to know of. */
    ALERT_LOOK_SECONDS: z.coerce.number().int().min(1).default(60),
    COVERAGE_FROM: z.string().refine(isSettlementDate, 'must be a settlement date, YYYY-MM-DD').optional(),
    HEALTH_PORT: z.coerce.number().int().min(0).max(65535).default(3004),
  }),
);
