import {
  Database,
  findPeriodFigures,
  findWindGeneration,
  type StoredFigures,
  type StoredPeriodFigures,
  type StoredPeriods,
  type StoredWindDay,
} from '@app/database';
import { curtailedShare, type DayState, finalAt, rollUpState, settlementPeriodsOf } from '@app/domain';
import { Inject, Injectable } from '@nestjs/common';
import { Big } from 'big.js';
import { CLOCK, type Clock } from '../clock.js';
import { amountsOf, bitcoinOf, type MissingPeriods, mwhOf } from '../figures/figures.js';
import { KnownNames } from '../figures/known-names.service.js';
import { missingOfDay } from '../figures/missing.js';
import { greatestRevision, noWindFigures } from '../figures/wind-figures.js';

/** What is known of one settlement period: exact, as stored. */
interface PeriodFacts {
  settlementPeriod: number;
  figures: StoredFigures;
  /** Null where figures are of some farms only. */
  wind: { onshoreMwh: string | null; offshoreMwh: string | null } | null;
  /** Whether the newest fetch of its curtailment succeeded: older rows may no longer be those of this half hour. */
  upToDate: boolean;
  state: DayState;
  missing: MissingPeriods[];
  revision: number | null;
}

interface PeriodQuery {
  farmId?: string;
  leadParty?: string;
  minerModel?: string;
}

/** Figures of single half hours, straight from the records and calculations. */
@Injectable()
export class PeriodFiguresService {
  constructor(
    private readonly database: Database,
    private readonly names: KnownNames,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /**
   * One for each period of the day, whether or not anything is stored of it.
   *
   * @throws {WindfallError} `unknown-farm`, `unknown-lead-party`, `unknown-miner-model`
   */
  async periodsOf(date: string, query: PeriodQuery): Promise<PeriodFacts[]> {
    const [filter] = await Promise.all([this.names.filterOf(query), this.names.requireMinerModel(query.minerModel)]);
    const narrowed = filter.farmId !== null || filter.leadParty !== null;
    const [stored, wind] = await Promise.all([
      findPeriodFigures(this.database, date, finalAt(date), filter),
      narrowed ? null : findWindGeneration(this.database, date),
    ]);
    return factsOf(date, stored, wind, this.now());
  }
}

function factsOf(
  date: string,
  { day, periods, minerModels }: StoredPeriods,
  wind: StoredWindDay | null,
  nowAt: string,
): PeriodFacts[] {
  const stored = new Map(periods.map((period) => [period.settlementPeriod, period]));
  const generation = new Map(wind?.periods.map((period) => [period.settlementPeriod, period]));
  const lacks = missingOfDay(date, day?.missing ?? null, nowAt);
  const nothing = {
    curtailedMwh: null,
    paymentGbp: null,
    absolutePaymentGbp: null,
    potentialBtc: Object.fromEntries(minerModels.map((model) => [model, null])),
  };
  const revision = greatestRevision([day?.revision ?? null, wind?.day?.revision ?? null]);
  return Array.from({ length: settlementPeriodsOf(date) }, (_, index) => {
    const settlementPeriod = index + 1;
    const period = stored.get(settlementPeriod);
    const { onshoreMwh = null, offshoreMwh = null } = generation.get(settlementPeriod) ?? {};
    // What names no periods is about all of them.
    const missing = lacks
      .filter(({ periods: named }) => named.length === 0 || named.includes(settlementPeriod))
      .map((entry) => ({ ...entry, periods: entry.periods.length === 0 ? [] : [settlementPeriod] }));
    return {
      settlementPeriod,
      figures: period ?? nothing,
      wind: wind === null ? null : { onshoreMwh, offshoreMwh },
      upToDate: period !== undefined && period.state !== 'failed',
      state: stateOf(period, day),
      missing,
      revision,
    };
  });
}

/** State of a period: as of a day, where the first that applies wins. */
function stateOf(period: StoredPeriodFigures | undefined, day: StoredPeriods['day']): DayState {
  if (period === undefined || day === null || !period.loaded) return 'absent';
  const derivationLags = day.missing.some(
    ({ cause, periods }) => cause !== 'difficulty-missing' && periods.length === 0,
  );
  if (period.state === 'failed' || derivationLags) return 'partial';
  // A day waits as a whole when some of its periods have no difficulty.
  if (day.blocked) return 'blocked';
  return day.provisional || !period.final ? 'provisional' : 'complete';
}

/**
 * Successive periods as they are served: exact sums of what is known, each rounded once, with the state that follows from
 * theirs and what they lack.
 *
 * @param periods at least one
 */
export function servedFiguresOf(periods: readonly PeriodFacts[]) {
  const exact = sumOf(periods.map(({ figures }) => figures));
  const states: Partial<Record<DayState, number>> = {};
  for (const { state } of periods) states[state] = (states[state] ?? 0) + 1;
  return {
    ...amountsOf(exact),
    ...windFiguresOf(periods, exact.curtailedMwh),
    potentialBtc: bitcoinOf(exact),
    state: rollUpState(states, periods.length),
    missing: joined(periods.flatMap(({ missing }) => missing)),
    revision: greatestRevision(periods.map(({ revision }) => revision)),
  };
}

function sumOf(figures: readonly StoredFigures[]): StoredFigures {
  const models = Object.keys(figures[0]?.potentialBtc ?? {});
  return {
    curtailedMwh: sumOfKnown(figures.map((one) => one.curtailedMwh)),
    paymentGbp: sumOfKnown(figures.map((one) => one.paymentGbp)),
    absolutePaymentGbp: sumOfKnown(figures.map((one) => one.absolutePaymentGbp)),
    potentialBtc: Object.fromEntries(
      models.map((model) => [model, sumOfKnown(figures.map((one) => one.potentialBtc[model] ?? null))]),
    ),
  };
}

/** Null where nothing is known. */
function sumOfKnown(texts: readonly (string | null)[]): string | null {
  const known = texts.filter((text) => text !== null);
  return known.length === 0 ? null : known.reduce((sum, text) => sum.plus(text), Big(0)).toFixed();
}

function windFiguresOf(periods: readonly PeriodFacts[], curtailedMwh: string | null) {
  const known = periods.map(({ wind }) => wind).filter((wind) => wind !== null);
  if (known.length < periods.length) return noWindFigures;
  const onshoreMwh = sumOfKnown(known.map((wind) => wind.onshoreMwh));
  const offshoreMwh = sumOfKnown(known.map((wind) => wind.offshoreMwh));
  const whole = known.filter((wind) => wind.onshoreMwh !== null && wind.offshoreMwh !== null).length;
  const comparable =
    whole === periods.length && periods.every(({ figures, upToDate }) => upToDate && figures.curtailedMwh !== null);
  return {
    windOnshoreMwh: mwhOf(onshoreMwh),
    windOffshoreMwh: mwhOf(offshoreMwh),
    windPeriodsLoaded: whole,
    curtailedShare: comparable ? curtailedShare(curtailedMwh, onshoreMwh, offshoreMwh) : null,
  };
}

/** The same lack of several periods is one entry that names them all. */
function joined(entries: readonly MissingPeriods[]): MissingPeriods[] {
  const merged = new Map<string, MissingPeriods>();
  for (const entry of entries) {
    const key = JSON.stringify([entry.cause, entry.detail]);
    const earlier = merged.get(key);
    merged.set(key, { ...entry, periods: [...(earlier?.periods ?? []), ...entry.periods] });
  }
  return [...merged.values()];
}
