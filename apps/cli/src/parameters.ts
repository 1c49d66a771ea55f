import { parseSettlementDate, parseSettlementMonth, WindfallError } from '@app/domain';
import { InvalidArgumentError } from 'commander';

/** A word that a command takes: an argument, `<date>` or `[to]`, or an option, `--batch-size <dates>` or `--force`. */
export interface Parameter<Value> {
  usage: string;
  description: string;
  /** Absent of a flag, which is there or not. */
  parse?: (text: string) => Value;
}

export type Parameters = Readonly<Record<string, Parameter<unknown>>>;

/** What a command is given for its parameters. */
export type Values<Taken extends Parameters> = {
  [Name in keyof Taken]: Taken[Name] extends Parameter<infer Value> ? Value : never;
};

type Parse<Value> = (text: string) => Value;

export function argument<Value>(name: string, description: string, parse: Parse<Value>): Parameter<Value> {
  return { usage: `<${name}>`, description, parse };
}

export function optionalArgument<Value>(
  name: string,
  description: string,
  parse: Parse<Value>,
): Parameter<Value | undefined> {
  return { usage: `[${name}]`, description, parse };
}

export function option<Value>(usage: string, description: string, parse: Parse<Value>): Parameter<Value | undefined> {
  return { usage, description, parse };
}

export function flag(usage: string, description: string): Parameter<boolean> {
  return { usage, description };
}

export function isOption({ usage }: Pick<Parameter<unknown>, 'usage'>): boolean {
  return usage.startsWith('-');
}

/** Words as they are. */
export function text(given: string): string {
  if (given.trim() === '') throw new InvalidArgumentError('It is empty.');
  return given;
}

export function wholeNumber(least: number, most: number): Parse<number> {
  return (given) => {
    const value = Number(given);
    if (/^\d+$/.test(given) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`Allowed: a whole number from ${least} to ${most}.`);
  };
}

/** `7`, or `1-10`. */
export function span(least: number, most: number): Parse<{ first: number; last: number }> {
  return (given) => {
    const [first = NaN, last = first] = given.split('-').map(Number);
    if (/^\d+(-\d+)?$/.test(given) && least <= first && first <= last && last <= most) return { first, last };
    throw new InvalidArgumentError(`Allowed: a number or a span of them from ${least} to ${most}, such as 1-10.`);
  };
}

export function oneOf<const Word extends string>(words: readonly Word[]): Parse<Word> {
  return (given) => {
    const word = words.find((candidate) => candidate === given);
    if (word !== undefined) return word;
    throw new InvalidArgumentError(`Allowed: ${words.join(', ')}.`);
  };
}

export const date: Parse<string> = (given) => checked(() => parseSettlementDate(given));
export const month: Parse<string> = (given) => checked(() => parseSettlementMonth(given));

/** `12` or `44-48`; whether the day has them is for the gateway to say. */
export const periods: Parse<string> = matching(/^\d{1,2}(-\d{1,2})?$/, 'one period or a range of them, such as 44-48');
export const uuid: Parse<string> = matching(
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  'an id such as 0197a2b4-6d2c-7c31-9f0e-3a1d5c7e9b20',
);
export const instant: Parse<string> = matching(
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
  'an instant in UTC such as 2025-05-17T14:02:23Z',
);
export const decimal: Parse<string> = matching(/^\d+(\.\d+)?$/, 'a number such as 121658450774825');

function matching(shape: RegExp, allowed: string): Parse<string> {
  return (given) => {
    if (shape.test(given)) return given;
    throw new InvalidArgumentError(`Allowed: ${allowed}.`);
  };
}

/** What the domain refuses is wrong usage here. */
function checked<Value>(parse: () => Value): Value {
  try {
    return parse();
  } catch (error) {
    if (error instanceof WindfallError) throw new InvalidArgumentError(error.message);
    throw error;
  }
}
