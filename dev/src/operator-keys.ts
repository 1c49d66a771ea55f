import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keptSecret, operatorKeyFile } from '@app/embedded';

export const scopes = ['verify', 'repair', 'admin'] as const;
export type Scope = (typeof scopes)[number];

/** A key as the gateway knows it: what it is called and may do, and a hash from which it cannot be got back. */
interface KnownKey {
  id: string;
  sha256: string;
  scopes: readonly Scope[];
}

/** The key that the launcher prints: made on the first start, the same ever after. */
export function operatorKey(stateFolder: string): string {
  return keptSecret(operatorKeyFile(stateFolder));
}

/** Makes a further key. Only its hash is kept, so it is shown this once. */
export function addOperatorKey(stateFolder: string, allowed: readonly Scope[]): string {
  const key = randomBytes(32).toString('base64url');
  const known: KnownKey = { id: `key-${randomBytes(4).toString('hex')}`, sha256: sha256(key), scopes: allowed };
  const file = keysFile(stateFolder);
  const unfinished = `${file}.${process.pid}`;
  writeFileSync(unfinished, JSON.stringify([...furtherKeys(stateFolder), known], undefined, 2), { mode: 0o600 });
  renameSync(unfinished, file);
  return key;
}

/** All keys of the state folder in the form of OPERATOR_API_KEYS: `id:sha256:scope+scope`, separated by commas. */
export function operatorApiKeys(stateFolder: string): string {
  const first: KnownKey = { id: 'operator', sha256: sha256(operatorKey(stateFolder)), scopes };
  return [first, ...furtherKeys(stateFolder)].map((key) => `${key.id}:${key.sha256}:${key.scopes.join('+')}`).join(',');
}

function furtherKeys(stateFolder: string): KnownKey[] {
  const file = keysFile(stateFolder);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as KnownKey[]) : [];
}

function keysFile(stateFolder: string): string {
  return join(stateFolder, 'operator-keys.json');
}

function sha256(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
