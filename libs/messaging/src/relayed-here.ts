import { randomUUID } from 'node:crypto';
import type { OutboxSchema } from '@app/database';

/** By which the outbox relays of this process know the rows that were left for them. */
export const THIS_PROCESS = randomUUID();

const schemas = new Map<OutboxSchema, number>();

/** A relay of this process hears of the rows of a schema from now on. @returns what ends that */
export function relayHere(schema: OutboxSchema): () => void {
  const count = (change: number): void => void schemas.set(schema, (schemas.get(schema) ?? 0) + change);
  count(1);
  return () => count(-1);
}

/** Whether rows of a schema can be left for a relay of this process. */
export function isRelayedHere(schema: OutboxSchema): boolean {
  return (schemas.get(schema) ?? 0) > 0;
}
