import type { CloudEvent, EventContract } from '@app/contracts';
import type { Cause } from './dead-letters.js';

/** An event, or what is wrong with it: then no attempt will ever succeed. */
export function readEvent(contract: EventContract, data: Uint8Array): { event: CloudEvent } | { fault: Cause } {
  let envelope: unknown;
  try {
    envelope = JSON.parse(new TextDecoder().decode(data));
  } catch (error) {
    return { fault: { code: 'unreadable', message: `Not JSON: ${String(error)}` } };
  }
  const parsed = contract.envelope.safeParse(envelope);
  if (parsed.success) return { event: parsed.data };
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  return { fault: { code: 'unreadable', message: `Not a ${contract.channel}: ${faults.join('; ')}` } };
}
