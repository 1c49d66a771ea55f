import { describe, expect, it } from '@jest/globals';
import {
  allEvents,
  calculationRequestedV1,
  curtailmentIngestedV1,
  difficultyUpdatedV1,
  ingestionRequestedV1,
} from './index.js';

describe('defineEvent', () => {
  it.each(allEvents.map((contract) => [contract.channel, contract] as const))(
    '%s accepts its own example',
    (_, contract) => {
      expect(contract.envelope.parse(contract.example)).toEqual(contract.example);
    },
  );

  it('gives each event a channel of its own', () => {
    expect(new Set(allEvents.map((contract) => contract.channel)).size).toBe(allEvents.length);
  });

  it('names a fact by type, subject and revision, so that a repeat is recognised', () => {
    const { data } = curtailmentIngestedV1.example;
    expect(curtailmentIngestedV1.idOf(data)).toBe('curtailment.ingested:2025-03-06:1');
    expect(curtailmentIngestedV1.idOf({ ...data, revision: 2 })).not.toBe(curtailmentIngestedV1.idOf(data));
  });

  it('names a retarget by its height and difficulty', () => {
    expect(difficultyUpdatedV1.idOf({ height: 840672, fromUnix: 1713970312, difficulty: '88104191118793.16' })).toBe(
      'difficulty.updated:840672:88104191118793.16',
    );
  });

  it('gives each request a fresh id', () => {
    const { data } = ingestionRequestedV1.example;
    expect(ingestionRequestedV1.idOf(data)).not.toBe(ingestionRequestedV1.idOf(data));
  });

  it('names a set of days by its first and last', () => {
    const settlementDates = ['2025-03-07', '2025-03-05', '2025-03-06'];
    expect(calculationRequestedV1.subjectOf({ settlementDates, jobId: null })).toBe('2025-03-05/2025-03-07');
    expect(calculationRequestedV1.subjectOf({ settlementDates: ['2025-03-05'], jobId: null })).toBe('2025-03-05');
  });

  it('drops fields it does not know, so that a newer producer may add some', () => {
    const { example } = curtailmentIngestedV1;
    const newer = { ...example, dataschema: 'x', data: { ...example.data, colour: 'green' } };
    expect(curtailmentIngestedV1.envelope.parse(newer)).toEqual(example);
  });

  it.each([
    ['another type', { type: 'curtailment.deleted' }],
    ['no id', { id: undefined }],
    ['a date that does not exist', { data: { ...curtailmentIngestedV1.example.data, settlementDate: '2025-02-29' } }],
    ['a revision of zero', { data: { ...curtailmentIngestedV1.example.data, revision: 0 } }],
    ['a number as text', { data: { ...curtailmentIngestedV1.example.data, curtailedMwh: '95000' } }],
    ['a missing field', { data: { settlementDate: '2025-03-06', revision: 1 } }],
  ])('refuses an envelope with %s', (_, fault) => {
    expect(curtailmentIngestedV1.envelope.safeParse({ ...curtailmentIngestedV1.example, ...fault }).success).toBe(
      false,
    );
  });

  it.each([0, 32])('refuses a request for %i days', (days) => {
    const settlementDates = Array.from({ length: days }, () => '2025-03-05');
    expect(calculationRequestedV1.data.safeParse({ settlementDates, jobId: null }).success).toBe(false);
  });
});
