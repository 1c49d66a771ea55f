// Writes cli.md beside this file; run after a build: node docs/generate-cli.js
import { writeFileSync } from 'node:fs';
import { commands } from '../dist/apps/cli/src/commands/index.js';
import { describeCommands } from '../dist/apps/cli/src/describe-commands.js';

writeFileSync(new URL('cli.md', import.meta.url), describeCommands(commands));
