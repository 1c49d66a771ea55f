import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { commands } from './commands/index.js';
import { describeCommands } from './describe-commands.js';

const published = new URL('../../../docs/cli.md', import.meta.url);

describe('docs/cli.md', () => {
  it('is what the commands say; if not, run node docs/generate-cli.js after a build', () => {
    expect(readFileSync(published, 'utf8')).toBe(describeCommands(commands));
  });

  it('has an example of every command', () => {
    const sections = describeCommands(commands).split('\n### ').slice(1);
    expect(sections).toHaveLength(commands.length);
    for (const section of sections) expect(section).toContain('Examples:\n  windfall ');
  });
});
