import { parseArgs } from 'node:util';
import { type Scope, scopes } from './operator-keys.js';

export const usage = `usage: npm run demo [-- --once]
       npm start
       npm run operator-key -- --scopes ${scopes.join(',')}`;

export type Command =
  { name: 'demo'; once: boolean } | { name: 'start' } | { name: 'operator-key'; scopes: readonly Scope[] };

/** @throws {Error} when the words make no command */
export function readCommand(words: readonly string[]): Command {
  const [name, ...args] = words;
  switch (name) {
    case 'demo': {
      const { values } = parseArgs({ args, options: { once: { type: 'boolean', default: false } } });
      return { name, once: values.once };
    }
    case 'start':
      parseArgs({ args, options: {} });
      return { name };
    case 'operator-key': {
      const { values } = parseArgs({ args, options: { scopes: { type: 'string' } } });
      return { name, scopes: readScopes(values.scopes) };
    }
    default:
      throw new Error(name === undefined ? 'no command' : `no such command: ${name}`);
  }
}

function readScopes(text: string | undefined): readonly Scope[] {
  const named = (text ?? '').split(',');
  const known = scopes.filter((scope) => named.includes(scope));
  if (known.length === named.length) return known;
  throw new Error(`--scopes takes one or more of ${scopes.join(', ')}, with commas between them`);
}
