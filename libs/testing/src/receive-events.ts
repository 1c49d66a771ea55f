import { createParser } from 'eventsource-parser';

export interface ReceivedEvent {
  id: number;
  name: string;
  data: Record<string, unknown>;
}

export interface ReceivedStream {
  status: number;
  events: ReceivedEvent[];
  /** By the server, as it should be; else it was we who left, or the connection broke. */
  ended: boolean;
}

/**
 * Listens to server-sent events until the server ends the stream.
 *
 * @param after  id of the last event of an earlier connection
 * @param enough leaves in the middle once this is true of what was received
 */
export async function receiveEvents(
  url: string,
  { after, enough = () => false }: { after?: number; enough?: (events: readonly ReceivedEvent[]) => boolean } = {},
): Promise<ReceivedStream> {
  const events: ReceivedEvent[] = [];
  const parser = createParser({
    onEvent: ({ id = '', event = '', data }) => {
      // What comes in the same packet as the last wanted event was never received by a client that died with it.
      if (!enough(events))
        events.push({ id: Number(id), name: event, data: JSON.parse(data) as Record<string, unknown> });
    },
  });
  const headers: Record<string, string> = after === undefined ? {} : { 'last-event-id': String(after) };
  try {
    const response = await fetch(url, { headers });
    const text = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      parser.feed(text.decode(chunk as Uint8Array, { stream: true }));
      if (enough(events)) return { status: response.status, events, ended: false };
    }
    return { status: response.status, events, ended: true };
  } catch {
    return { status: 0, events, ended: false };
  }
}
