import type { ExitCode } from './exit-codes.js';
import type { Gateway } from './gateway/gateway.js';
import type { Output } from './output.js';
import type { Parameters, Values } from './parameters.js';

/** What every command works with. */
export interface Surroundings {
  gateway: Gateway;
  output: Output;
  /** Asks whoever sits at the terminal; undefined when nobody does. */
  confirm: ((question: string) => Promise<boolean>) | undefined;
  /** Aborts when the user has had enough. */
  interrupted: AbortSignal;
}

export const groups = ['Look', 'Repair', 'Jobs', 'Keep'] as const;

export interface Definition<Taken extends Parameters> {
  /** Its words; those of one family begin alike, as `difficulty add` does. */
  name: string;
  group: (typeof groups)[number];
  summary: string;
  parameters: Taken;
  /** Command lines to copy. */
  examples: readonly string[];
  /** What else its help says. */
  notes?: string;
  run: (surroundings: Surroundings, values: Values<Taken>) => Promise<ExitCode>;
}

/** A command as the program, its help and its documentation see it. */
export type Command = Definition<Parameters>;

/** Checks that a definition takes what it declares, and forgets it: a list of commands holds them all alike. */
export function defineCommand<Taken extends Parameters>(definition: Definition<Taken>): Command {
  return definition as unknown as Command;
}
