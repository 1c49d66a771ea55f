import { difficultyOfBits, type ErrorCode, type Retarget, WindfallError } from '@app/domain';
import { Agent, request } from 'undici';
import * as z from 'zod';

/** Nothing that is asked for is longer than a kilobyte or two. */
const MAX_ANSWER_BYTES = 64 * 1024;
const MAX_CONCURRENCY = 4;

const blockHash = z.string().regex(/^[0-9a-f]{64}$/);
const block = z.object({
  id: blockHash,
  height: z.int().min(0),
  timestamp: z.int().positive(),
  bits: z.int().transform((bits, context) => {
    try {
      return difficultyOfBits(bits);
    } catch {
      context.addIssue({ code: 'custom', message: 'no block has such bits' });
      return z.NEVER;
    }
  }),
});

/**
 * Blocks of the Bitcoin network, from a server that speaks the REST API of mempool.space, as Esplora's does too. Their
 * difficulty is reckoned from `bits`, which states it exactly; what such servers call `difficulty` is a rounded number.
 */
export class RetargetSource {
  private readonly agent = new Agent({ connections: MAX_CONCURRENCY, maxResponseSize: MAX_ANSWER_BYTES });
  private readonly baseUrl: string;

  /** @param baseUrl of the server, such as `https://mempool.space` */
  constructor(baseUrl: string) {
    this.baseUrl = baseUrl.replace(/\/+$/, '');
  }

  /** Height of the newest block. */
  async tipHeight(signal: AbortSignal): Promise<number> {
    return await this.ask(
      'blocks/tip/height',
      z
        .string()
        .regex(/^\d{1,9}$/)
        .transform(Number),
      signal,
    );
  }

  /**
   * The retarget of a block.
   *
   * @param height of a block that there is
   * @throws {WindfallError} `source-unavailable`, `source-rejected` or `source-malformed`
   */
  async retargetAt(height: number, signal: AbortSignal): Promise<Retarget> {
    const hash = await this.ask(`block-height/${height}`, blockHash, signal);
    const path = `block/${hash}`;
    const found = await this.ask(path, z.string().transform(parsedJson).pipe(block), signal);
    if (found.id !== hash || found.height !== height) {
      throw this.failure('source-malformed', path, `it is block ${found.height}, and ${height} was asked for`);
    }
    return { height, fromUnix: found.timestamp, difficulty: found.bits };
  }

  async close(): Promise<void> {
    await this.agent.close();
  }

  private async ask<Answer>(path: string, schema: z.ZodType<Answer, string>, signal: AbortSignal): Promise<Answer> {
    const { statusCode, text } = await this.get(path, signal);
    if (statusCode === 429 || statusCode >= 500) throw this.failure('source-unavailable', path, `HTTP ${statusCode}`);
    if (statusCode !== 200) throw this.failure('source-rejected', path, `HTTP ${statusCode}`);
    const parsed = schema.safeParse(text.trim());
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const field = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
    throw this.failure('source-malformed', path, `${field}${issue?.message ?? 'no such answer was expected'}`);
  }

  private async get(path: string, signal: AbortSignal): Promise<{ statusCode: number; text: string }> {
    try {
      const { statusCode, body } = await request(`${this.baseUrl}/api/${path}`, { dispatcher: this.agent, signal });
      return { statusCode, text: await body.text() };
    } catch (cause) {
      const why = signal.aborted ? 'no answer in time' : String((cause as { code?: string }).code ?? cause);
      throw this.failure('source-unavailable', path, why, cause);
    }
  }

  private failure(code: Extract<ErrorCode, `source-${string}`>, path: string, why: string, cause?: unknown) {
    const { host } = new URL(this.baseUrl);
    const message = `The source of difficulties, ${host}, /api/${path}: ${why}. ${next[code]}`;
    return new WindfallError(code, message, { cause });
  }
}

const next: Record<Extract<ErrorCode, `source-${string}`>, string> = {
  'source-unavailable': 'Nothing was added; try again later.',
  'source-rejected': 'Nothing was added; check DIFFICULTY_SOURCE_URL.',
  'source-malformed': 'Nothing was added; check DIFFICULTY_SOURCE_URL, and compare with a block explorer.',
  'source-too-large': 'Nothing was added; check DIFFICULTY_SOURCE_URL.',
};

function parsedJson(text: string, context: z.RefinementCtx): unknown {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'it is no JSON' });
    return z.NEVER;
  }
}
