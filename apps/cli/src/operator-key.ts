import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CliConfig } from './config.js';

// This file is dist/apps/cli/src/operator-key.js.
const checkout = fileURLToPath(new URL('../../../../', import.meta.url));

/**
 * The key that writing needs: as given, else that of the stack on this machine, which is shown to no other machine
 * unless its folder is named on purpose. Null without one: reading needs none.
 */
export async function operatorKeyOf({
  WINDFALL_URL: url,
  WINDFALL_API_KEY: key,
  WINDFALL_HOME: home,
}: CliConfig): Promise<string | null> {
  if (key !== undefined) return key;
  if (home === undefined && !isThisMachine(new URL(url).hostname)) return null;
  // Loaded only here: it brings the stores along, which would delay each command.
  const { operatorKeyFile, runningHomeFolder } = await import('@app/embedded');
  const folder = runningHomeFolder({ checkout, stateFolder: home === undefined ? undefined : resolve(home) });
  try {
    return readFileSync(operatorKeyFile(folder), 'utf8').trim();
  } catch {
    return null;
  }
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);
}
