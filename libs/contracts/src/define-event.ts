import { randomUUID } from 'node:crypto';
import * as z from 'zod';

/** A CloudEvents 1.0 envelope in JSON, with the causation and distributed-tracing extensions. */
export interface CloudEvent<Data = unknown> {
  specversion: '1.0';
  /** Equal for every repeat of a fact; fresh for every request. */
  id: string;
  /** The service that announced it. */
  source: string;
  type: string;
  time: string;
  /** The settlement date it is about, `first/last` for several, or the block height of a retarget. */
  subject: string;
  datacontenttype: 'application/json';
  /** Id of the event whose handling led to this one. */
  causationid?: string | undefined;
  /** W3C trace context of what led to this one. */
  traceparent?: string | undefined;
  data: Data;
}

/** One event in one version: what producer, consumer and the published documents all share. */
export interface EventContract<Data = unknown> {
  /** A fact has happened and is the same however often it is told; each request is one of its own. */
  kind: 'fact' | 'request';
  type: string;
  version: number;
  /** The NATS subject it travels on. */
  channel: string;
  summary: string;
  data: z.ZodType<Data>;
  /** Checks a whole envelope of this event. Unknown fields are dropped, so that a newer producer may add some. */
  envelope: z.ZodType<CloudEvent<Data>>;
  example: CloudEvent<Data>;
  /** What the event is about, in a word: the `subject` of its envelope. */
  subjectOf(data: Data): string;
  /** The `id` of its envelope. */
  idOf(data: Data): string;
}

export type DataOf<Contract> = Contract extends EventContract<infer Data> ? Data : never;
export type EventOf<Contract> = CloudEvent<DataOf<Contract>>;

interface Definition<Data> {
  type: string;
  version: number;
  summary: string;
  data: z.ZodType<Data>;
  /** Data of the published example. */
  example: Data;
  /** The service that the published example comes from. */
  source: string;
  subject: (data: Data) => string;
}

/**
 * Describes something that has happened.
 *
 * @param definition `revision` tells two facts about the same subject apart; together with type and subject it is the id
 */
export function defineFact<Data>(
  definition: Definition<Data> & { revision: (data: Data) => number | string },
): EventContract<Data> {
  const { type, subject, revision } = definition;
  return define('fact', definition, (data) => `${type}:${subject(data)}:${revision(data)}`);
}

/**
 * Describes a wish; its id is fresh each time, since asking twice is two requests.
 *
 * @param definition `id`, where whoever asks draws the fresh id, to be found again in what comes of it
 */
export function defineRequest<Data>(
  definition: Definition<Data> & { id?: (data: Data) => string },
): EventContract<Data> {
  return define('request', definition, definition.id ?? (() => randomUUID()));
}

function define<Data>(
  kind: EventContract['kind'],
  { type, version, summary, data, example, source, subject }: Definition<Data>,
  idOf: (data: Data) => string,
): EventContract<Data> {
  const text = z.string().min(1);
  const envelope = z.object({
    specversion: z.literal('1.0'),
    id: text.meta({ description: kind === 'fact' ? 'type:subject:revision' : 'A fresh UUID' }),
    source: text.meta({ description: 'Service that announced it' }),
    type: z.literal(type),
    time: z.iso.datetime().meta({ description: 'When it was announced, UTC' }),
    subject: text.meta({ description: 'What the event is about' }),
    datacontenttype: z.literal('application/json'),
    causationid: text.optional().meta({ description: 'Id of the event that led to this one' }),
    traceparent: text.optional().meta({ description: 'W3C trace context' }),
    data,
  });
  return {
    kind,
    type,
    version,
    channel: `${type}.v${version}`,
    summary,
    data,
    envelope,
    example: {
      specversion: '1.0',
      id: kind === 'fact' ? idOf(example) : '0d8ee1a4-6f3f-4b87-a2b5-8f2f2d1a9c11',
      source,
      type,
      time: '2025-03-07T06:12:41.000Z',
      subject: subject(example),
      datacontenttype: 'application/json',
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      data: example,
    },
    subjectOf: subject,
    idOf,
  };
}
