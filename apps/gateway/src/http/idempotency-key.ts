import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type ApiHeaderOptions } from '@nestjs/swagger';
import { type FastifyRequest } from 'fastify';
import * as z from 'zod';
import { invalidRequest } from '../problems/field-faults.js';

const name = 'Idempotency-Key';

const idempotencyKey = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, 'It must have 1 to 200 visible ASCII characters.')
  .nullable();

/** How the header is described with a route that reads it. */
export const idempotencyHeader: ApiHeaderOptions = {
  name,
  required: false,
  description: 'The same key with the same body gives the first answer again, for 24 hours',
};

/** The request's Idempotency-Key, null without one. */
export const IdempotencyKey = createParamDecorator((_: unknown, context: ExecutionContext): string | null => {
  const given = context.switchToHttp().getRequest<FastifyRequest>().headers['idempotency-key'] ?? null;
  const parsed = idempotencyKey.safeParse(given);
  if (parsed.success) return parsed.data;
  throw invalidRequest(parsed.error, idempotencyKey, given, name);
});
