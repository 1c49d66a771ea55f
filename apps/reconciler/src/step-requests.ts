import { randomUUID } from 'node:crypto';
import {
  aggregationRequestedV1,
  calculationRequestedV1,
  DATES_PER_REQUEST,
  ingestionRequestedV1,
  registerComparisonRequestedV1,
  verificationRequestedV1,
  windGenerationRequestedV1,
} from '@app/contracts';
import { type AskedItem, type RunningItem } from '@app/database';
import { type Step } from '@app/domain';
import { newEvent, type NewEvent } from '@app/messaging';

/** A step to be asked for on behalf of an item. */
export interface Ask {
  item: RunningItem;
  step: number;
  /** Of an ingestion; null for all of the day. */
  periods: readonly number[] | null;
}

/** The events that ask for some steps, with what is noted of each item. What takes sets of dates is asked for by sets. */
export function requestsFor(asks: readonly Ask[]): { events: NewEvent[]; asked: AskedItem[] } {
  const events: NewEvent[] = [];
  const asked: AskedItem[] = [];
  for (const set of setsOf(asks)) {
    const event = requestFor(set);
    events.push(event);
    for (const { item, step } of set.asks)
      asked.push({
        jobId: item.jobId,
        settlementDate: item.settlementDate,
        step,
        asked: set.step.do,
        requestId: event.event.id,
        fetchNumberBefore: set.step.do === 'ingest' ? item.fetchNumber : null,
      });
  }
  return { events, asked };
}

interface AskSet {
  step: Step;
  first: Ask;
  asks: Ask[];
}

/** Asks of one job for the same derivation go together; all else goes alone. */
function setsOf(asks: readonly Ask[]): AskSet[] {
  const sets: AskSet[] = [];
  const open = new Map<string, AskSet>();
  for (const ask of asks) {
    const step = ask.item.steps[ask.step];
    if (step === undefined) throw new Error(`${ask.item.settlementDate} has no step ${ask.step}`);
    const key = `${ask.item.jobId} ${JSON.stringify(step)}`;
    const set = open.get(key);
    if (set !== undefined && set.asks.length < DATES_PER_REQUEST) {
      set.asks.push(ask);
      continue;
    }
    const begun = { step, first: ask, asks: [ask] };
    sets.push(begun);
    if (step.do === 'calculate' || step.do === 'aggregate' || step.do === 'fetch-wind-generation') open.set(key, begun);
  }
  return sets;
}

function requestFor({ step, first, asks }: AskSet): NewEvent {
  const { jobId, settlementDate, traceparent } = first.item;
  const options = { source: 'reconciler', traceparent: traceparent ?? undefined };
  const settlementDates = asks.map(({ item }) => item.settlementDate);
  switch (step.do) {
    case 'ingest': {
      const periods = first.periods === null ? null : [...first.periods];
      return newEvent(ingestionRequestedV1, { settlementDate, periods, jobId, compareRows: step.compareRows }, options);
    }
    case 'calculate':
      return newEvent(calculationRequestedV1, { settlementDates, jobId, only: step.only }, options);
    case 'aggregate':
      return newEvent(aggregationRequestedV1, { settlementDates, jobId }, options);
    case 'fetch-wind-generation':
      return newEvent(windGenerationRequestedV1, { settlementDates, jobId }, options);
    case 'verify': {
      const { sampling, seed } = step;
      const data = { requestId: randomUUID(), jobId, settlementDate, sampling, seed };
      return newEvent(verificationRequestedV1, data, options);
    }
    case 'compare-register':
      return newEvent(registerComparisonRequestedV1, { requestId: randomUUID(), jobId, apply: step.apply }, options);
  }
}
