import { type JobRequest, type VerifyRequest } from '@app/contracts';
import { type Narrowing, parsePeriods, settlementPeriodsOf, settlementPeriodsUpTo, type Step } from '@app/domain';

/** A request with nothing left open that would be another thing at another time. */
export type AnyRequest = JobRequest | (VerifyRequest & { date: string });

type Verification = Extract<Step, { do: 'verify' }>;

const DEFAULT_BATCH_SIZE = 10;

/**
 * A request as its job is stored: a verification is of today and progressive unless told otherwise.
 *
 * @param today settlement date
 */
export function filledIn(request: JobRequest | VerifyRequest, today: string): AnyRequest {
  if (request.kind !== 'verify') return request;
  const { date = today, sampling = 'progressive' } = request;
  return { ...request, date, sampling };
}

/** What is done for a date, by the kind of the request; a verification has the seed 0, and is given one by `withSeeds`. */
export function stepsOf(request: AnyRequest, date: string): Step[] {
  switch (request.kind) {
    case 'ingest':
      return [ingest('always', periodsOf(request, date)), ...derive('needed')];
    case 'ingest-month':
      return [ingest('always'), ...derive('needed')];
    case 'date':
    case 'range':
      return [ingest('needed'), ...derive('checked')];
    case 'reconcile':
      return [ingest('needed'), ...derive('needed')];
    case 'critical':
    case 'most-critical': {
      const periods = periodsOf(request, date) ?? settlementPeriodsUpTo(settlementPeriodsOf(date));
      return [
        ...periods.map((period) => reingest('always', [period])),
        ...derive('checked'),
        verify(request, 'proof', 'full'),
      ];
    }
    case 'sequence':
      return [...inSets(settlementPeriodsUpTo(settlementPeriodsOf(date)), request.batchSize), ...derive('needed')];
    case 'spot-fix':
      return derive('checked', { settlementPeriod: request.period, farmId: request.farmId });
    case 'calculate':
      return derive('checked', request.minerModel === undefined ? null : { minerModel: request.minerModel });
    case 'summarize':
      return [{ do: 'aggregate', when: 'checked' }];
    case 'verify':
      return [verify(request, 'report')];
    case 'fix':
      return repairWhereItDiffers(request);
    case 'daily-check':
      return request.force === true ? repair(request) : repairWhereItDiffers(request);
    case 'force-fix':
      return repair(request);
    case 'difficulty-mismatch':
      return derive('checked');
    case 'bmu-mapping':
      return [{ do: 'compare-register', apply: request.apply === true }];
    case 'wind-generation':
      return [{ do: 'fetch-wind-generation' }];
  }
}

/** Whether an item of this kind changes its date, so that no other may at the same time. */
export function isExclusive({ kind }: AnyRequest): boolean {
  return kind !== 'verify' && kind !== 'bmu-mapping' && kind !== 'wind-generation';
}

/** Whether a request is about one date by what it says, and not since only one happened to be found. */
export function asksForOneDate(request: AnyRequest): boolean {
  if ('date' in request || request.kind === 'most-critical') return true;
  return 'from' in request && !('month' in request) && (request.to ?? request.from) === request.from;
}

/** How many dates of the request are worked on at once. */
export function batchSizeOf(request: AnyRequest): number {
  // Of a sequence it counts periods.
  if (request.kind === 'sequence' || !('batchSize' in request)) return DEFAULT_BATCH_SIZE;
  return request.batchSize ?? DEFAULT_BATCH_SIZE;
}

function ingest(when: 'always' | 'needed', periods: readonly number[] | null = null): Step {
  return { do: 'ingest', periods, when, compareRows: false };
}

/** A fetch that also replaces rows that were changed behind the ledger's back. */
function reingest(when: 'always' | 'differs', periods: readonly number[] | null = null): Step {
  return { do: 'ingest', periods, when, compareRows: true };
}

function inSets(periods: readonly number[], size: number): Step[] {
  const sets = Array.from({ length: Math.ceil(periods.length / size) }, (_, index) =>
    periods.slice(index * size, (index + 1) * size),
  );
  return sets.map((set) => ingest('always', set));
}

function derive(when: 'checked' | 'needed', only: Narrowing | null = null): Step[] {
  return [
    { do: 'calculate', when, only },
    { do: 'aggregate', when },
  ];
}

function repair(request: AnyRequest): Step[] {
  return [reingest('always'), ...derive('checked'), verify(request, 'proof', 'full')];
}

function repairWhereItDiffers(request: AnyRequest): Step[] {
  return [verify(request, 'repair'), reingest('differs'), ...derive('checked'), verify(request, 'proof', 'full')];
}

/** With the sampling that was asked for; where none was, what looks for a fault may sample and what proves a repair may not. */
function verify(
  request: AnyRequest,
  purpose: Verification['purpose'],
  unlessAsked: Verification['sampling'] = 'progressive',
): Step {
  const asked = 'sampling' in request ? request.sampling : undefined;
  return { do: 'verify', sampling: asked ?? unlessAsked, seed: 0, purpose };
}

/** The steps with a seed of their own, so that no two jobs look at the same random periods. */
export function withSeeds(steps: readonly Step[], draw: () => number): Step[] {
  return steps.map((step) => (step.do === 'verify' ? { ...step, seed: draw() } : step));
}

function periodsOf(request: AnyRequest, date: string): number[] | null {
  return 'periods' in request && request.periods !== undefined ? parsePeriods(request.periods, date) : null;
}
