import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { atFileEnd } from './at-file-end.js';

/** What a block explorer tells of a block, as far as it matters here. */
export interface ExplorerBlock {
  height: number;
  timestamp: number;
  /** Its target in compact form. */
  bits: number;
}

/** A stand-in for the REST API of mempool.space, which knows the blocks that it is given. */
export class TestDifficultySource {
  private readonly blocks = new Map<number, ExplorerBlock>();
  tipHeight = 0;
  /** Status and body in place of what would be answered; undefined: as it would be. */
  instead: (path: string) => { status?: number; body: string } | undefined = () => undefined;

  constructor(readonly url: string) {}

  /** Learns of blocks; the newest of all is as many blocks above the last of them as `onTop` says. */
  add(blocks: readonly ExplorerBlock[], onTop = 100): void {
    for (const block of blocks) this.blocks.set(block.height, block);
    this.tipHeight = Math.max(...this.blocks.keys()) + onTop;
  }

  answer(path: string): { status?: number; body: string } {
    return this.instead(path) ?? this.answerOf(path) ?? { status: 404, body: 'Block not found' };
  }

  private answerOf(path: string): { body: string } | undefined {
    if (path === '/api/blocks/tip/height') return { body: String(this.tipHeight) };
    const [, question, key = ''] = /^\/api\/(block-height|block)\/(\w+)$/.exec(path) ?? [];
    const block = this.blocks.get(question === 'block' ? parseInt(key, 16) : Number(key));
    if (block === undefined) return undefined;
    const id = hashOf(block);
    if (question === 'block-height') return { body: id };
    // As mempool.space does: the difficulty is a number with a fraction, and there is much more.
    return {
      body: JSON.stringify({ id, ...block, version: 536870912, difficulty: 124932866006548.4, tx_count: 3421 }),
    };
  }
}

/** No real one, but of the shape of one. */
function hashOf({ height }: ExplorerBlock): string {
  return height.toString(16).padStart(64, '0');
}

/** Starts one that knows nothing yet; it ends with the calling file. */
export async function startDifficultySource(): Promise<TestDifficultySource> {
  const server = createServer((request, response) => {
    const { status = 200, body } = source.answer(request.url ?? '');
    response.writeHead(status).end(body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  atFileEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  const source = new TestDifficultySource(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return source;
}
