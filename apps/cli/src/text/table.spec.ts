import { styleText } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { coloured, plain } from './paint.js';
import { type Column, table } from './table.js';

const columns: Column<[string, string, string]>[] = [
  { title: 'farm', cell: ([farm]) => farm },
  { title: 'MWh', align: 'right', cell: ([, energy]) => energy },
  { title: 'state', cell: ([, , state]) => state },
];
const rows: [string, string, string][] = [
  ['T_A-1', '1,000.5', 'complete'],
  ['T_LONGER-1', '2', ''],
];

describe('a table', () => {
  it('aligns words on the left and numbers on the right', () => {
    expect(table(columns, rows, plain)).toBe(
      ['FARM            MWH  STATE', 'T_A-1       1,000.5  complete', 'T_LONGER-1        2'].join('\n'),
    );
  });

  it('counts what is seen, not the codes of colours', () => {
    const green: [string, string, string] = [styleText('green', 'T_A-1'), '1,000.5', 'complete'];
    const [, first = ''] = table(columns, [green, rows[1] ?? green], plain).split('\n');
    expect(first).toBe(`${styleText('green', 'T_A-1')}       1,000.5  complete`);
  });

  it('is no wider than the terminal', () => {
    const lines = table(columns, rows, plain, 20).split('\n');
    expect(lines).toEqual(['FARM            MWH…', 'T_A-1       1,000.5…', 'T_LONGER-1        2']);
    expect(table(columns, rows, coloured, 20)).toContain(styleText('dim', 'FARM            MWH…'));
  });
});
