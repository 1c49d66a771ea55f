import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig } from './config.js';
import { operatorKeyOf } from './operator-key.js';

const keyOf = (environment: NodeJS.ProcessEnv) => operatorKeyOf(readConfig(environment));

describe('the operator key', () => {
  let home: string;
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'windfall-key-'));
    writeFileSync(join(home, 'operator.key'), 'kept\n');
  });
  afterAll(() => rmSync(home, { recursive: true }));

  it('is the one given, else that of the state folder', async () => {
    expect(await keyOf({ WINDFALL_API_KEY: 'given', WINDFALL_HOME: home })).toBe('given');
    expect(await keyOf({ WINDFALL_API_KEY: '', WINDFALL_HOME: home })).toBe('kept');
  });

  it('is none where there is no stack', async () => {
    expect(await keyOf({ WINDFALL_HOME: join(home, 'nowhere') })).toBeNull();
  });

  it('of this machine is not shown to another one', async () => {
    expect(await keyOf({ WINDFALL_URL: 'https://windfall.example' })).toBeNull();
    expect(await keyOf({ WINDFALL_URL: 'https://127.0.0.1.example' })).toBeNull();
  });
});

describe('the environment', () => {
  it('is refused by the name of a variable, without its value', () => {
    expect(() => readConfig({ WINDFALL_URL: 'ftp://user:secret@host' })).toThrow(
      expect.objectContaining({ exitCode: 2, message: expect.stringMatching(/^(?!.*secret).*WINDFALL_URL/) }),
    );
  });
});
