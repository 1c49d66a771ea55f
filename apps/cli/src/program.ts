import { Argument, Command as Commander, Option } from 'commander';
import { type Command, groups, type Surroundings } from './command.js';
import type { ExitCode } from './exit-codes.js';
import { isOption, type Parameter, type Parameters } from './parameters.js';

/** Words that only group the commands below them. */
const families: Record<string, string> = {
  audit: 'what was done, by whom',
  'dead-letters': 'events that no attempt could handle',
  difficulty: 'the network difficulty, by retarget',
};

export interface GlobalOptions {
  json?: true;
  color: boolean;
}

/**
 * The program with all its commands.
 *
 * @param prepare makes what a command works with, once the words are known to make one
 * @param done    is told the exit code
 */
export function buildProgram(
  commands: readonly Command[],
  prepare: (options: GlobalOptions) => Promise<Surroundings>,
  done: (code: ExitCode) => void,
): Commander {
  const program = new Commander('windfall')
    .description('Looks at what Windfall has stored, and repairs it, through its gateway.')
    .exitOverride()
    .option('--json', 'results as JSON, for programs')
    .option('--no-color', 'no colours; so does the variable NO_COLOR')
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', programNotes);
  for (const group of groups) {
    program.commandsGroup(`${group}:`);
    for (const command of commands.filter((candidate) => candidate.group === group)) {
      const built = build(program, command);
      built.action(async () => {
        const surroundings = await prepare(program.opts());
        done(await command.run(surroundings, valuesOf(command.parameters, built)));
      });
    }
  }
  addHelp(program);
  return program;
}

/** Commander's own help command knows only the first of a command's words. */
function addHelp(program: Commander): void {
  program
    .helpCommand(false)
    .command('help')
    .argument('[command...]')
    .description('how a command is used, with an example')
    .action((words: string[]) => {
      let found = program;
      for (const word of words) {
        const next = found.commands.find((child) => child.name() === word);
        if (next === undefined)
          program.error(`error: unknown command '${words.join(' ')}'`, { code: 'commander.unknownCommand' });
        found = next;
      }
      found.help();
    });
}

const programNotes = `
Environment:
  WINDFALL_URL       address of the gateway (default http://127.0.0.1:3000)
  WINDFALL_API_KEY   operator key; without it, that of the stack on this machine

Exit codes:
  0 fine   1 the work failed, or something is missing or differs   2 wrong usage
  3 the gateway could not be reached, or refused the key   4 cancelled, interrupted or out of time`;

function build(program: Commander, { name, summary, parameters, examples, notes }: Command): Commander {
  const words = name.split(' ');
  const own = words.pop() ?? name;
  const built = words.reduce(familyOf, program).command(own);
  built.description(summary).allowExcessArguments(false);
  for (const parameter of Object.values(parameters)) {
    const { usage, description, parse } = parameter;
    if (isOption(parameter)) {
      const option = new Option(usage, description);
      built.addOption(parse === undefined ? option : option.argParser(parse));
    } else {
      const argument = new Argument(usage, description);
      built.addArgument(parse === undefined ? argument : argument.argParser(parse));
    }
  }
  built.addHelpText('after', `\nExamples:\n${examples.map((example) => `  ${example}`).join('\n')}`);
  return notes === undefined ? built : built.addHelpText('after', `\n${notes}`);
}

function familyOf(parent: Commander, word: string): Commander {
  return (
    parent.commands.find((child) => child.name() === word) ??
    parent
      .command(word)
      .helpCommand(false)
      .description(families[word] ?? '')
  );
}

/** Commander hands arguments over by place and options by name. */
function valuesOf(parameters: Parameters, built: Commander): Record<string, unknown> {
  const given = [...(built.processedArgs as unknown[])];
  const options = built.opts<Record<string, unknown>>();
  return Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [
      name,
      isOption(parameter) ? optionOf(parameter, options) : given.shift(),
    ]),
  );
}

/** A flag that is not there is false; but for `--no-watch`, which makes `watch` false and leaves it true otherwise. */
function optionOf({ usage, parse }: Parameter<unknown>, options: Record<string, unknown>): unknown {
  const value = options[new Option(usage).attributeName()];
  return parse === undefined ? (value ?? false) : value;
}
