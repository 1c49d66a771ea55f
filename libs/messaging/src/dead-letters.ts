import { DeliverPolicy, JetStreamApiError, type JsMsg } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import type { Bus, JetStream } from './bus.js';
import { DEAD_LETTERS } from './streams.js';

const CAUSE = 'Windfall-Cause';
const ATTEMPTS = 'Windfall-Attempts';
const CHANNEL = 'Windfall-Channel';
const MAX_CAUSE_LENGTH = 500;
const MAX_NAME_LENGTH = 200;
const NO_SUCH_MESSAGE = [10037, 10043, 10057];

export interface Cause {
  code: string;
  message: string;
}

/** A message that nobody could handle. */
export interface DeadLetter {
  /** Its place among the dead letters, which no other ever gets. */
  seq: number;
  /** The consumer that gave it up. */
  durable: string;
  /** NATS subject it came on. */
  channel: string;
  /** `code: sentence` of the last failure. */
  cause: string;
  attempts: number;
  diedAt: string;
  /** What it said, as it was sent. */
  payload: string;
  /** Id of the event, null when it cannot be read. */
  eventId: string | null;
  /** What the event is about, such as a settlement date; null when it cannot be read. */
  subject: string | null;
}

/** Which dead letters are meant: all, or those that fit each field that is given. */
export interface DeadLetterSelection {
  /** Those that this consumer gave up. */
  durable?: string | undefined;
  /** Those from this place on, and up to that one. */
  fromSeq?: number | undefined;
  toSeq?: number | undefined;
  /** At most so many. */
  limit?: number | undefined;
}

/** Puts a message away with the reason why. The caller takes it off its consumer once this has returned. */
export async function putAway({ client }: JetStream, message: JsMsg, durable: string, cause: Cause): Promise<void> {
  const reasons = headers();
  // A header is one line.
  const sentence = `${cause.code}: ${cause.message}`.replaceAll(/\s+/g, ' ').slice(0, MAX_CAUSE_LENGTH);
  reasons.set(CAUSE, sentence);
  reasons.set(ATTEMPTS, String(message.info.deliveryCount));
  reasons.set(CHANNEL, message.subject);
  await client.publish(`dlq.${durable}`, message.data, {
    // The time tells apart two messages of the same number, before and after the stream was made anew.
    msgID: `dlq:${durable}:${message.seq}:${message.timestampNanos}`,
    headers: reasons,
  });
}

/** How many dead letters there are of each consumer that has any, by its name. */
export async function countDeadLetters({ manager }: Pick<JetStream, 'manager'>): Promise<Record<string, number>> {
  const { state } = await manager.streams.info(DEAD_LETTERS, { subjects_filter: 'dlq.>' });
  const counts = Object.entries(state.subjects ?? {});
  return Object.fromEntries(counts.map(([subject, count]) => [consumerOf(subject), count]));
}

/** Dead letters, oldest first. */
export async function listDeadLetters(bus: Bus, selection: DeadLetterSelection = {}): Promise<DeadLetter[]> {
  const letters: DeadLetter[] = [];
  for await (const message of deadLetters(await bus.jetStream(), selection)) letters.push(read(message));
  return letters;
}

/**
 * Sends dead letters again on the subject they came on, once the cause is mended. All consumers of that subject get them;
 * those that had them before find the work done. What cannot be handled now either comes back as a new dead letter, which
 * this call leaves alone.
 *
 * @returns those that were sent
 */
export async function replayDeadLetters(bus: Bus, selection: DeadLetterSelection = {}): Promise<DeadLetter[]> {
  const stream = await bus.jetStream();
  const lastSeq = (await stream.manager.streams.info(DEAD_LETTERS)).state.last_seq;
  const sent: DeadLetter[] = [];
  for await (const message of deadLetters(stream, selection)) {
    if (message.seq > lastSeq) break;
    const letter = read(message);
    await stream.client.publish(letter.channel, message.data, {
      msgID: `replay:${message.seq}:${message.timestampNanos}`,
    });
    await forget(stream, message.seq);
    sent.push(letter);
  }
  return sent;
}

/** Somebody who replays the same letters at the same time may have been first; the stream takes each of them once. */
async function forget({ manager }: JetStream, seq: number): Promise<void> {
  try {
    await manager.streams.deleteMessage(DEAD_LETTERS, seq);
  } catch (error) {
    if (!(error instanceof JetStreamApiError && NO_SUCH_MESSAGE.includes(error.code))) throw error;
  }
}

async function* deadLetters(
  { client }: JetStream,
  { durable, fromSeq = 1, toSeq = Infinity, limit = Infinity }: DeadLetterSelection,
): AsyncGenerator<JsMsg> {
  const consumer = await client.consumers.get(DEAD_LETTERS, {
    filter_subjects: durable === undefined ? 'dlq.>' : `dlq.${durable}`,
    deliver_policy: DeliverPolicy.StartSequence,
    opt_start_seq: fromSeq,
  });
  // Without any the iteration below would wait for the first.
  if ((await consumer.info()).num_pending === 0) return;
  const messages = await consumer.consume();
  let found = 0;
  try {
    for await (const message of messages) {
      if (message.seq > toSeq) return;
      yield message;
      found += 1;
      if (message.info.pending === 0 || found === limit) return;
    }
  } finally {
    await messages.close();
  }
}

function read(message: JsMsg): DeadLetter {
  const payload = message.string();
  return {
    seq: message.seq,
    durable: consumerOf(message.subject),
    channel: message.headers?.get(CHANNEL) ?? '',
    cause: message.headers?.get(CAUSE) ?? '',
    attempts: Number(message.headers?.get(ATTEMPTS)),
    diedAt: message.time.toISOString(),
    payload,
    ...nameOf(payload),
  };
}

function consumerOf(subject: string): string {
  return subject.slice('dlq.'.length);
}

/** What an envelope that may be at fault says of itself; it is repeated to people, so it has to be short. */
function nameOf(payload: string): Pick<DeadLetter, 'eventId' | 'subject'> {
  let envelope: unknown;
  try {
    envelope = JSON.parse(payload);
  } catch {
    envelope = null;
  }
  const { id, subject } = (envelope ?? {}) as Record<string, unknown>;
  return { eventId: shortText(id), subject: shortText(subject) };
}

function shortText(value: unknown): string | null {
  return typeof value === 'string' && value.length <= MAX_NAME_LENGTH ? value : null;
}
