import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { blockSubsidyAt } from './block-subsidy.js';

describe('blockSubsidyAt', () => {
  // Times of blocks 630000 and 840000: docs/data-sources.md 11.
  it.each([
    ['2012-11-28T15:24:37Z', '50'],
    ['2020-05-11T19:23:42.999Z', '12.5'],
    ['2020-05-11T19:23:43Z', '6.25'],
    ['2024-04-20T00:09:26Z', '6.25'],
    ['2024-04-20T00:09:27Z', '3.125'],
    ['2026-11-22T00:00:00Z', '3.125'],
  ])('at %s is %s', (at, subsidy) => {
    expect(blockSubsidyAt(at)).toBe(subsidy);
  });

  it('refuses what is no instant', () => {
    expect(() => blockSubsidyAt('2024-04-20')).toThrow(RangeError);
  });
});

const halvings = new URL('../../../../../shared/data/halvings.csv', import.meta.url);

(existsSync(halvings) ? describe : describe.skip)('halvings of ../shared/data (skipped where it is absent)', () => {
  it('agrees on the time of each that has one', () => {
    const rows = parse<Record<string, string>>(readFileSync(halvings), { columns: true }).filter(
      ({ timestamp_utc }) => timestamp_utc !== '',
    );
    expect(rows).toHaveLength(4);
    for (const { timestamp_utc: at = '', subsidy_btc_from_this_block: subsidy = '' } of rows) {
      expect(blockSubsidyAt(at)).toBe(subsidy);
      const before = new Date(Date.parse(at) - 1000).toISOString();
      expect(blockSubsidyAt(before)).toBe(String(Number(subsidy) * 2));
    }
  });
});
