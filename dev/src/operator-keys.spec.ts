import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { addOperatorKey, operatorApiKeys, operatorKey } from './operator-keys.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

describe('the operator keys of a state folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'operator-keys-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('begin with one of 32 random bytes, which stays the same', () => {
    const key = operatorKey(folder);

    expect(Buffer.from(key, 'base64url')).toHaveLength(32);
    expect(operatorKey(folder)).toBe(key);
    expect(operatorApiKeys(folder)).toBe(`operator:${sha256(key)}:verify+repair+admin`);
  });

  it('are told to the gateway by their hashes, with what each may do', () => {
    const key = addOperatorKey(folder, ['verify', 'repair']);

    expect(operatorApiKeys(folder).split(',')[1]).toMatch(
      new RegExp(`^key-[0-9a-f]{8}:${sha256(key)}:verify\\+repair$`),
    );
  });

  it('can be read by their owner alone, and further ones by nobody', () => {
    operatorKey(folder);
    const further = addOperatorKey(folder, ['verify']);

    for (const file of readdirSync(folder)) {
      expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
      expect(readFileSync(join(folder, file), 'utf8')).not.toContain(further);
    }
  });
});
