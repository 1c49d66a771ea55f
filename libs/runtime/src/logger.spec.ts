import { describe, expect, it } from '@jest/globals';
import { createLogger } from './logger.js';
import { NestLogger } from './nest-logger.js';

function written(write: (logger: NestLogger) => void): Record<string, unknown> {
  let line = '';
  write(new NestLogger(createLogger('spec', { write: (text) => (line += text) })));
  return JSON.parse(line) as Record<string, unknown>;
}

describe('NestLogger', () => {
  it('writes a sentence with its context', () => {
    expect(written((logger) => logger.warn('careful', 'Somewhere'))).toMatchObject({
      level: 'warn',
      service: 'spec',
      msg: 'careful',
      context: 'Somewhere',
    });
  });

  it('keeps the fields of an object', () => {
    const line = written((logger) => logger.log({ msg: 'failed', settlementDate: '2025-03-06', period: 4 }, 'Ingest'));
    expect(line).toMatchObject({ msg: 'failed', settlementDate: '2025-03-06', period: 4, context: 'Ingest' });
  });

  it('writes an error with its code and what caused it', () => {
    const error = Object.assign(new Error('outer', { cause: new Error('inner') }), { code: 'unavailable' });
    const { msg, err } = written((logger) => logger.error(error, 'stack of Nest', 'Bus')) as {
      msg: string;
      err: object;
    };
    expect(msg).toBe('outer');
    expect(err).toMatchObject({ code: 'unavailable', message: 'outer: inner' });
  });
});
