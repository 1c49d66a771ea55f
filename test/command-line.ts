import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { eventually } from '@app/testing';

const PROGRAM = join(process.cwd(), 'dist/apps/cli/src/main.js');

/** How a run of the command ended. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A run of the `windfall` command that is under way. */
export class CommandRun {
  private readonly child: ChildProcess;
  private stdout = '';
  private stderr = '';
  readonly ended: Promise<Ended>;

  constructor(words: readonly string[], env: NodeJS.ProcessEnv) {
    this.child = spawn(process.execPath, [PROGRAM, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.child.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.ended = new Promise((resolve) => {
      this.child.once('close', (code) => resolve({ code, stdout: this.stdout, stderr: this.stderr }));
    });
  }

  /** Resolves to the id of its job once it shows how that goes on. */
  jobId(): Promise<string> {
    return eventually(() => {
      const [, id] = /"jobId":"([^"]+)"/.exec(this.stderr) ?? [];
      if (id === undefined) throw new Error(`No job yet: ${this.stderr}`);
      return Promise.resolve(id);
    });
  }

  interrupt(): void {
    this.child.kill('SIGINT');
  }
}

/** The `windfall` command, as a process of its own. */
export class CommandLine {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  begin(words: readonly string[], env: NodeJS.ProcessEnv = {}): CommandRun {
    return new CommandRun(words, { ...this.env, ...env });
  }

  run(words: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended> {
    return this.begin(words, env).ended;
  }

  /** Runs it at a terminal, where somebody gives this answer when asked. Both of its outputs are what the terminal shows. */
  async runAtTerminal(words: readonly string[], answer: string): Promise<Ended> {
    const command = [process.execPath, PROGRAM, ...words].join(' ');
    const env = { ...this.env, TERM: 'xterm' };
    const terminal = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], { env });
    let shown = '';
    terminal.stdout.on('data', (chunk: Buffer) => {
      const asked = shown.includes('[y/N]');
      shown += chunk.toString();
      if (!asked && shown.includes('[y/N]')) terminal.stdin.write(`${answer}\r`);
    });
    const [code] = (await once(terminal, 'close')) as [number | null];
    return { code, stdout: shown, stderr: '' };
  }

  private get env(): NodeJS.ProcessEnv {
    return { PATH: process.env.PATH, WINDFALL_URL: this.url, WINDFALL_API_KEY: this.key };
  }
}
