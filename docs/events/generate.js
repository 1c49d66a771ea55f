// Writes what lies beside this file; run after a build: node docs/events/generate.js
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { describeEvents } from '../../dist/libs/contracts/src/index.js';

const here = new URL('.', import.meta.url);
for (const name of readdirSync(here).filter((name) => name.endsWith('.json'))) rmSync(new URL(name, here));
for (const [name, content] of describeEvents()) {
  writeFileSync(new URL(name, here), JSON.stringify(content, null, 2) + '\n');
}
