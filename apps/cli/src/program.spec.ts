import { describe, expect, it } from '@jest/globals';
import { CommanderError } from 'commander';
import type { Command, Surroundings } from './command.js';
import { defineCommand } from './command.js';
import { commands } from './commands/index.js';
import { type ExitCode, exitCodes } from './exit-codes.js';
import { argument, date, flag, option, optionalArgument, wholeNumber } from './parameters.js';
import { buildProgram } from './program.js';

/** Runs the program with some words; what it prints of its own is kept. */
async function run(given: readonly Command[], ...words: string[]) {
  let printed = '';
  let code: ExitCode | undefined;
  const keep = { writeOut: (text: string) => (printed += text), writeErr: (text: string) => (printed += text) };
  const program = buildProgram(
    given,
    () => Promise.resolve({} as Surroundings),
    (ended) => (code = ended),
  );
  for (const command of [program, ...program.commands, ...program.commands.flatMap((child) => child.commands)]) {
    command.configureOutput(keep);
  }
  let refused: string | undefined;
  try {
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    refused = error.code;
  }
  return { code, printed, refused };
}

describe('the words of a command', () => {
  let values: unknown;
  const spy = defineCommand({
    name: 'spy on',
    group: 'Look',
    summary: 'keeps what it is given',
    parameters: {
      from: argument('from', 'first', date),
      size: option('--batch-size <n>', 'a number', wholeNumber(1, 31)),
      to: optionalArgument('to', 'last', date),
      force: flag('--force', 'a flag'),
      watch: flag('--no-watch', 'a flag that takes away'),
    },
    examples: ['windfall spy on 2025-05-26'],
    run: (_, given) => {
      values = given;
      return Promise.resolve(exitCodes.failed);
    },
  });

  it('are read by place and by name, and the exit code is that of the command', async () => {
    expect((await run([spy], 'spy', 'on', '2025-05-26')).code).toBe(exitCodes.failed);
    expect(values).toEqual({ from: '2025-05-26', to: undefined, size: undefined, force: false, watch: true });
    await run([spy], 'spy', 'on', '--no-watch', '2025-05-26', '--batch-size', '5', '2025-05-27', '--force', '--json');
    expect(values).toEqual({ from: '2025-05-26', to: '2025-05-27', size: 5, force: true, watch: false });
  });

  it.each([
    [['spy', 'on'], "missing required argument 'from'"],
    [['spy', 'on', '26/05/2025'], 'YYYY-MM-DD'],
    [['spy', 'on', '2025-02-30'], '2025-02-30'],
    [['spy', 'on', '2025-05-26', '2025-05-27', '2025-05-28'], 'too many arguments'],
    [['spy', 'on', '2025-05-26', '--batch-size', '32'], 'Allowed: a whole number from 1 to 31.'],
    [['spy', 'on', '2025-05-26', '--batch-size', '1.5'], 'Allowed: a whole number from 1 to 31.'],
    [['spy', 'on', '2025-05-26', '--speed'], "unknown option '--speed'"],
    [['spy', 'off'], "unknown command 'off'"],
    [['spi'], "unknown command 'spi'"],
  ])('are refused where they make none: %j', async (words, why) => {
    values = undefined;
    const { refused, printed } = await run([spy], ...words);
    expect(refused).toMatch(/^commander\.(?!help)/);
    expect(printed).toContain(why);
    expect(values).toBeUndefined();
  });
});

describe('each command', () => {
  it.each(commands.map(({ name }) => name))('%s has help with an example that reads', async (name) => {
    const command = commands.find((candidate) => candidate.name === name);
    const { printed, refused } = await run(commands, 'help', ...name.split(' '));
    expect(refused).toBe('commander.help');
    for (const example of command?.examples ?? []) expect(printed).toContain(example);
    expect(command?.examples.length).toBeGreaterThan(0);
  });

  it.each(commands.flatMap(({ name, examples }) => examples.map((example) => [example, name])))(
    'can be copied from its help: %s',
    async (example, name) => {
      const parsed: string[] = [];
      const silent = commands.map((command) => ({
        ...command,
        run: () => {
          parsed.push(command.name);
          return Promise.resolve(exitCodes.fine);
        },
      }));
      const words = [...example.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');
      const { refused } = await run(silent, ...words.slice(1));
      if (words[1] === 'help') expect(refused).toBe('commander.help');
      else expect([refused, parsed]).toEqual([undefined, [name]]);
    },
  );

  it('of the first platform has its successor in help legacy, and that is a command', async () => {
    const { printed } = await run(commands, 'help', 'legacy');
    expect(printed).toMatch(/efficient_reconciliation resume +windfall resume/);
  });
});
