import type { Bus } from './bus.js';
import { DEAD_LETTERS, EVENTS } from './streams.js';

export interface StreamsState {
  /** Events not handled yet, by durable consumer. */
  lag: Record<string, number>;
  /** Events that were given up. */
  deadLetters: number;
}

/** What JetStream knows of the services' work. @throws when NATS cannot be reached, or its streams were never made */
export async function inspectStreams(bus: Bus): Promise<StreamsState> {
  if (!bus.connected) throw new Error('NATS cannot be reached');
  const { manager } = await bus.jetStream();
  const lag: Record<string, number> = {};
  for await (const { name, num_pending, num_ack_pending } of manager.consumers.list(EVENTS)) {
    lag[name] = num_pending + num_ack_pending;
  }
  return { lag, deadLetters: (await manager.streams.info(DEAD_LETTERS)).state.messages };
}
