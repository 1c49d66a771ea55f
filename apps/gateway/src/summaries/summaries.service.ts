import {
  Database,
  type FarmFilter,
  findDailySummaries,
  findMonthlySummaries,
  findYearlySummaries,
  type StoredDailySummary,
  type StoredFigures,
  type StoredRollUpSummary,
  type StoredWindGeneration,
} from '@app/database';
import { datesOfMonth, datesOfYear, type DayState, settlementPeriodsOf } from '@app/domain';
import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, type Clock } from '../clock.js';
import { narrowedTo } from '../figures/farm-filter.js';
import { amountsOf, bitcoinOf } from '../figures/figures.js';
import { rollUpOf } from '../figures/ledger.js';
import { missingOfDay } from '../figures/missing.js';
import { latestRevision, noWindFigures, windFiguresOf } from '../figures/wind-figures.js';
import { type DailySummary, type MonthlySummary, type YearlySummary } from './summary.dto.js';

/** Summaries as they are served: stored sums, rounded, with the state that the ledgers tell. */
@Injectable()
export class SummariesService {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async daily(from: string, to: string, filter: FarmFilter): Promise<DailySummary[]> {
    const stored = await findDailySummaries(this.database, from, to, filter);
    return stored.map((day) => dailySummaryOf(day, filter, this.now()));
  }

  /** @param from YYYY-MM, as is `to` */
  async monthly(from: string, to: string, filter: FarmFilter): Promise<MonthlySummary[]> {
    const stored = await findMonthlySummaries(this.database, from, to, filter);
    return stored.map((month) => ({ month: month.key, ...this.rollUp(month, datesOfMonth(month.key), filter) }));
  }

  async yearly(from: number, to: number, filter: FarmFilter): Promise<YearlySummary[]> {
    const stored = await findYearlySummaries(this.database, from, to, filter);
    return stored.map((year) => ({ year: year.key, ...this.rollUp(year, datesOfYear(year.key), filter) }));
  }

  private rollUp(stored: StoredRollUpSummary<unknown>, dates: readonly string[], filter: FarmFilter) {
    const rollUp = rollUpOf(stored, dates, this.now());
    return {
      ...narrowedTo(filter),
      ...figuresOf(stored, stored.days, filter),
      ...rollUp,
      revision: latestRevision(rollUp.revision, stored.wind),
    };
  }
}

function dailySummaryOf(stored: StoredDailySummary, filter: FarmFilter, nowAt: string): DailySummary {
  const { settlementDate, day } = stored;
  return {
    settlementDate,
    ...narrowedTo(filter),
    periodsExpected: settlementPeriodsOf(settlementDate),
    periodsLoaded: day?.periodsLoaded ?? 0,
    records: day?.loaded === true ? day.records : null,
    combinations: day?.loaded === true ? day.combinations : null,
    ...figuresOf(stored, day === null ? [] : [{ settlementDate, state: day.state }], filter),
    state: day?.state ?? 'absent',
    missing: missingOfDay(settlementDate, day?.missing ?? null, nowAt),
    revision: latestRevision(day?.revision ?? null, stored.wind),
  };
}

/** @param days of which any curtailment is known, with their states */
function figuresOf(
  stored: StoredFigures & { wind: StoredWindGeneration | null },
  days: readonly { settlementDate: string; state: DayState }[],
  { farmId, leadParty }: FarmFilter,
) {
  const narrowed = farmId !== null || leadParty !== null;
  const { curtailedMwh, wind } = stored;
  return {
    ...amountsOf(stored),
    ...(narrowed ? noWindFigures : windFiguresOf(wind, { curtailedMwh, days })),
    potentialBtc: bitcoinOf(stored),
  };
}
