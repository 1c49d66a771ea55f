import { describe, expect, it } from '@jest/globals';
import { type Alert, type AlertKind, alertLines, type AlertWorthy, compareAlerts } from './alert.js';

function of(kind: AlertKind, ...subjects: string[]): Alert[] {
  return subjects.map((subject) => ({ kind, subject }));
}

function found(alerts: readonly Alert[], lasting = true): AlertWorthy[] {
  return alerts.map((alert) => ({ ...alert, lasting }));
}

/** What is logged when `there` is found while `open` was told of. */
function told(open: readonly Alert[], there: readonly AlertWorthy[]): [level: string, text: string][] {
  return alertLines(open, compareAlerts(open, there)).map(({ level, text }) => [level, text]);
}

describe('compareAlerts', () => {
  it('begins what is lasting, keeps what is there, and ends what is not', () => {
    const open = of('gap', '2025-06-01', '2025-06-02');
    const there = [
      ...found(of('gap', '2025-06-02'), false),
      ...found(of('gap', '2025-06-03'), false),
      ...found(of('dead-letter', 'calculator_x')),
    ];
    expect(compareAlerts(open, there)).toEqual({
      begun: of('dead-letter', 'calculator_x'),
      ended: of('gap', '2025-06-01'),
    });
  });

  it('takes the same date in another state for another alert', () => {
    const changes = compareAlerts(
      of('difficulty-awaited', '2026-07-05'),
      found(of('difficulty-missing', '2026-07-05')),
    );
    expect(changes).toEqual({
      begun: of('difficulty-missing', '2026-07-05'),
      ended: of('difficulty-awaited', '2026-07-05'),
    });
  });
});

describe('alertLines', () => {
  it('tells nothing while nothing changes', () => {
    const open = [...of('gap', '2025-06-01'), ...of('dead-letter', 'calculator_x')];
    expect(told(open, found(open))).toEqual([]);
  });

  it.each<[Alert[], string, string]>([
    [
      of('gap', '2025-06-01'),
      '1 day still lacks something after the daily check: 2025-06-01',
      'windfall date 2025-06-01',
    ],
    [
      of('gap', '2025-06-02', '2025-06-01', '2025-06-05'),
      '3 days still lack something after the daily check: 2025-06-01 to 2025-06-02, 2025-06-05',
      'windfall reconcile',
    ],
    [
      of('difficulty-missing', '2025-06-01'),
      '1 day has no difficulty, though later ones have: 2025-06-01',
      'windfall difficulty update, or windfall difficulty add HEIGHT INSTANT DIFFICULTY',
    ],
    [
      of('difficulty-awaited', '2026-07-05', '2026-07-04'),
      '2 days since 2026-07-04 wait for a difficulty; later ones will join without a further word',
      'windfall difficulty update, or windfall difficulty add HEIGHT INSTANT DIFFICULTY',
    ],
    [
      of('dead-letter', 'ingestion_y', 'calculator_x'),
      '2 consumers gave events up: calculator_x, ingestion_y',
      'windfall dead-letters list',
    ],
  ])('says what has begun, and what to run: %j', (begun, text, command) => {
    expect(alertLines([], { begun, ended: [] })).toEqual([{ level: 'error', kind: begun[0]?.kind, text, command }]);
  });

  it('tells only of what joins', () => {
    const open = of('gap', '2025-06-01');
    const [line] = told(open, found([...open, ...of('gap', '2025-06-02')]));
    expect(line).toEqual(['error', '1 more day still lacks something after the daily check: 2025-06-02']);
  });

  it('says nothing of each further day that waits for the next difficulty', () => {
    const open = of('difficulty-awaited', '2026-07-04');
    expect(told(open, found([...open, ...of('difficulty-awaited', '2026-07-05')]))).toEqual([]);
    const [next] = told(open, found(of('difficulty-awaited', '2026-07-25')));
    expect(next).toEqual([
      'error',
      '1 day since 2026-07-25 waits for a difficulty; later ones will join without a further word',
    ]);
  });

  it('says once that it is over, with the last one', () => {
    const open = [...of('gap', '2025-06-01', '2025-06-02'), ...of('dead-letter', 'calculator_x')];
    expect(told(open, found(of('gap', '2025-06-02')))).toEqual([['info', 'There are no dead letters any more']]);
    expect(told(of('gap', '2025-06-02'), [])).toEqual([['info', 'No day lacks anything any more']]);
  });
});
