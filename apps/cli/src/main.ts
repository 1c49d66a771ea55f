import { CommanderError } from 'commander';
import { ask } from './ask.js';
import type { Surroundings } from './command.js';
import { commands } from './commands/index.js';
import { readConfig } from './config.js';
import { CommandFailure, type ExitCode, exitCodes } from './exit-codes.js';
import { Gateway } from './gateway/gateway.js';
import { operatorKeyOf } from './operator-key.js';
import { Output } from './output.js';
import { buildProgram, type GlobalOptions } from './program.js';

const interruption = new AbortController();
// Once: who asks a second time is not made to wait for us.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => interruption.abort());
// Whoever reads may have read enough, as `head` does.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => process.exit(process.exitCode));

let output = new Output(process, { json: false, colour: false });

async function prepare({ json, color }: GlobalOptions): Promise<Surroundings> {
  output = new Output(process, { json: json === true, colour: false });
  const config = readConfig();
  output = new Output(process, { json: json === true, colour: color && config.NO_COLOR === undefined });
  const gateway = new Gateway(config.WINDFALL_URL, await operatorKeyOf(config), interruption.signal);
  const atTerminal = process.stdin.isTTY && output.isWatched;
  const confirm = atTerminal ? (question: string) => ask(question, interruption.signal) : undefined;
  return { gateway, output, confirm, interrupted: interruption.signal };
}

try {
  const program = buildProgram(commands, prepare, (code) => (process.exitCode = code));
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}

function exitCodeOf(error: unknown): ExitCode {
  // Commander has said what was wrong; help that was asked for is no fault.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.fine : exitCodes.wrongUsage;
  if (error instanceof CommandFailure) {
    output.failure(error.message, error.detail);
    return error.exitCode;
  }
  if (interruption.signal.aborted) {
    output.failure('Interrupted.', { detail: 'Interrupted.' });
    return exitCodes.stopped;
  }
  throw error;
}
