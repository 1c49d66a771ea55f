import { WindfallError } from '@app/domain';
import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { type FastifyRequest } from 'fastify';
import { type Observable, tap } from 'rxjs';
import { GATEWAY_CONFIG, type GatewayConfig } from '../config.js';

const WINDOW_MS = 60_000;

/**
 * Refuses the writes of a key that has had its share of accepted ones in the last minute.
 *
 * Only accepted writes count, and no plan of one, so that a client which corrects its mistakes is not shut out. Each replica counts for itself.
 */
@Injectable()
export class WriteBudgetInterceptor implements NestInterceptor {
  /** When each key's writes of the last minute were accepted, oldest first. */
  private readonly accepted = new Map<string, number[]>();

  constructor(@Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { operator, method, query } = context.switchToHttp().getRequest<FastifyRequest>();
    if (operator === undefined || method === 'GET' || isPlan(query)) return next.handle();
    const now = performance.now();
    const recent = (this.accepted.get(operator.id) ?? []).filter((at) => at > now - WINDOW_MS);
    this.accepted.set(operator.id, recent);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= this.config.WRITES_PER_MINUTE) {
      const retryAfterSeconds = Math.ceil((oldest + WINDOW_MS - now) / 1000);
      const message = `The key ${operator.id} has had its ${this.config.WRITES_PER_MINUTE} writes of this minute; try again in ${retryAfterSeconds} s.`;
      throw new WindfallError('rate-limited', message, { details: { retryAfterSeconds } });
    }
    return next.handle().pipe(tap(() => recent.push(performance.now())));
  }
}

/** A plan writes nothing. */
function isPlan(query: unknown): boolean {
  return (query as { plan?: unknown }).plan === 'true';
}
