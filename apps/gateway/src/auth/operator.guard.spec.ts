import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { Reflector } from '@nestjs/core';
import { describe, expect, it } from '@jest/globals';
import { gatewayConfig } from '../config.js';
import { OperatorGuard } from './operator.guard.js';

describe('a route that states no scope', () => {
  // Whoever wrote it forgot @RequiresScope.
  const handler = (): void => undefined;
  const guard = new OperatorGuard(new Reflector(), gatewayConfig.parse({}));

  it.each([
    ['GET', true],
    ['HEAD', true],
    ['POST', false],
    ['PUT', false],
    ['PATCH', false],
    ['DELETE', false],
  ])('is open to a %s: %p', (method, open) => {
    const context = new ExecutionContextHost([{ method, headers: {} }], null, handler);
    expect(guard.canActivate(context)).toBe(open);
  });
});
