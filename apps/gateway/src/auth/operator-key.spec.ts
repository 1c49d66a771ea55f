import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { findOperator, operatorKeys, permits } from './operator-key.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const keys = operatorKeys.parse(
  `night:${sha256('one')}:verify, ops.2:${sha256('two')}:verify+repair,root:${sha256('three')}:admin`,
);

describe('operator keys', () => {
  it('are found by the key they are the hash of', () => {
    expect(findOperator(keys, 'two')?.id).toBe('ops.2');
    expect(findOperator(keys, sha256('two'))).toBeUndefined();
    expect(findOperator(keys, '')).toBeUndefined();
  });

  it('permit their own scopes, and admin permits all', () => {
    const may = ['one', 'two', 'three'].map((key) => {
      const operator = findOperator(keys, key);
      return operator && [permits(operator, 'verify'), permits(operator, 'repair'), permits(operator, 'admin')];
    });
    expect(may).toEqual([
      [true, false, false],
      [true, true, false],
      [true, true, true],
    ]);
  });

  it.each([
    'night',
    `night:${sha256('one')}`,
    'night:abc:verify',
    `night:${sha256('one')}:fly`,
    `:${sha256('one')}:verify`,
  ])('refuses the entry %s', (entry) => {
    expect(operatorKeys.safeParse(entry).success).toBe(false);
  });
});
