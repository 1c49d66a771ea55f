import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import {
  AUDIT_ORIGIN,
  type AuditEntry,
  type AuditRow,
  auditHash,
  chainEntries,
  findBreak,
  findBreakAtEnd,
} from './audit-chain.js';

const at = '2025-06-01T08:00:00.000Z';

function entry(reason: string): AuditEntry {
  return {
    action: 'submit-job',
    requestedBy: 'night',
    arguments: { kind: 'range', from: '2025-05-26', to: '2025-05-27' },
    reason,
    planHash: null,
    jobId: '0197a2b4-6d2c-7c31-9f0e-3a1d5c7e9b20',
    outcome: 'accepted',
    cause: null,
    beforeDigest: null,
    afterDigest: null,
  };
}

const rows = chainEntries(AUDIT_ORIGIN, at, ['a', 'b', 'c', 'd'].map(entry));
const [first, second, third, fourth] = rows as [AuditRow, AuditRow, AuditRow, AuditRow];

describe('the audit chain', () => {
  it('hashes all fields in the order of their names, the hash of the row before among them', () => {
    // Written out by hand after RFC 8785.
    const said =
      '{"action":"submit-job","afterDigest":null,"arguments":{"from":"2025-05-26","kind":"range","to":"2025-05-27"},' +
      '"at":"2025-06-01T08:00:00.000Z","beforeDigest":null,"cause":null,"jobId":"0197a2b4-6d2c-7c31-9f0e-3a1d5c7e9b20",' +
      '"outcome":"accepted","planHash":null,' +
      '"previousHash":"0000000000000000000000000000000000000000000000000000000000000000","reason":"a",' +
      '"requestedBy":"night","sequence":1}';
    expect(first.hash).toBe(createHash('sha256').update(said).digest('hex'));
    expect([second.sequence, second.previousHash]).toEqual([2, first.hash]);
  });

  it('is sound from any of its rows on', () => {
    expect(findBreak(AUDIT_ORIGIN, rows)).toBeNull();
    expect(findBreak(second, [third, fourth])).toBeNull();
    expect(findBreak(fourth, [])).toBeNull();
  });

  it('does not depend on the order in which fields come back', () => {
    const { from, to, kind } = first.arguments;
    expect(auditHash({ ...first, arguments: { to, from, kind } })).toBe(first.hash);
  });

  it.each<[keyof AuditRow, unknown]>([
    ['at', '2025-06-01T08:00:00.001Z'],
    ['action', 'cancel-job'],
    ['requestedBy', 'day'],
    ['arguments', { kind: 'range', from: '2025-05-26', to: '2025-05-28' }],
    ['reason', null],
    ['planHash', 'x'],
    ['jobId', null],
    ['outcome', 'refused'],
    ['cause', { code: 'date-held', detail: 'no' }],
    ['beforeDigest', 'x'],
    ['afterDigest', 'x'],
    ['previousHash', first.previousHash.replace('0', '1')],
    ['hash', 'x'],
  ])('tells where %s was altered', (field, value) => {
    expect(findBreak(AUDIT_ORIGIN, [first, { ...second, [field]: value }, third, fourth])).toMatchObject({
      sequence: 2,
      kind: 'altered',
    });
  });

  it('tells of a row that was altered with its hash, by the row after it or by the head', () => {
    const forge = (row: AuditRow): AuditRow => {
      const forged = { ...row, reason: 'forged' };
      return { ...forged, hash: auditHash(forged) };
    };
    expect(findBreak(AUDIT_ORIGIN, [first, forge(second), third])).toMatchObject({ sequence: 3, kind: 'altered' });
    expect(findBreak(AUDIT_ORIGIN, [first, second, third, forge(fourth)])).toBeNull();
    expect(findBreakAtEnd(forge(fourth), fourth, 4)).toMatchObject({ sequence: 4, kind: 'altered' });
  });

  it('tells of a row that was removed, and of one that was put in', () => {
    expect(findBreak(AUDIT_ORIGIN, [first, third, fourth])).toMatchObject({ sequence: 2, kind: 'removed' });
    expect(findBreak(AUDIT_ORIGIN, [second])).toMatchObject({ sequence: 1, kind: 'removed' });
    expect(findBreak(AUDIT_ORIGIN, [first, first])).toMatchObject({ sequence: 2, kind: 'removed' });
  });

  it('tells of an end that was cut off, and of rows that nobody appended', () => {
    expect(findBreakAtEnd(fourth, fourth, 4)).toBeNull();
    expect(findBreakAtEnd(second, fourth, 2)).toMatchObject({ sequence: 3, kind: 'cut' });
    expect(findBreakAtEnd(AUDIT_ORIGIN, fourth, 0)).toMatchObject({ sequence: 1, kind: 'cut' });
    expect(findBreakAtEnd(third, third, 4)).toMatchObject({ sequence: 4, kind: 'surplus' });
  });
});
