import { allEvents } from '@app/contracts';
import {
  AckPolicy,
  DeliverPolicy,
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';

/** The stream of all events. */
export const EVENTS = 'WINDFALL';
/** The stream of messages that nobody could handle, by durable consumer: `dlq.<durable>`. */
export const DEAD_LETTERS = 'WINDFALL_DLQ';

/** How long a message may be silent before it is delivered again; whoever works on one says so twice in that time. */
export const ACK_WAIT_MS = 5_000;

const DAY_MS = 86_400_000;
const CONSUMER_EXISTS = 10148;

// Only what nats-server 2.9 knows: newer settings are refused or, worse, ignored.
const streams = [
  {
    name: EVENTS,
    subjects: allEvents.map((contract) => contract.channel),
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    max_age: nanos(7 * DAY_MS),
    duplicate_window: nanos(10 * 60_000),
  },
  {
    name: DEAD_LETTERS,
    subjects: ['dlq.>'],
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    max_age: nanos(90 * DAY_MS),
    duplicate_window: nanos(10 * 60_000),
  },
];

/**
 * Creates what is missing. An existing stream keeps what an operator chose, such as its replicas, and every subject it
 * has: services of two versions run side by side while one replaces the other.
 */
export async function ensureStreams(manager: JetStreamManager): Promise<void> {
  for (const stream of streams) {
    const subjects = await subjectsOf(manager, stream.name);
    if (subjects === undefined) await manager.streams.add(stream);
    else if (!stream.subjects.every((subject) => subjects.includes(subject))) {
      await manager.streams.update(stream.name, { subjects: [...new Set([...subjects, ...stream.subjects])] });
    }
  }
}

async function subjectsOf(manager: JetStreamManager, stream: string): Promise<string[] | undefined> {
  try {
    return (await manager.streams.info(stream)).config.subjects;
  } catch (error) {
    if (isApiError(error, JetStreamApiCodes.StreamNotFound)) return undefined;
    throw error;
  }
}

/**
 * Creates or updates a durable consumer that starts with the oldest message there is.
 *
 * @returns when it was created: another instant than before means that it knows nothing of what was delivered so far
 */
export async function ensureConsumer(manager: JetStreamManager, durable: string, channel: string): Promise<string> {
  const changeable = {
    ack_wait: nanos(ACK_WAIT_MS),
    // Attempts are counted by us: were the server to give up first, a crash would lose the message without a trace.
    max_deliver: -1,
  };
  const fixed = {
    durable_name: durable,
    filter_subject: channel,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
  };
  try {
    return (await manager.consumers.add(EVENTS, { ...fixed, ...changeable })).created;
  } catch (error) {
    if (!isApiError(error, CONSUMER_EXISTS)) throw error;
    return (await manager.consumers.update(EVENTS, durable, changeable)).created;
  }
}

function isApiError(error: unknown, code: number): boolean {
  return error instanceof JetStreamApiError && error.code === code;
}
