import type { CloudEvent, EventContract } from '@app/contracts';
import { Catch, type ExceptionFilter, UseFilters } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import { type Observable, throwError } from 'rxjs';

/** Tells our handlers from those of other transports of the same process. */
export const JETSTREAM = Symbol('JETSTREAM');

export interface OnEventOptions {
  /** How many events a handler takes at once at most; default 31. */
  maxBatch?: number;
  /** How many sets are handled at the same time; default 1. */
  concurrency?: number;
}

export interface Subscription {
  contract: EventContract;
  options: Required<OnEventOptions>;
}

/** Nest would replace an error by "Internal server error", and nobody could tell a passing one from a lasting one. */
@Catch()
class RethrowFilter implements ExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

/**
 * Makes a controller's method the handler of an event. It takes a list: what arrives while it works is handed over as one
 * set, so that sets of days arise under load while a single day waits for nothing.
 *
 * The events are acknowledged when it returns. When it throws they are handed over again one by one, and then again
 * later those that fail; an error that says `retryable: false` ends as a dead letter at once.
 */
export function OnEvent<Data>(contract: EventContract<Data>, options: OnEventOptions = {}) {
  const subscription: Subscription = { contract, options: { maxBatch: 31, concurrency: 1, ...options } };
  return <Method extends (events: CloudEvent<Data>[]) => Promise<void>>(
    target: object,
    key: string,
    descriptor: TypedPropertyDescriptor<Method>,
  ): void => {
    const handles = EventPattern(contract.channel, JETSTREAM, { subscription }) as MethodDecorator;
    handles(target, key, descriptor);
    UseFilters(RethrowFilter)(target, key, descriptor);
  };
}
