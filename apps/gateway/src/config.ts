import { isSettlementDate } from '@app/domain';
import * as z from 'zod';
import { operatorKeys } from './auth/operator-key.js';

/** The environment that the gateway reads; defaults suit the embedded stack. */
export const gatewayConfig = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  GATEWAY_DATABASE_URL: z.url().default('postgres://windfall_gateway:windfall@127.0.0.1:5432/windfall'),
  /** Statements that take longer are logged, with what they waited for. */
  SLOW_STATEMENT_MS: z.coerce.number().int().min(1).default(1000),
  NATS_URL: z.url().default('nats://127.0.0.1:4222'),
  /** DynamoDB, or what stands in for it; AWS itself when not set. */
  DYNAMODB_ENDPOINT: z.url().optional(),
  AWS_REGION: z.string().default('eu-west-2'),
  DYNAMODB_DIFFICULTY_TABLE: z.string().default('windfall-difficulty'),
  /** Asked by the diagnostics whether it can be reached, and for nothing else. */
  ELEXON_BASE_URL: z.url().default('https://data.elexon.co.uk/bmrs/api/v1'),
  /** `keyId:sha256hex:scope+scope`, several separated by commas; without any, nothing can be written. */
  OPERATOR_API_KEYS: operatorKeys.default([]),
  /** First date that ought to be there; without it only dates that were ever ingested count as gaps. */
  COVERAGE_FROM: z.string().refine(isSettlementDate, 'must be a settlement date, YYYY-MM-DD').optional(),
  /** Accepted writes of one key in a minute, per replica. */
  WRITES_PER_MINUTE: z.coerce.number().int().min(1).default(120),
});
export type GatewayConfig = z.infer<typeof gatewayConfig>;

/** Injection token of the parsed configuration. */
export const GATEWAY_CONFIG = Symbol('GATEWAY_CONFIG');
