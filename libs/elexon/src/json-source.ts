import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WindfallError } from '@app/domain';
import { metrics } from '@opentelemetry/api';
import { backOff } from 'exponential-backoff';
import pLimit, { type LimitFunction } from 'p-limit';
import { Agent, type Dispatcher, errors, request } from 'undici';
import { NotJson } from './parse-json.js';
import { type RequestAllowance, type RequestBudget, unlimitedBudget } from './request-budget.js';
import { retryAfterMs } from './retry-after.js';
import { type Asked, SourceError, type SourceErrorCode } from './source-error.js';

/** How patient a source is with the server; milliseconds and bytes. */
export interface Patience {
  readonly maxAttempts: number;
  /** The wait before attempt n + 1 is drawn from 0 to this × 2^(n − 1). */
  readonly firstBackoffMs: number;
  readonly connectTimeoutMs: number;
  /** Longest silence: until the headers, and between two pieces of the body. */
  readonly silenceTimeoutMs: number;
  /** From the request to the last byte; ends an answer that only trickles. */
  readonly answerTimeoutMs: number;
  /** A server that asks for a longer wait is not waited for: the request fails. */
  readonly maxRetryAfterMs: number;
  readonly maxBodyBytes: number;
}

const DEFAULT_PATIENCE: Patience = {
  maxAttempts: 5,
  firstBackoffMs: 500,
  connectTimeoutMs: 10_000,
  silenceTimeoutMs: 15_000,
  answerTimeoutMs: 60_000,
  maxRetryAfterMs: 120_000,
  // The largest known answers are the unit register (2 MB) and a busy period's stack (0.9 MB).
  maxBodyBytes: 32 * 1024 * 1024,
};

export interface JsonSourceOptions {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  /** Requests under way at once. */
  readonly maxConcurrency: number;
  readonly budget?: RequestBudget;
  readonly patience?: Partial<Patience>;
}

export type JsonAnswer<Body> = { readonly found: true; readonly body: Body } | { readonly found: false };

/** Makes something of the bytes of an answer, here or in another thread. @throws {NotJson} and the source is asked again */
export type ReadBody<Body> = (bytes: Uint8Array<ArrayBuffer>) => Body | Promise<Body>;

/**
 * Fetches JSON over kept-alive connections: few requests at a time, each within the budget, and again after failures
 * that may pass (429, 5xx, lost connections, silence, a body that is cut off or no JSON at all).
 *
 * A `Retry-After` holds back every request of this source, not only the one that was refused.
 */
export class JsonSource {
  private readonly agent: Agent;
  private readonly limit: LimitFunction;
  /** Answers that were fetched and are being read hold up no request; but there are only so many of them. */
  private readonly unread: LimitFunction;
  private readonly budget: RequestBudget;
  private readonly patience: Patience;
  private readonly closing = new AbortController();
  private readonly requests = metrics.getMeter('windfall').createCounter('windfall_elexon_requests', {
    description: 'Requests to Elexon, by endpoint and what came of them',
  });
  private notBeforeMs = 0;

  constructor(private readonly options: JsonSourceOptions) {
    this.patience = { ...DEFAULT_PATIENCE, ...options.patience };
    this.budget = options.budget ?? unlimitedBudget;
    this.limit = pLimit(options.maxConcurrency);
    this.unread = pLimit(2 * options.maxConcurrency);
    // One listener for each request that waits, and several days are fetched at a time.
    setMaxListeners(0, this.closing.signal);
    this.agent = new Agent({
      connections: options.maxConcurrency,
      connect: { timeout: this.patience.connectTimeoutMs },
      headersTimeout: this.patience.silenceTimeoutMs,
      bodyTimeout: this.patience.silenceTimeoutMs,
      maxResponseSize: this.patience.maxBodyBytes,
    });
  }

  /**
   * @param allowance of the work that this is part of; without one only the budget limits it
   * @returns what `read` makes of the body of a 200, or that the server knows no such thing (404)
   * @throws {SourceError} `source-unavailable`, `source-malformed` or `source-too-large` naming the last cause and the
   *   number of attempts; `source-rejected` for a status that no repetition mends
   * @throws {WindfallError} `unavailable` when it was broken off by `close`: that says nothing about the source
   */
  async get<Body>(asked: Asked, read: ReadBody<Body>, allowance?: RequestAllowance): Promise<JsonAnswer<Body>> {
    let attempts = 0;
    const attempt = async (): Promise<JsonAnswer<Body>> => {
      const answer = await this.limit(() => this.attempt(asked, allowance, () => (attempts += 1)));
      return answer.found ? { found: true, body: await readOrRetry(read, answer.body) } : answer;
    };
    const tries = backOff(() => this.unread(attempt), {
      numOfAttempts: this.patience.maxAttempts,
      startingDelay: this.patience.firstBackoffMs,
      jitter: 'full',
      retry: (error) => error instanceof Failure && error.passing,
    });
    try {
      return await this.unlessClosed(tries);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const detail = `${error.message}, ${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`;
      throw new SourceError(error.code, asked, detail, { cause: error.cause });
    }
  }

  /** Breaks off what is under way and retries nothing more. */
  async close(): Promise<void> {
    this.closing.abort();
    await this.agent.destroy();
  }

