import { type ErrorDetails, WindfallError } from '@app/domain';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { RouteTable } from '../http/route-table.js';
import { isOutage } from './outage.js';
import { type Problem, type ProblemCode, problemKinds } from './problem.js';

interface Refusal {
  code: ProblemCode;
  detail: string;
  details?: ErrorDetails;
}

const RETRY_AFTER_SECONDS = 5;

/** Turns whatever is thrown into problem details. What nobody foresaw is logged, and tells the caller nothing but its id. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  constructor(private readonly routes: RouteTable) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const path = request.url.split('?')[0] ?? request.url;
    const { code, detail, details = {} } = this.refusalOf(error, request.method, path);
    const { status, title } = problemKinds[code];
    if (status >= 500) this.logger.error({ msg: detail, err: error, code, request_id: request.id });

    const body: Problem = {
      type: `urn:windfall:problem:${code}`,
      title,
      status,
      detail,
      instance: path,
      code,
      requestId: request.id,
    };
    // What the domain names so is shaped as it is served: by the validation here, by the reconciler's reply.
    Object.assign(body, pick(details, ['errors', 'holder']));
    if (status === 401) void reply.header('www-authenticate', 'Bearer');
    if (status === 405) void reply.header('allow', this.routes.methodsOf(path).join(', '));
    if (status === 429 || status === 503) {
      const { retryAfterSeconds } = details;
      void reply.header('retry-after', typeof retryAfterSeconds === 'number' ? retryAfterSeconds : RETRY_AFTER_SECONDS);
    }
    // Serialized here: a media type of its own would otherwise be sent as text.
    void reply.code(status).type('application/problem+json').send(JSON.stringify(body));
  }

  private refusalOf(error: unknown, method: string, path: string): Refusal {
    if (error instanceof WindfallError) return { code: error.code, detail: error.message, details: error.details };
    if (error instanceof HttpException) return this.requestRefusal(error, method, path);
    if (isOutage(error))
      return { code: 'unavailable', detail: 'The store of figures cannot be reached; try again soon.' };
    return { code: 'internal-error', detail: 'Something went wrong here; the request id leads to it in the log.' };
  }

  /** Refused by the framework, before any of our code ran. */
  private requestRefusal(error: HttpException, method: string, path: string): Refusal {
    switch (error.getStatus()) {
      case 404: {
        const allowed = this.routes.methodsOf(path);
        if (allowed.length === 0) return { code: 'unknown-route', detail: `There is nothing at ${path}; see /docs.` };
        return { code: 'method-not-allowed', detail: `${path} does not take ${method}, only ${allowed.join(', ')}.` };
      }
      case 403:
        return { code: 'not-permitted', detail: 'This route states no scope, so nobody may use it.' };
      case 413:
        return { code: 'request-too-large', detail: 'The body is larger than 1 MiB.' };
      case 415:
        return { code: 'unsupported-media-type', detail: 'Send the body as application/json.' };
      default:
        return { code: 'malformed-request', detail: `${error.message.replace(/\.$/, '')}.` };
    }
  }
}

function pick(details: ErrorDetails, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(details).filter(([name]) => names.includes(name)));
}
