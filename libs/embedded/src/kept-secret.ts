import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** 32 random bytes in base64url: drawn once, then read from the file, which only its owner may open. */
export function keptSecret(file: string): string {
  if (!existsSync(file)) {
    // By renaming, so that being killed here does not leave half a secret.
    const unfinished = `${file}.${process.pid}`;
    writeFileSync(unfinished, randomBytes(32).toString('base64url'), { mode: 0o600 });
    renameSync(unfinished, file);
  }
  return readFileSync(file, 'utf8').trim();
}
