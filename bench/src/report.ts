/** What a ratio, or where there is none our own figure, must not exceed or fall below. */
export type Limit = { atMost: number } | { atLeast: number };

/** One thing measured. */
export interface Line {
  /** Number of the goal. */
  goal: number;
  what: string;
  ours: number;
  unit: 'ms' | 's' | 'MB' | 'statements' | 'tables';
  /** What ours is held against, and how the two are related. Without one, ours itself is judged. */
  yardstick?: { what: string; value: number; ratio: 'ours ÷ it' | 'it ÷ ours' };
  /** Missing it fails the run. */
  bar?: Limit;
  stretch?: Limit;
}

export type Verdict = 'missed' | 'met' | 'stretch' | '–';

export function verdictOf(line: Line): Verdict {
  const judged = ratioOf(line) ?? line.ours;
  if (line.bar !== undefined && !holds(line.bar, judged)) return 'missed';
  if (line.stretch !== undefined && holds(line.stretch, judged)) return 'stretch';
  return line.bar === undefined ? '–' : 'met';
}

/** The lines as a table for people. */
export function tableOf(lines: readonly Line[]): string {
  const head = ['goal', 'what', 'ours', 'yardstick', 'ratio', 'bar', 'stretch', 'verdict'];
  const rows = lines.map((line) => {
    const { goal, what, ours, unit, yardstick } = line;
    const ratio = ratioOf(line);
    return [
      String(goal),
      what,
      `${figure(ours)} ${unit}`,
      yardstick === undefined ? '' : `${yardstick.what} ${figure(yardstick.value)} ${unit}`,
      ratio === undefined ? '' : `${yardstick?.ratio ?? ''} = ${figure(ratio)}`,
      limitText(line.bar),
      limitText(line.stretch),
      verdictOf(line),
    ];
  });
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const texts = all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [texts[0], widths.map((width) => '─'.repeat(width)).join('  '), ...texts.slice(1)].join('\n');
}

function ratioOf({ ours, yardstick }: Line): number | undefined {
  if (yardstick === undefined) return undefined;
  return yardstick.ratio === 'ours ÷ it' ? ours / yardstick.value : yardstick.value / ours;
}

function holds(limit: Limit, value: number): boolean {
  return 'atMost' in limit ? value <= limit.atMost : value >= limit.atLeast;
}

function limitText(limit: Limit | undefined): string {
  if (limit === undefined) return '';
  return 'atMost' in limit ? `≤ ${limit.atMost}` : `≥ ${limit.atLeast}`;
}

function figure(value: number): string {
  return value >= 100 || Number.isInteger(value) ? String(Math.round(value)) : value.toPrecision(3);
}
