const named = new Map<string, string>();
/** Texts are constants, but for a few that name a schema; were that ever otherwise, memory must not follow. */
const MAX_NAMED = 1_000;
const QUERY_FILE = /\/queries\/(?:[\w-]+\/)*([\w-]+)\.[jt]s/;

/**
 * What a statement is called: the file of the function in `queries` that runs it, `other` for anything else. It is looked up on
 * the stack once for each text, and has to be called before anything is waited for.
 */
export function statementName(sql: string): string {
  const known = named.get(sql);
  if (known !== undefined) return known;
  const name = QUERY_FILE.exec(new Error().stack ?? '')?.[1] ?? 'other';
  if (named.size < MAX_NAMED) named.set(sql, name);
  return name;
}
