import type { CloudEvent, EventContract } from '@app/contracts';
import { activeTraceparent, traceIdOf } from '@app/runtime';

/** An event on its way to the outbox. */
export interface NewEvent<Data = unknown> {
  /** NATS subject. */
  channel: string;
  event: CloudEvent<Data>;
}

export interface Origin {
  /** The service that announces it. */
  source: string;
  /** The event whose handling led to this one. */
  causation?: Pick<CloudEvent, 'id' | 'traceparent'>;
  /** Trace to belong to, when it is neither the running one nor that of the causation: that of a stored job, for one. */
  traceparent?: string | undefined;
}

/**
 * Makes an event, checked against its contract.
 *
 * @throws {z.ZodError} when the data is not what the contract says: a fault in the program
 */
export function newEvent<Data>(contract: EventContract<Data>, data: Data, origin: Origin): NewEvent<Data> {
  const traceparent = traceparentOf(origin);
  const event = contract.envelope.parse({
    specversion: '1.0',
    id: contract.idOf(data),
    source: origin.source,
    type: contract.type,
    time: new Date().toISOString(),
    subject: contract.subjectOf(data),
    datacontenttype: 'application/json',
    ...(origin.causation && { causationid: origin.causation.id }),
    ...(traceparent !== undefined && { traceparent }),
    data,
  });
  return { channel: contract.channel, event };
}

function traceparentOf({ causation, traceparent }: Origin): string | undefined {
  const active = activeTraceparent();
  // Days of several traces are handled as one set, inside the span of the first: each goes on with its own.
  const foreign = causation?.traceparent !== undefined && traceIdOf(causation.traceparent) !== traceIdOf(active);
  return traceparent ?? (foreign ? causation.traceparent : active);
}
