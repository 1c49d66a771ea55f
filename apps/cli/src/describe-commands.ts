import type { Command as Commander } from 'commander';
import { type Command, groups } from './command.js';
import { buildProgram } from './program.js';

const WIDTH = 100;

/** The reference of all commands as Markdown: what each says of itself when it is asked for help. */
export function describeCommands(commands: readonly Command[]): string {
  const program = buildProgram(
    commands,
    () => Promise.reject(new Error('Nothing is run')),
    () => undefined,
  );
  const sections = groups.flatMap((group) => [
    `## ${group}`,
    ...commands
      .filter((command) => command.group === group)
      .map(({ name }) => `### windfall ${name}\n\n${helpOf(find(program, name))}`),
  ]);
  return `${[
    '# The command line',
    'Made from the help of `windfall` itself by `node docs/generate-cli.js`. What the commands are for: [operations](operations.md).',
    helpOf(program),
    ...sections,
  ].join('\n\n')}\n`;
}

function find(program: Commander, name: string): Commander {
  return name.split(' ').reduce((found, word) => {
    const child = found.commands.find((command) => command.name() === word);
    if (child === undefined) throw new Error(`There is no command ${name}`);
    return child;
  }, program);
}

function helpOf(command: Commander): string {
  let help = '';
  command.configureOutput({
    writeOut: (text) => (help += text),
    getOutHelpWidth: () => WIDTH,
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return `\`\`\`text\n${help.trim()}\n\`\`\``;
}
