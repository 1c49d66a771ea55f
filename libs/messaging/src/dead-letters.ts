import type { JsMsg } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import type { Bus, JetStream } from './bus.js';
import { DEAD_LETTERS } from './streams.js';

const CAUSE = 'Windfall-Cause';
const ATTEMPTS = 'Windfall-Attempts';
const CHANNEL = 'Windfall-Channel';
const MAX_CAUSE_LENGTH = 500;

export interface Cause {
  code: string;
  message: string;
}

/** A message that nobody could handle. */
export interface DeadLetter {
  /** Its place among the dead letters. */
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

/** The dead letters of all consumers, or of one, oldest first. */
export async function listDeadLetters(bus: Bus, durable?: string): Promise<DeadLetter[]> {
  const letters: DeadLetter[] = [];
  for await (const message of deadLetters(await bus.jetStream(), durable)) letters.push(read(message));
  return letters;
}

/**
 * Sends dead letters again on the subject they came on, once the cause is mended. All consumers of that subject get them;
 * those that had them before find the work done. What cannot be handled now either comes back as a new dead letter.
 *
 * @param durable only those that this consumer gave up
 * @returns how many were sent
 */
export async function replayDeadLetters(bus: Bus, durable?: string): Promise<number> {
  const stream = await bus.jetStream();
  const lastSeq = (await stream.manager.streams.info(DEAD_LETTERS)).state.last_seq;
  let sent = 0;
  for await (const message of deadLetters(stream, durable)) {
    // What died again since we began is left for the next time.
    if (message.seq > lastSeq) break;
    await stream.client.publish(read(message).channel, message.data, {
      msgID: `replay:${message.seq}:${message.timestampNanos}`,
    });
    await stream.manager.streams.deleteMessage(DEAD_LETTERS, message.seq);
    sent += 1;
  }
  return sent;
}

async function* deadLetters({ client, manager }: JetStream, durable?: string): AsyncGenerator<JsMsg> {
  const subject = durable === undefined ? 'dlq.>' : `dlq.${durable}`;
  const { state } = await manager.streams.info(DEAD_LETTERS, { subjects_filter: subject });
  if (Object.keys(state.subjects ?? {}).length === 0) return;
  const messages = await (await client.consumers.get(DEAD_LETTERS, { filter_subjects: subject })).consume();
  try {
    for await (const message of messages) {
      yield message;
      if (message.info.pending === 0) return;
    }
  } finally {
    await messages.close();
  }
}

function read(message: JsMsg): DeadLetter {
  return {
    seq: message.seq,
    durable: message.subject.slice('dlq.'.length),
    channel: message.headers?.get(CHANNEL) ?? '',
    cause: message.headers?.get(CAUSE) ?? '',
    attempts: Number(message.headers?.get(ATTEMPTS)),
    diedAt: message.time.toISOString(),
    payload: message.string(),
  };
}
