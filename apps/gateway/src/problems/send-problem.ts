import { type ErrorDetails } from '@app/domain';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Problem, type ProblemCode, problemKinds } from './problem.js';

/** What is refused, and why. */
export interface Refusal {
  code: ProblemCode;
  detail: string;
  details?: ErrorDetails;
}

const RETRY_AFTER_SECONDS = 5;

/** Answers a request with problem details. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  { code, detail, details = {} }: Refusal,
): void {
  const { status, title } = problemKinds[code];
  const problem: Problem = {
    type: `urn:windfall:problem:${code}`,
    title,
    status,
    detail,
    instance: pathOf(request),
    code,
    requestId: request.id,
  };
  // Whoever threw has shaped these as they are served: the validation here, or the reconciler in its reply.
  for (const name of ['errors', 'holder', 'changes'] as const)
    if (name in details) Object.assign(problem, { [name]: details[name] });
  if (status === 401) void reply.header('www-authenticate', 'Bearer');
  if (status === 429 || status === 503) {
    const { retryAfterSeconds } = details;
    void reply.header('retry-after', typeof retryAfterSeconds === 'number' ? retryAfterSeconds : RETRY_AFTER_SECONDS);
  }
  // Serialized here: Fastify would send an object of this media type as it sends text.
  void reply.code(status).type('application/problem+json').send(JSON.stringify(problem));
}

/** Where a request went, without its query. */
export function pathOf({ url }: FastifyRequest): string {
  return url.split('?')[0] ?? url;
}

/** Fastify's `frameworkErrors`: an address that cannot be decoded or whose parts are too long has no route and no filter. */
export function refuseAddress(_error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(request, reply, {
    code: 'malformed-request',
    detail: 'The address is not one: a part of it is too long, or its percent signs do not decode.',
  });
}
