import { readFileSync, writeFileSync } from 'node:fs';
import { freePort } from '@app/embedded';

export type Ports<Name extends string> = Record<Name, number>;

/** The ports that were used the last time, where they are still free, else others; kept for the next time. */
export async function keptPorts<Name extends string>(file: string, names: readonly Name[]): Promise<Ports<Name>> {
  const last = readPorts(file);
  const ports: Partial<Ports<Name>> = {};
  for (const name of names) ports[name] = await freePort(last[name]);
  writeFileSync(file, JSON.stringify({ ...last, ...ports }, undefined, 2));
  return ports as Ports<Name>;
}

function readPorts(file: string): Record<string, number> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
  } catch {
    return {};
  }
}
