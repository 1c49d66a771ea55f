import { describe, expect, it } from '@jest/globals';
import { type DayFacts, type ItemProgress, MAX_ATTEMPTS, nextStep, stepsAhead } from './next-step.js';
import { type Step } from './step.js';

const complete: DayFacts = {
  state: 'complete',
  sourceFinal: true,
  failed: null,
  unfetchedPeriods: [],
  calculationLags: false,
  calculationChecked: false,
  summaryLags: false,
  summaryChecked: false,
  blocked: null,
};
const absent: DayFacts = { ...complete, state: 'absent' };
const checked: DayFacts = { ...complete, calculationChecked: true, summaryChecked: true };
const failed = { periods: [12, 30], detail: 'HTTP 500, 5 attempts' };
const incomplete: DayFacts = { ...complete, state: 'partial', failed };

const ingest: Step = { do: 'ingest', periods: null, when: 'needed', compareRows: false };
const calculate: Step = { do: 'calculate', when: 'needed', only: null };
const aggregate: Step = { do: 'aggregate', when: 'needed' };
const verify: Step = { do: 'verify', sampling: 'fixed', seed: 1, purpose: 'repair' };
const ingestDiffering: Step = { ...ingest, when: 'differs' };
const proof: Step = { ...verify, purpose: 'proof' };
const checks: Step[] = [
  { ...calculate, when: 'checked' },
  { ...aggregate, when: 'checked' },
];

const begun: ItemProgress = {
  steps: [ingest, calculate, aggregate],
  step: 0,
  asked: false,
  tries: 0,
  begun: false,
  done: false,
  silentMs: 0,
  reported: null,
  fetched: false,
};
const asked: ItemProgress = { ...begun, asked: true, tries: 1, fetched: true };
const fetched: ItemProgress = { ...asked, done: true };
const ask = (step: number, periods: number[] | null = null) => ({ do: 'ask', step, periods });
const completed = { do: 'end', state: 'completed' };
const wait = { do: 'wait' };

