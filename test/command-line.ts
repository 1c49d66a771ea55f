import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { eventually } from '@app/testing';

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
    const program = join(process.cwd(), 'dist/apps/cli/src/main.js');
    this.child = spawn(process.execPath, [program, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
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
    return new CommandRun(words, {
      PATH: process.env.PATH,
      WINDFALL_URL: this.url,
      WINDFALL_API_KEY: this.key,
      ...env,
    });
  }

  run(words: readonly string[], env?: NodeJS.ProcessEnv): Promise<Ended> {
    return this.begin(words, env).ended;
  }
}
