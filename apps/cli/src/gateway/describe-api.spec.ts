import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { describeApi } from './describe-api.js';

const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

describe('the types of the gateway', () => {
  it('are those of docs/openapi.json; if not, run node docs/generate-openapi.js after a build', async () => {
    const document = JSON.parse(read('../../../../docs/openapi.json')) as object;
    expect(read('api.ts')).toBe(await describeApi(document));
  });
});
