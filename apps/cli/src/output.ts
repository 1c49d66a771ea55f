import type { WriteStream } from 'node:tty';
import { coloured, type Paint, plain } from './text/paint.js';

interface OutputStreams {
  stdout: Pick<WriteStream, 'write'> & Partial<Pick<WriteStream, 'isTTY' | 'columns'>>;
  stderr: Pick<WriteStream, 'write'> & Partial<Pick<WriteStream, 'isTTY'>>;
}

/** How a result is put into words. */
export interface TextStyle {
  paint: Paint;
  /** Columns of the terminal; undefined where lines may be of any length. */
  width: number | undefined;
}

/** Results go to stdout, where a program may read them; all else goes to stderr. */
export class Output {
  private readonly colours: boolean;

  constructor(
    private readonly streams: OutputStreams,
    readonly options: { json: boolean; colour: boolean },
  ) {
    this.colours = options.colour;
  }

  /** Somebody looks at it while it happens. */
  get isWatched(): boolean {
    return this.streams.stderr.isTTY === true;
  }

  result<Data>(data: Data, describe: (data: Data, style: TextStyle) => string): void {
    const { stdout } = this.streams;
    const isTerminal = stdout.isTTY === true;
    const style = {
      paint: this.colours && isTerminal ? coloured : plain,
      width: isTerminal ? stdout.columns : undefined,
    };
    stdout.write(`${this.options.json ? JSON.stringify(data, undefined, 2) : describe(data, style)}\n`);
  }

  /** A sentence for whoever watches. */
  say(sentence: string): void {
    if (this.isWatched) this.streams.stderr.write(`${sentence}\n`);
  }

  /** A line for the program that watches; people are shown a bar instead. */
  progress(facts: object): void {
    if (!this.isWatched) this.streams.stderr.write(`${JSON.stringify(facts)}\n`);
  }

  /** Why the command ends early. */
  failure(message: string, detail: object): void {
    const paint = this.colours && this.isWatched ? coloured : plain;
    this.streams.stderr.write(`${this.options.json ? JSON.stringify(detail) : paint('red', message)}\n`);
  }
}
