import { CannotStart } from '@app/embedded';
import { describe, expect, it } from '@jest/globals';
import { readSettings } from './settings.js';

describe('the settings', () => {
  it('name nothing external by default', () => {
    expect(readSettings({ NATS_URL: '', PORT: '' })).toEqual({
      stateFolder: undefined,
      port: 3000,
      databaseUrl: undefined,
      natsUrl: undefined,
      dynamoEndpoint: undefined,
      elexonBaseUrl: undefined,
    });
  });

  it('tell AWS itself, an empty endpoint, from none', () => {
    expect(readSettings({ DYNAMODB_ENDPOINT: '' }).dynamoEndpoint).toBe('');
  });

  it.each([
    [{ PORT: '80x' }, 'PORT must be a number up to 65535, not 80x'],
    [{ PORT: '65536' }, 'PORT must be a number up to 65535, not 65536'],
    [{ DATABASE_URL: 'secret' }, 'DATABASE_URL is not an address such as http://…'],
  ])('refuse %j in one line', (env, line) => {
    expect(() => readSettings(env)).toThrow(new CannotStart(line));
  });
});
