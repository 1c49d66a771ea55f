import { type EventSourceMessage, EventSourceParserStream } from 'eventsource-parser/stream';
import createClient, { type Client } from 'openapi-fetch';
import { CommandFailure, exitCodes } from '../exit-codes.js';
import type { components, paths } from './api.js';
import { failureOf } from './failure-of.js';

export type Schemas = components['schemas'];
export type Job = Schemas['Job'];
export type JobItem = Schemas['JobItem'];
export type JobPlan = Schemas['JobPlan'];
export type JobRequest = Schemas['JobRequest'];

/** Lists come in other formats too. */
const json = 'application/json';

/** What to ask a route for that answers with server-sent events. */
export const asEvents = { parseAs: 'stream', headers: { accept: 'text/event-stream' } } as const;

/** The gateway, through the types of its OpenAPI document. */
export class Gateway {
  readonly routes: Client<paths, typeof json>;

  /**
   * @param key    null: without one, as reading may be
   * @param signal ends what is under way
   */
  constructor(
    private readonly url: string,
    key: string | null,
    signal: AbortSignal,
  ) {
    this.routes = createClient<paths, typeof json>({
      baseUrl: url,
      signal,
      headers: { accept: json, authorization: key === null ? undefined : `Bearer ${key}` },
    });
  }

  /** @throws {CommandFailure} when the gateway refuses, or cannot be reached */
  async answer<Data>(call: Promise<{ data?: Data; error?: unknown; response: Response }>): Promise<Data> {
    const { data, error, response } = await this.reach(call);
    if (response.ok && data !== undefined) return data;
    throw failureOf(response, error);
  }

  /**
   * Server-sent events, as they come, until the gateway ends the stream.
   *
   * @param call made with `asEvents`
   * @returns null when all was told already (204)
   * @throws {CommandFailure} when the gateway refuses, cannot be reached, or breaks off
   */
  async events(
    call: Promise<{ data?: Response['body']; error?: unknown; response: Response }>,
  ): Promise<AsyncIterable<EventSourceMessage> | null> {
    const { data, error, response } = await this.reach(call);
    if (!response.ok) throw failureOf(response, error);
    return data === undefined || data === null ? null : this.read(data);
  }

  private async *read(body: NonNullable<Response['body']>): AsyncGenerator<EventSourceMessage> {
    const events = body
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(new EventSourceParserStream())
      [Symbol.asyncIterator]();
    for (;;) {
      const { done, value } = await this.reach(events.next());
      if (done === true) return;
      yield value;
    }
  }

  /** All items of a list, page by page. */
  async all<Item>(page: (cursor: string | undefined) => Promise<{ items: Item[]; nextCursor: string | null }>) {
    const items: Item[] = [];
    let cursor: string | undefined;
    do {
      const found = await page(cursor);
      items.push(...found.items);
      cursor = found.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return items;
  }

  private async reach<Answer>(call: Promise<Answer>): Promise<Answer> {
    try {
      return await call;
    } catch (error) {
      if (error instanceof DOMException) throw error;
      const reason = error instanceof SyntaxError ? 'it did not answer with JSON' : reasonOf(error);
      const advice = 'Is it running? WINDFALL_URL says where to look.';
      throw new CommandFailure(
        exitCodes.unreachable,
        `The gateway at ${this.url} could not be reached: ${reason}. ${advice}`,
      );
    }
  }
}

/** fetch says only that it failed; why is in the cause. */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? String(error);
}
