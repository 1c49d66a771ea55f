import { createHash } from 'node:crypto';
import { type FastifyReply, type FastifyRequest } from 'fastify';

/**
 * Fastify `onSend` hook: gives each successful read a validator and answers 304 when the caller has it already.
 *
 * The tag is a digest of what is sent. Figures, state and revision are all in there, so it changes when one of them does, and
 * when the same data is asked for in another format.
 */
export async function answerUnmodified(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  if (reply.statusCode !== 200 || request.method !== 'GET' || !request.url.startsWith('/api/')) return payload;
  if (typeof payload !== 'string') return payload;
  const tag = `"${createHash('sha256').update(payload).digest('base64url')}"`;
  void reply.header('etag', tag).header('cache-control', 'no-cache').header('vary', 'accept');
  if (!matches(request.headers['if-none-match'], tag)) return payload;
  void reply.code(304).removeHeader('content-type');
  return await Promise.resolve(null);
}

function matches(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  // A proxy that compressed the answer marks the tag as weak; it is still the same data.
  const known = ifNoneMatch.split(',').map((entry) => entry.trim().replace(/^W\//, ''));
  return known.includes(tag) || known.includes('*');
}
