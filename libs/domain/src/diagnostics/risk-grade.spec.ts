import { describe, expect, it } from '@jest/globals';
import { gradeRisk, type Measured } from './risk-grade.js';

const database: NonNullable<Measured['database']> = {
  connectMs: 8,
  simpleMs: 1,
  moderateMs: 4,
  complexMs: 30,
  connections: 30,
  maxConnections: 200,
  waiting: 0,
  slowStatements: 0,
  unpublished: 0,
};
const healthy: Measured = {
  database,
  nats: { lag: 3, deadLetters: 0 },
  difficulty: { ms: 5 },
  source: { ms: 80, clockSkewMs: 400 },
};

describe('gradeRisk', () => {
  it('finds nothing where all is well', () => {
    expect(gradeRisk(healthy)).toEqual({ risk: 'low', findings: [] });
  });

  it.each<[string, Partial<Measured>, string, string]>([
    ['the database is away', { database: null }, 'critical', 'database'],
    ['NATS is away', { nats: null }, 'high', 'nats'],
    ['the difficulty cannot be read', { difficulty: null }, 'high', 'difficulty'],
    ['Elexon is away', { source: null }, 'high', 'source'],
    ['connecting takes a tenth of a second', { database: { ...database, connectMs: 100 } }, 'medium', 'database'],
    ['a simple query takes a quarter of a second', { database: { ...database, simpleMs: 250 } }, 'high', 'database'],
    ['seven in ten connections are taken', { database: { ...database, connections: 140 } }, 'medium', 'database'],
    ['nine in ten connections are taken', { database: { ...database, connections: 180 } }, 'high', 'database'],
    ['somebody waits for a lock', { database: { ...database, waiting: 1 } }, 'medium', 'database'],
    ['events are left in an outbox', { database: { ...database, unpublished: 100 } }, 'high', 'database'],
    ['an event was given up', { nats: { lag: 0, deadLetters: 1 } }, 'medium', 'nats'],
    ['events pile up', { nats: { lag: 5_000, deadLetters: 0 } }, 'high', 'nats'],
    ['the clock is a minute slow', { source: { ms: 80, clockSkewMs: -60_000 } }, 'high', 'clock'],
  ])('when %s', (_, changes, risk, subject) => {
    const diagnosis = gradeRisk({ ...healthy, ...changes });
    expect([diagnosis.risk, diagnosis.findings.map((finding) => finding.subject)]).toEqual([risk, [subject]]);
  });

  it('takes the worst of all findings, and names each', () => {
    const diagnosis = gradeRisk({
      ...healthy,
      nats: { lag: 100, deadLetters: 60 },
      database: { ...database, waiting: 2 },
    });
    expect(diagnosis.risk).toBe('high');
    expect(diagnosis.findings.map((finding) => finding.risk)).toEqual(['medium', 'medium', 'high']);
    expect(diagnosis.findings[2]?.advice).toContain('60 events');
  });
});
