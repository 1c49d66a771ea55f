import { describe, expect, it } from '@jest/globals';
import { Connection } from './prepared.js';

describe('A connection', () => {
  it('that is lost while nobody listens does not end the process', () => {
    const connection = new Connection();
    expect(() =>
      connection.emit('error', new Error('terminating connection due to administrator command')),
    ).not.toThrow();
  });
});
