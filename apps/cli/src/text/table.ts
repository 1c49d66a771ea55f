import { stripVTControlCharacters } from 'node:util';
import type { Paint } from './paint.js';

export interface Column<Row> {
  title: string;
  /** Numbers are read from their last digit. */
  align?: 'right';
  cell: (row: Row) => string;
}

/**
 * Rows under the titles of their columns, two blanks apart.
 *
 * @param width of the terminal; what is longer ends in an ellipsis, and nothing is cut without it
 */
export function table<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  paint: Paint,
  width?: number,
): string {
  const titles = columns.map(({ title }) => title.toUpperCase());
  const cells = rows.map((row) => columns.map(({ cell }) => cell(row)));
  const widths = columns.map((_, place) =>
    Math.max(...[titles, ...cells].map((line) => visibleLength(line[place] ?? ''))),
  );
  const line = (texts: readonly string[]) => {
    const padded = texts.map((text, place) => pad(text, widths[place] ?? 0, columns[place]?.align));
    return shortened(padded.join('  ').trimEnd(), width);
  };
  return [paint('dim', line(titles)), ...cells.map(line)].join('\n');
}

function visibleLength(text: string): number {
  return stripVTControlCharacters(text).length;
}

function pad(text: string, width: number, align: 'right' | undefined): string {
  const blanks = ' '.repeat(Math.max(0, width - visibleLength(text)));
  return align === 'right' ? blanks + text : text + blanks;
}

/** A line that a colour begins in is cut without it: half a colour would dye all that follows. */
function shortened(line: string, width = Infinity): string {
  if (visibleLength(line) <= width) return line;
  return `${stripVTControlCharacters(line).slice(0, width - 1)}…`;
}
