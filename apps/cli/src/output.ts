import type { WriteStream } from 'node:tty';
import { coloured, type Paint, plain } from './text/paint.js';

type TerminalOrFile = Pick<WriteStream, 'write'> & Partial<Pick<WriteStream, 'isTTY' | 'columns'>>;

/** How a result is put into words. */
export interface TextStyle {
  paint: Paint;
  /** Columns of the terminal; undefined where lines may be of any length. */
  width: number | undefined;
}

/** Results go to stdout, where a program may read them; all else goes to stderr. */
export class Output {
  constructor(
    private readonly streams: { stdout: TerminalOrFile; stderr: TerminalOrFile },
    private readonly options: { json: boolean; colour: boolean },
  ) {}

  /** Somebody looks at it while it happens. */
  get isWatched(): boolean {
    return this.streams.stderr.isTTY === true;
  }

  result<Data>(data: Data, describe: (data: Data, style: TextStyle) => string): void {
    const { stdout } = this.streams;
    const text = this.options.json ? JSON.stringify(data, undefined, 2) : describe(data, this.styleOf(stdout));
    stdout.write(`${text}\n`);
  }

  /** One result of many, as it comes: words on a terminal, a line of JSON elsewhere. */
  resultLine<Data>(data: Data, describe: (data: Data, style: TextStyle) => string): void {
    const { stdout } = this.streams;
    const asJson = this.options.json || stdout.isTTY !== true;
    stdout.write(`${asJson ? JSON.stringify(data) : describe(data, this.styleOf(stdout))}\n`);
  }

  /** For whoever watches. */
  say(describe: string | ((style: TextStyle) => string)): void {
    if (!this.isWatched) return;
    const { stderr } = this.streams;
    stderr.write(`${typeof describe === 'string' ? describe : describe(this.styleOf(stderr))}\n`);
  }

  /** A line for the program that watches; people are shown a bar instead. */
  progress(facts: object): void {
    if (!this.isWatched) this.streams.stderr.write(`${JSON.stringify(facts)}\n`);
  }

  /** Why the command ends early. */
  failure(message: string, detail: object): void {
    const { stderr } = this.streams;
    const text = this.options.json ? JSON.stringify(detail) : this.styleOf(stderr).paint('red', message);
    stderr.write(`${text}\n`);
  }

  private styleOf({ isTTY, columns }: TerminalOrFile): TextStyle {
    return isTTY === true
      ? { paint: this.options.colour ? coloured : plain, width: columns }
      : { paint: plain, width: undefined };
  }
}
