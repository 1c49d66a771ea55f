import type { TextStyle } from '../output.js';
import { unknown } from './format.js';
import { table } from './table.js';

/** What a job found: a table of each list, a line of each other fact. */
export function describeResult(result: Readonly<Record<string, unknown>>, { paint, width }: TextStyle): string {
  return Object.entries(result)
    .map(([name, found]) => {
      if (!isList(found)) return `${name}: ${inWords(found)}`;
      if (found.length === 0) return `${name}: none`;
      const titles = [...new Set(found.flatMap((row) => Object.keys(row)))];
      const columns = titles.map((title) => ({ title, cell: (row: Row) => inWords(row[title]) }));
      return `${name}: ${found.length}\n${table(columns, found, paint, width)}`;
    })
    .join('\n');
}

type Row = Readonly<Record<string, unknown>>;

function isList(found: unknown): found is Row[] {
  return Array.isArray(found) && found.every((row) => typeof row === 'object' && row !== null);
}

function inWords(fact: unknown): string {
  if (fact === null || fact === undefined) return unknown;
  if (Array.isArray(fact)) return fact.map(inWords).join(', ');
  if (typeof fact === 'object') {
    return Object.entries(fact)
      .map(([name, part]) => `${name} ${inWords(part)}`)
      .join(', ');
  }
  return typeof fact === 'string' ? fact : JSON.stringify(fact);
}