describe('the next step for a date', () => {
  it('leaves a complete day alone unless it shall be fetched again', () => {
    expect(nextStep(complete, begun)).toEqual(completed);
    expect(nextStep(complete, { ...begun, steps: [{ ...ingest, when: 'always' }] })).toEqual(ask(0));
  });

  it.each<[string, DayFacts | null]>([
    ['never fetched', null],
    ['absent', absent],
    ['fetched before the source was final', { ...complete, state: 'provisional', sourceFinal: false }],
    ['with failed periods', incomplete],
    ['with unfetched periods', { ...complete, state: 'partial', unfetchedPeriods: [7] }],
  ])('asks the source for a day %s', (_, day) => {
    expect(nextStep(day, begun)).toEqual(ask(0));
  });

  it('derives again without asking the source when only a derivation lags behind', () => {
    expect(nextStep({ ...complete, calculationLags: true }, begun)).toEqual(ask(1));
    expect(nextStep({ ...complete, summaryLags: true }, begun)).toEqual(ask(2));
  });

  it('waits while the request is under way, and asks again when nobody began with it', () => {
    expect(nextStep(complete, asked)).toEqual(wait);
    expect(nextStep(complete, { ...asked, silentMs: 15_000 })).toEqual(ask(0));
    expect(nextStep(complete, { ...asked, silentMs: 15_000, begun: true })).toEqual(wait);
  });

  it('waits without end while the request could not be sent, since it is safe in the outbox', () => {
    expect(nextStep(complete, { ...asked, silentMs: null, tries: MAX_ATTEMPTS })).toEqual(wait);
  });

  it('fails when ingestion never answers', () => {
    const step = nextStep(complete, { ...asked, tries: MAX_ATTEMPTS, silentMs: 15_000 });
    expect(step).toMatchObject({ do: 'end', state: 'failed', cause: { code: 'timed-out' } });
  });

  it('fetches only what failed again, after a growing pause, and names it when it fails for good', () => {
    expect(nextStep(incomplete, fetched)).toEqual(wait);
    expect(nextStep(incomplete, { ...fetched, silentMs: 2_000 })).toEqual(ask(0, [12, 30]));
    expect(nextStep(incomplete, { ...fetched, tries: 2, silentMs: 3_999 })).toEqual(wait);
    expect(nextStep(incomplete, { ...fetched, tries: MAX_ATTEMPTS })).toEqual({
      do: 'end',
      state: 'failed',
      cause: { code: 'source-unavailable', ...failed },
    });
  });

  it('derives from what could be fetched before it fails', () => {
    const given = { ...fetched, tries: MAX_ATTEMPTS, silentMs: 15_000 };
    expect(nextStep({ ...incomplete, calculationLags: true }, given)).toEqual(ask(1));
    const calculating = { ...given, step: 1, tries: 1, done: true };
    expect(nextStep(incomplete, calculating)).toMatchObject({ do: 'end', state: 'failed' });
  });

  it('does not fail for periods that were not asked for', () => {
    const only = (periods: number[]): Step[] => [{ do: 'ingest', periods, when: 'always', compareRows: false }];
    expect(nextStep(incomplete, { ...fetched, steps: only([1, 2]) })).toEqual(completed);
    const step = nextStep(incomplete, { ...fetched, steps: only([12, 13]), tries: MAX_ATTEMPTS });
    expect(step).toMatchObject({ do: 'end', cause: { periods: [12] } });
  });

  it('is not done before calculations and summaries rest on what was fetched', () => {
    expect(nextStep({ ...complete, calculationLags: true }, fetched)).toEqual(wait);
    expect(nextStep({ ...complete, calculationLags: true }, { ...fetched, silentMs: 15_000 })).toEqual(ask(1));
    expect(nextStep(complete, fetched)).toEqual(completed);
  });

  it('tries a blocked day once more and then says what is missing', () => {
    const blocked = { periods: [1, 2], detail: 'No difficulty' };
    const day: DayFacts = { ...complete, state: 'blocked', blocked };
    expect(nextStep(day, begun)).toEqual(ask(1));
    expect(nextStep(day, { ...begun, step: 1, asked: true, tries: 1 })).toEqual(wait);
    const ended = { do: 'end', state: 'blocked', cause: { code: 'difficulty-missing', ...blocked } };
    expect(nextStep(day, { ...begun, step: 1, asked: true, tries: 1, done: true })).toEqual(ended);
    expect(nextStep(day, fetched)).toEqual(ended);
  });

  it('takes the periods of a sequence one set after the other, each with its own attempts', () => {
    const steps: Step[] = [
      { do: 'ingest', periods: [1, 2], when: 'always', compareRows: false },
      { do: 'ingest', periods: [3], when: 'always', compareRows: false },
    ];
    expect(nextStep(complete, { ...begun, steps })).toEqual(ask(0, [1, 2]));
    expect(nextStep(complete, { ...asked, steps })).toEqual(wait);
    expect(nextStep(complete, { ...fetched, steps })).toEqual(ask(1, [3]));
    expect(nextStep(complete, { ...fetched, steps, step: 1, done: false })).toEqual(wait);
    expect(nextStep(complete, { ...fetched, steps, step: 1 })).toEqual(completed);
  });

  describe('of which everything derived shall be compared', () => {
    it('asks for what nobody has compared since it began, once each', () => {
      const item = { ...begun, steps: checks };
      expect(nextStep(complete, item)).toEqual(ask(0));
      expect(nextStep(complete, { ...item, asked: true, tries: 1 })).toEqual(wait);
      expect(
        nextStep({ ...complete, calculationChecked: true }, { ...item, asked: true, tries: 1, done: true }),
      ).toEqual(ask(1));
      expect(nextStep(checked, { ...item, step: 1, asked: true, tries: 1, done: true })).toEqual(completed);
    });

    it('asks for nothing that a fetch has led to already', () => {
      expect(nextStep(checked, { ...fetched, steps: [ingest, ...checks] })).toEqual(completed);
    });

    it('is not held up by what else it lacks when only some rows are asked for', () => {
      const lacking: DayFacts = { ...complete, state: 'partial', calculationLags: true, calculationChecked: true };
      const item = { ...begun, steps: [{ ...calculate, when: 'checked' as const, only: { minerModel: 'S9' } }] };
      expect(nextStep(lacking, item)).toEqual(ask(0));
      expect(nextStep(lacking, { ...item, asked: true, tries: 1 })).toEqual(wait);
      expect(nextStep(lacking, { ...item, asked: true, tries: 1, done: true })).toEqual(completed);
    });

    it('and nothing is stored of it fails and says what to do', () => {
      for (const day of [null, absent])
        expect(nextStep(day, { ...begun, steps: checks })).toMatchObject({
          state: 'failed',
          cause: { code: 'not-ingested' },
        });
    });
  });

  describe('that is compared with the source', () => {
    const steps = [verify, ingestDiffering, calculate, aggregate, proof];
    const compared = (outcome: 'same' | 'differs' | 'unknown'): ItemProgress => ({
      ...begun,
      ...{ steps, asked: true, tries: 1, done: true, reported: { outcome, detail: 'Two periods.' } },
    });

    it('is left alone where it does not differ', () => {
      expect(nextStep(complete, { ...begun, steps })).toEqual(ask(0));
      expect(nextStep(complete, { ...compared('same'), done: false, reported: null })).toEqual(wait);
      expect(nextStep(complete, compared('same'))).toEqual(completed);
    });

    it('is fetched where it differs, and then shown to be right', () => {
      expect(nextStep(complete, compared('differs'))).toEqual(ask(1));
      const repaired = { ...fetched, steps, step: 1 };
      expect(nextStep(complete, repaired)).toEqual(ask(4));
      const proven = { ...compared('same'), step: 4, fetched: true };
      expect(nextStep(complete, proven)).toEqual(completed);
      expect(nextStep(complete, { ...proven, reported: { outcome: 'differs', detail: null } })).toMatchObject({
        state: 'failed',
        cause: { code: 'still-differs' },
      });
    });

    it('is not touched while nobody can tell', () => {
      expect(nextStep(complete, compared('unknown'))).toMatchObject({
        state: 'failed',
        cause: { code: 'source-unavailable', detail: 'The day could not be compared: Two periods.' },
      });
    });

    it('is fetched at once where nothing is stored, or something is known to be missing', () => {
      expect(nextStep(absent, { ...begun, steps })).toEqual(ask(1));
      expect(nextStep(incomplete, compared('same'))).toEqual(ask(1));
    });

    it('only to tell is done whatever is told, and a comparison that never ends fails', () => {
      const report: Step[] = [{ ...verify, purpose: 'report' }];
      expect(nextStep(complete, { ...compared('differs'), steps: report })).toEqual(completed);
      const silent = { ...begun, steps: report, asked: true, tries: MAX_ATTEMPTS, silentMs: 179_999 };
      expect(nextStep(complete, silent)).toEqual(wait);
      expect(nextStep(complete, { ...silent, silentMs: 180_000 })).toMatchObject({ cause: { code: 'timed-out' } });
    });
  });

  it('asks again for what failed outside, after a pause, and gives up in the end', () => {
    const steps: Step[] = [{ do: 'fetch-wind-generation' }];
    const reported = { outcome: 'failed', detail: 'HTTP 500' } as const;
    const item = { ...asked, steps, done: true, reported };
    expect(nextStep(null, { ...begun, steps })).toEqual(ask(0));
    expect(nextStep(null, item)).toEqual(wait);
    expect(nextStep(null, { ...item, silentMs: 2_000 })).toEqual(ask(0));
    expect(nextStep(null, { ...item, tries: MAX_ATTEMPTS })).toMatchObject({
      cause: { code: 'source-unavailable', detail: 'HTTP 500' },
    });
    expect(nextStep(null, { ...item, reported: null })).toEqual(completed);
  });
});

describe('the steps ahead of a day', () => {
  const steps = [ingest, calculate, aggregate];

  it('are those that would be taken as it is, with what follows from a fetch', () => {
    expect(stepsAhead(complete, steps)).toEqual([]);
    expect(stepsAhead(null, steps)).toEqual(steps);
    expect(stepsAhead({ ...complete, calculationLags: true, summaryLags: true }, steps)).toEqual([
      calculate,
      aggregate,
    ]);
    expect(stepsAhead(complete, [ingest, ...checks])).toEqual(checks);
  });

  it('hold what depends on a comparison', () => {
    const all = [verify, ingestDiffering, ...checks, proof];
    expect(stepsAhead(complete, all)).toEqual(all);
    expect(stepsAhead(absent, all)).toEqual([ingestDiffering, ...checks, proof]);
  });
});
