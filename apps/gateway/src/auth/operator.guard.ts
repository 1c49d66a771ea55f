import { WindfallError } from '@app/domain';
import { type CanActivate, createParamDecorator, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { type FastifyRequest } from 'fastify';
import { GATEWAY_CONFIG, type GatewayConfig } from '../config.js';
import { findOperator, type OperatorKey, permits, type Scope } from './operator-key.js';
import { REQUIRED_SCOPE } from './requires-scope.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who writes; set by the guard of routes that require a scope. */
    operator?: OperatorKey;
  }
}

const reads: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Lets reads pass, and whoever presents an operator key with the scope that the route states. */
@Injectable()
export class OperatorGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const scope = this.reflector.get<Scope | undefined>(REQUIRED_SCOPE, context.getHandler());
    if (scope === undefined) return reads.has(request.method);
    const operator = this.operatorOf(request.headers.authorization);
    // Whatever is logged of this request from now on says whose it is.
    request.log = request.log.child({ operatorKey: operator.id });
    if (!permits(operator, scope)) {
      const message = `The operator key ${operator.id} lacks the scope ${scope}; use one that has it.`;
      throw new WindfallError('not-permitted', message, { details: { scope } });
    }
    request.operator = operator;
    return true;
  }

  private operatorOf(authorization = ''): OperatorKey {
    const [, presented] = /^Bearer ([\w~+/.-]+=*)$/i.exec(authorization) ?? [];
    const operator = presented === undefined ? undefined : findOperator(this.config.OPERATOR_API_KEYS, presented);
    if (operator !== undefined) return operator;
    const fault = authorization === '' ? 'No operator key was given' : 'This is not an operator key that is known here';
    throw new WindfallError('not-authenticated', `${fault}; send one as Authorization: Bearer KEY.`);
  }
}

/** Id of the operator key that the request came with. */
export const OperatorId = createParamDecorator((_: unknown, context: ExecutionContext): string => {
  const { operator } = context.switchToHttp().getRequest<FastifyRequest>();
  if (operator === undefined) throw new Error('A route without a required scope has no operator');
  return operator.id;
});
