import { readFileSync } from 'node:fs';
import { type Retarget } from '@app/domain';
import { parse } from 'csv-parse/sync';

/** The retargets that come with the program, in order of time; data/README.md says from where. */
export function knownRetargets(): Retarget[] {
  const rows: Record<'height' | 'unix_time' | 'difficulty', string>[] = parse(
    readFileSync(new URL('../data/difficulty.csv', import.meta.url)),
    { columns: true },
  );
  return rows.map(({ height, unix_time: fromUnix, difficulty }) => ({
    height: Number(height),
    fromUnix: Number(fromUnix),
    difficulty,
  }));
}
