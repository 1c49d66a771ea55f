import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTestDatabase } from '@app/testing';
import { describe, expect, it } from '@jest/globals';
import { Database } from './database.js';
import { describeSchema } from './describe-schema.js';

describe('schema.sql', () => {
  it('is what the migrations make; `npm run schema` writes it anew', async () => {
    const { ownerUrl } = await createTestDatabase();
    const database = new Database({ url: ownerUrl, applicationName: 'spec' });
    const described = await describeSchema(database);
    await database.close();
    expect(described).toBe(readFileSync(join(process.cwd(), 'libs/database/schema.sql'), 'utf8'));
  });
});