  /** Also a wait between two attempts is broken off, so that the process can end. */
  private async unlessClosed<Result>(work: Promise<Result>): Promise<Result> {
    const { signal } = this.closing;
    let breakOff = (): void => undefined;
    const closing = new Promise<never>((_, reject) => {
      breakOff = () => reject(closed());
      signal.addEventListener('abort', breakOff, { once: true });
    });
    // Removed by hand: a listener that another signal should remove stays, and with it all that its promise holds.
    return await Promise.race([work, closing]).finally(() => signal.removeEventListener('abort', breakOff));
  }

  private async attempt(
    asked: Asked,
    allowance: RequestAllowance | undefined,
    countAttempt: () => void,
  ): Promise<JsonAnswer<Uint8Array<ArrayBuffer>>> {
    await this.waitUntilAllowed();
    if (allowance?.take() === false) {
      const message = `the ${allowance.requests} requests that this work may send are used up`;
      throw new Failure('source-unavailable', message, { passing: false });
    }
    await this.budget.take();
    if (this.closing.signal.aborted) throw closed();
    countAttempt();
    const { statusCode, headers, body } = await this.counted(asked, this.exchange(asked.path));
    if (statusCode === 404) return { found: false };
    if (statusCode === 200) return { found: true, body };

    const retryAfter = headers['retry-after'];
    if (typeof retryAfter === 'string' && (statusCode === 429 || statusCode === 503)) this.holdBack(retryAfter);
    const passing = statusCode === 429 || statusCode >= 500;
    throw new Failure(passing ? 'source-unavailable' : 'source-rejected', `HTTP ${statusCode}`, { passing });
  }

  /** Counts a request under what came of it: the HTTP status, or that there was none. */
  private async counted<Answer extends { statusCode: number }>(
    { endpoint }: Asked,
    exchange: Promise<Answer>,
  ): Promise<Answer> {
    let outcome = 'no answer';
    try {
      const answer = await exchange;
      outcome = String(answer.statusCode);
      return answer;
    } finally {
      this.requests.add(1, { endpoint, outcome });
    }
  }

  private async exchange(path: string): Promise<Exchange> {
    try {
      const { statusCode, headers, body } = await request(this.options.baseUrl + path, {
        dispatcher: this.agent,
        headers: { accept: 'application/json' },
        signal: AbortSignal.timeout(this.patience.answerTimeoutMs),
      });
      // Read also when the status says failure: a body left unread would cost the connection.
      return { statusCode, headers, body: new Uint8Array(await body.arrayBuffer()) };
    } catch (error) {
      throw this.failureOf(error);
    }
  }

  private failureOf(error: unknown): Error {
    if (this.closing.signal.aborted) return closed();
    if (error instanceof errors.ResponseExceededMaxSizeError) {
      const message = `the answer is larger than ${this.patience.maxBodyBytes} bytes`;
      return new Failure('source-too-large', message, { passing: false, cause: error });
    }
    return new Failure('source-unavailable', this.wordsFor(error), { passing: true, cause: error });
  }

  private wordsFor(error: unknown): string {
    const { silenceTimeoutMs, answerTimeoutMs } = this.patience;
    if (error instanceof errors.HeadersTimeoutError || error instanceof errors.BodyTimeoutError) {
      return `no sign of life for ${silenceTimeoutMs / 1000} s`;
    }
    const { name, code, message } = error as NodeJS.ErrnoException;
    if (name === 'TimeoutError') return `no whole answer within ${answerTimeoutMs / 1000} s`;
    return `connection failed (${code ?? message})`;
  }

  private holdBack(retryAfter: string): void {
    const waitMs = retryAfterMs(retryAfter, Date.now());
    if (waitMs !== null) this.notBeforeMs = Math.max(this.notBeforeMs, Date.now() + waitMs);
  }

  private async waitUntilAllowed(): Promise<void> {
    for (let waitMs = this.waitMs(); waitMs > 0; waitMs = this.waitMs()) {
      if (waitMs > this.patience.maxRetryAfterMs) {
        const until = new Date(this.notBeforeMs).toISOString();
        throw new Failure('source-unavailable', `the source asks to wait until ${until}`, { passing: false });
      }
      await sleep(waitMs, undefined, { signal: this.closing.signal }).catch(() => {
        throw closed();
      });
    }
  }

  private waitMs(): number {
    return this.notBeforeMs - Date.now();
  }
}

type Exchange = Pick<Dispatcher.ResponseData, 'statusCode' | 'headers'> & { readonly body: Uint8Array<ArrayBuffer> };

/** Why one attempt failed, and whether another may succeed. */
class Failure extends Error {
  readonly passing: boolean;

  constructor(
    readonly code: SourceErrorCode,
    message: string,
    options: { passing: boolean; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.passing = options.passing;
  }
}

function closed(): WindfallError {
  return new WindfallError('unavailable', 'The fetch was broken off, since this process is stopping; ask again.');
}

async function readOrRetry<Body>(read: ReadBody<Body>, bytes: Uint8Array<ArrayBuffer>): Promise<Body> {
  try {
    return await read(bytes);
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    throw new Failure('source-malformed', error.message, { passing: true, cause: error.cause });
  }
}
