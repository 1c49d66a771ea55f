import { WindfallError } from '@app/domain';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { RouteTable } from '../http/route-table.js';
import { isOutage } from './outage.js';
import { problemKinds } from './problem.js';
import { pathOf, type Refusal, sendProblem } from './send-problem.js';

/** Turns whatever is thrown into problem details. What nobody foresaw is logged, and tells the caller nothing but its id. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  constructor(private readonly routes: RouteTable) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const refusal = this.refusalOf(error, request);
    const { code, detail } = refusal;
    if (problemKinds[code].status >= 500) {
      this.logger.error({ msg: detail, err: error, code, request_id: request.id });
    }
    if (code === 'method-not-allowed') void reply.header('allow', this.routes.methodsOf(pathOf(request)).join(', '));
    sendProblem(request, reply, refusal);
  }

  private refusalOf(error: unknown, request: FastifyRequest): Refusal {
    if (error instanceof WindfallError) return { code: error.code, detail: error.message, details: error.details };
    if (error instanceof HttpException) return this.unhandled(error, request);
    if (isOutage(error)) return { code: 'unavailable', detail: 'The database cannot be reached; try again soon.' };
    return { code: 'internal-error', detail: 'Something went wrong here; the request id leads to it in the log.' };
  }

  /** What the framework refuses by itself, before any of our code runs. */
  private unhandled(error: HttpException, request: FastifyRequest): Refusal {
    const path = pathOf(request);
    switch (error.getStatus()) {
      case 404: {
        const allowed = this.routes.methodsOf(path);
        if (allowed.length === 0) return { code: 'unknown-route', detail: `There is nothing at ${path}; see /docs.` };
        return { code: 'method-not-allowed', detail: `${path} takes ${allowed.join(', ')}, not ${request.method}.` };
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
