import { applyDecorators, type CustomDecorator, SetMetadata } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';
import { type Scope } from './operator-key.js';

export const REQUIRED_SCOPE = 'requiredScope';

/** States the scope that an operator key needs for a route; each route that is not a plain read has to have it. */
export function RequiresScope(scope: Scope): MethodDecorator {
  const setScope: CustomDecorator = SetMetadata(REQUIRED_SCOPE, scope);
  return applyDecorators(setScope, ApiSecurity('bearer', [scope]));
}
