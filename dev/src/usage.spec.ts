import { describe, expect, it } from '@jest/globals';
import { readCommand } from './usage.js';

describe('the command line', () => {
  it('is a command with its options', () => {
    expect(readCommand(['start'])).toEqual({ name: 'start' });
    expect(readCommand(['demo'])).toEqual({ name: 'demo', once: false });
    expect(readCommand(['demo', '--once'])).toEqual({ name: 'demo', once: true });
    expect(readCommand(['operator-key', '--scopes', 'repair,verify'])).toEqual({
      name: 'operator-key',
      scopes: ['verify', 'repair'],
    });
  });

  it.each([
    [[]],
    [['serve']],
    [['start', '--once']],
    [['demo', '--twice']],
    [['operator-key']],
    [['operator-key', '--scopes', '']],
    [['operator-key', '--scopes', 'verify,all']],
  ])('refuses %j', (words) => {
    expect(() => readCommand(words)).toThrow();
  });
});
