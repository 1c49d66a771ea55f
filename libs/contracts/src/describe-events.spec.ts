import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { allEvents } from './all-events.js';
import { describeEvents } from './describe-events.js';

const published = new URL('../../../docs/events/', import.meta.url);

describe('docs/events', () => {
  it('is what the contracts say; if not, run node docs/events/generate.js after a build', () => {
    const files = readdirSync(published).filter((name) => name.endsWith('.json'));
    const content = files.map((name) => [name, JSON.parse(readFileSync(new URL(name, published), 'utf8'))] as const);
    expect(Object.fromEntries(content)).toEqual(JSON.parse(JSON.stringify(Object.fromEntries(describeEvents()))));
  });

  it('refers only to files and parts that exist', () => {
    const described = describeEvents();
    const document = described.get('asyncapi.json') as Record<string, Record<string, unknown>>;
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target ?? '');
    expect(references).toHaveLength(3 * allEvents.length);
    for (const reference of references) {
      const found = reference.startsWith('./')
        ? described.get(reference.slice(2))
        : reference
            .slice(2)
            .split('/')
            .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], document);
      expect([reference, typeof found]).toEqual([reference, 'object']);
    }
  });
});
