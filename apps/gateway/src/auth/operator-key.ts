import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';

export const scopes = ['verify', 'repair', 'admin'] as const;
export type Scope = (typeof scopes)[number];

/** Who may write, and what. The key itself is nowhere: only its SHA-256. */
export interface OperatorKey {
  id: string;
  sha256: Buffer;
  scopes: ReadonlySet<Scope>;
}

const operatorKey = z
  .string()
  .regex(/^[\w.-]+:[0-9a-f]{64}:\w+(\+\w+)*$/, 'must read keyId:sha256hex:scope+scope')
  .transform((text): { id: string; sha256: string; scopes: string[] } => {
    const [id = '', sha256 = '', granted = ''] = text.split(':');
    return { id, sha256, scopes: granted.split('+') };
  })
  .pipe(z.object({ id: z.string(), sha256: z.string(), scopes: z.array(z.enum(scopes)) }))
  .transform(({ id, sha256, scopes: granted }): OperatorKey => {
    return { id, sha256: Buffer.from(sha256, 'hex'), scopes: new Set(granted) };
  });

/** `keyId:sha256hex:scope+scope`, several separated by commas. */
export const operatorKeys = z
  .string()
  .transform((text) => text.split(',').map((entry) => entry.trim()))
  .pipe(z.array(operatorKey));

/** The operator whose key was presented, undefined when it is nobody's. Takes the same time whichever key it is. */
export function findOperator(keys: readonly OperatorKey[], presented: string): OperatorKey | undefined {
  const digest = createHash('sha256').update(presented).digest();
  let found: OperatorKey | undefined;
  for (const key of keys) {
    if (timingSafeEqual(key.sha256, digest)) found = key;
  }
  return found;
}

/** Whether a key may do what needs a scope; `admin` may do everything. */
export function permits(key: OperatorKey, scope: Scope): boolean {
  return key.scopes.has(scope) || key.scopes.has('admin');
}
