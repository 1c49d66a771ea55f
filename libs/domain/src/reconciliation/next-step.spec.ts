import { describe, expect, it } from '@jest/globals';
import { type DayFacts, type ItemProgress, MAX_ATTEMPTS, nextStep } from './next-step.js';

const complete: DayFacts = {
  state: 'complete',
  sourceFinal: true,
  failed: null,
  unfetchedPeriods: [],
  calculationLags: false,
  summaryLags: false,
  blocked: null,
};
const begun: ItemProgress = {
  refetch: false,
  periods: null,
  attempts: 0,
  asked: null,
  begun: false,
  done: false,
  silentMs: 0,
};
const asked: ItemProgress = { ...begun, attempts: 1, asked: 'ingestion' };
const fetched: ItemProgress = { ...asked, done: true };
const failed = { periods: [12, 30], detail: 'HTTP 500, 5 attempts' };

describe('the next step for a date', () => {
  it('leaves a complete day alone unless it shall be fetched again', () => {
    expect(nextStep(complete, begun)).toEqual({ do: 'end', state: 'completed' });
    expect(nextStep(complete, { ...begun, refetch: true })).toEqual({ do: 'ask', for: 'ingestion', periods: null });
  });

  it.each<[string, DayFacts | null]>([
    ['never fetched', null],
    ['absent', { ...complete, state: 'absent' }],
    ['fetched before the source was final', { ...complete, state: 'provisional', sourceFinal: false }],
    ['with failed periods', { ...complete, state: 'partial', failed }],
    ['with unfetched periods', { ...complete, state: 'partial', unfetchedPeriods: [7] }],
  ])('asks the source for a day %s', (_, day) => {
    expect(nextStep(day, begun)).toEqual({ do: 'ask', for: 'ingestion', periods: null });
  });

  it('derives again without asking the source when only a derivation lags behind', () => {
    expect(nextStep({ ...complete, calculationLags: true }, begun)).toEqual({ do: 'ask', for: 'calculation' });
    expect(nextStep({ ...complete, summaryLags: true }, begun)).toEqual({ do: 'ask', for: 'aggregation' });
  });

  it('waits while the request is under way, and asks again when nobody began with it', () => {
    expect(nextStep(complete, asked)).toEqual({ do: 'wait' });
    expect(nextStep(complete, { ...asked, silentMs: 15_000 })).toMatchObject({ do: 'ask', for: 'ingestion' });
    expect(nextStep(complete, { ...asked, silentMs: 15_000, begun: true })).toEqual({ do: 'wait' });
  });

  it('waits without end while the request could not be sent, since it is safe in the outbox', () => {
    expect(nextStep(complete, { ...asked, silentMs: null, attempts: MAX_ATTEMPTS })).toEqual({ do: 'wait' });
  });

  it('fails when ingestion never answers', () => {
    const step = nextStep(complete, { ...asked, attempts: MAX_ATTEMPTS, silentMs: 15_000 });
    expect(step).toMatchObject({ do: 'end', state: 'failed', cause: { code: 'timed-out' } });
  });

  it('fetches only what failed again, after a growing pause, and names it when it fails for good', () => {
    const day: DayFacts = { ...complete, state: 'partial', failed };
    expect(nextStep(day, fetched)).toEqual({ do: 'wait' });
    expect(nextStep(day, { ...fetched, silentMs: 2_000 })).toEqual({ do: 'ask', for: 'ingestion', periods: [12, 30] });
    expect(nextStep(day, { ...fetched, attempts: 2, silentMs: 3_999 })).toEqual({ do: 'wait' });
    expect(nextStep(day, { ...fetched, attempts: MAX_ATTEMPTS })).toEqual({
      do: 'end',
      state: 'failed',
      cause: { code: 'source-unavailable', ...failed },
    });
  });

  it('does not fail for periods that were not asked for', () => {
    const day: DayFacts = { ...complete, state: 'partial', failed };
    expect(nextStep(day, { ...fetched, periods: [1, 2] })).toEqual({ do: 'end', state: 'completed' });
    const step = nextStep(day, { ...fetched, periods: [12, 13], attempts: MAX_ATTEMPTS });
    expect(step).toMatchObject({ do: 'end', cause: { periods: [12] } });
  });

  it('is not done before calculations and summaries rest on what was fetched', () => {
    expect(nextStep({ ...complete, calculationLags: true }, fetched)).toEqual({ do: 'wait' });
    expect(nextStep({ ...complete, calculationLags: true }, { ...fetched, silentMs: 15_000 })).toEqual({
      do: 'ask',
      for: 'calculation',
    });
    expect(nextStep(complete, fetched)).toEqual({ do: 'end', state: 'completed' });
  });

  it('tries a blocked day once more and then says what is missing', () => {
    const blocked = { periods: [1, 2], detail: 'No difficulty' };
    const day: DayFacts = { ...complete, state: 'blocked', blocked };
    expect(nextStep(day, begun)).toEqual({ do: 'ask', for: 'calculation' });
    expect(nextStep(day, { ...begun, asked: 'calculation' })).toEqual({ do: 'wait' });
    expect(nextStep(day, { ...begun, asked: 'calculation', done: true })).toEqual({
      do: 'end',
      state: 'blocked',
      cause: { code: 'difficulty-missing', ...blocked },
    });
    expect(nextStep(day, fetched)).toMatchObject({ do: 'end', state: 'blocked' });
  });
});
