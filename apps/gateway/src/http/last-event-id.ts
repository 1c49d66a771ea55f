import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { type ApiHeaderOptions } from '@nestjs/swagger';
import { type FastifyRequest } from 'fastify';
import * as z from 'zod';
import { invalidRequest } from '../problems/field-faults.js';

const name = 'Last-Event-ID';

const lastEventId = z
  .string()
  .regex(/^\d{0,9}$/, 'It must be the id of an event of this stream.')
  .transform((id) => (id === '' ? null : Number(id)));

/** How the header is described with a route that reads it. */
export const lastEventIdHeader: ApiHeaderOptions = {
  name,
  required: false,
  description: 'Id of the last event that was received, as browsers send it by themselves; 0 for all there are',
};

/** Number of the last event that the client has, null when it does not say. */
export const LastEventId = createParamDecorator((_: unknown, context: ExecutionContext): number | null => {
  const given = context.switchToHttp().getRequest<FastifyRequest>().headers['last-event-id'] ?? '';
  const parsed = lastEventId.safeParse(given);
  if (parsed.success) return parsed.data;
  throw invalidRequest(parsed.error, lastEventId, given, name);
});
