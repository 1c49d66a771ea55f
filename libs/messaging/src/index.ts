export { addToOutbox } from './add-to-outbox.js';
export { Bus } from './bus.js';
export {
  countDeadLetters,
  type DeadLetter,
  type DeadLetterSelection,
  listDeadLetters,
  replayDeadLetters,
} from './dead-letters.js';
export { inspectStreams, type StreamsState } from './inspect-streams.js';
export { JetStreamStrategy } from './jetstream.strategy.js';
export { MessagingModule, type MessagingOptions, NatsHealth } from './messaging.module.js';
export { newEvent, type NewEvent, type Origin } from './new-event.js';
export { OnEvent, type OnEventOptions } from './on-event.js';
export { type OutboxOptions } from './outbox-relay.js';
export { publishEvent } from './publish.js';
