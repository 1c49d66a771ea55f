import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

const checkout = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, checkout), 'utf8');

/** `#NAME=default` lines of one `# == section` of .env.example. */
function documented(section: string): Record<string, string> {
  const [, ...sections] = read('.env.example').split(/^# == /m);
  const text = sections.find((part) => part.startsWith(`${section}\n`)) ?? '';
  const entries = [...text.matchAll(/^#([A-Z_]+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, value] as const);
  return Object.fromEntries(entries);
}

/** Keys in capitals of a service's schema with their defaults, read from its source: importing it would parse our environment. */
function declared(service: string): Record<string, string> {
  const file = `apps/${service}/src/config.ts`;
  const found: Record<string, string> = {};
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && ts.isIdentifier(node.name) && /^[A-Z_]+$/.test(node.name.text)) {
      found[node.name.text] = defaultOf(node.initializer);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest));
  return found;
}

/** The literal in `.default(…)`, wherever it stands in the chain of calls; empty without one. */
function defaultOf(expression: ts.Expression): string {
  if (ts.isPropertyAccessExpression(expression)) return defaultOf(expression.expression);
  if (!ts.isCallExpression(expression) || !ts.isPropertyAccessExpression(expression.expression)) return '';
  const [argument] = expression.arguments;
  if (expression.expression.name.text !== 'default' || argument === undefined) return defaultOf(expression.expression);
  return ts.isStringLiteral(argument) || ts.isNumericLiteral(argument) ? argument.text : '';
}

describe('.env.example', () => {
  it.each(['ingestion', 'calculator', 'aggregator', 'reconciler', 'gateway', 'cli', 'elexon-simulator'])(
    'has every variable that %s reads, with its default',
    (service) => {
      expect(Object.keys(declared(service)).length).toBeGreaterThan(0);
      expect(documented(service)).toEqual(declared(service));
    },
  );
});
