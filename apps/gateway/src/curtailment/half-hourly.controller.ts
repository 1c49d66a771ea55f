import {
  Database,
  findPeriodFigures,
  findWindGeneration,
  type StoredPeriodFigures,
  type StoredPeriods,
  type StoredWindDay,
  type StoredWindPeriod,
} from '@app/database';
import { curtailedShare, type DayState, finalAt, periodStartAt, settlementPeriodsOf } from '@app/domain';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { CLOCK, type Clock } from '../clock.js';
import { farmFilter, minerModel } from '../figures/farm-filter.js';
import { amountsOf, bitcoinOf, figures, missing, mwhOf } from '../figures/figures.js';
import { KnownNames } from '../figures/known-names.service.js';
import { missingOfDay } from '../figures/missing.js';
import { noWindFigures } from '../figures/wind-figures.js';
import { dateParameter } from '../http/date-parameters.js';
import { format, List } from '../http/list.js';
import { type Page, wholeList } from '../http/page.js';

const halfHourlyQuery = z.strictObject({ ...farmFilter, minerModel, format });
type HalfHourlyQuery = z.infer<typeof halfHourlyQuery>;

const halfHour = z
  .object({
    settlementPeriod: z.int().meta({ description: 'Settlement period, from 1', example: 12 }),
    startAt: z.iso.datetime().meta({ description: 'When it begins', example: '2025-05-26T04:30:00Z' }),
    ...figures,
    missing: z.array(missing).meta({ description: 'What keeps the figures from being complete' }),
  })
  .meta({ id: 'HalfHour' });
export type HalfHour = z.infer<typeof halfHour>;

/** Figures of single half hours, straight from the records and calculations. */
@ApiTags('Curtailment')
@Controller('api/curtailment/half-hourly')
export class HalfHourlyController {
  constructor(
    private readonly database: Database,
    private readonly names: KnownNames,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Get(':date')
  @ApiOperation({ summary: 'Each settlement period of a day' })
  @List(halfHour, { description: '46, 48 or 50 items, also for periods without data' })
  async halfHourly(
    @Param({ schema: dateParameter }) { date }: { date: string },
    @Query({ schema: halfHourlyQuery }) query: HalfHourlyQuery,
  ): Promise<Page<HalfHour>> {
    const [filter] = await Promise.all([this.names.filterOf(query), this.names.requireMinerModel(query.minerModel)]);
    const narrowed = filter.farmId !== null || filter.leadParty !== null;
    const [stored, wind] = await Promise.all([
      findPeriodFigures(this.database, date, finalAt(date), filter),
      narrowed ? null : findWindGeneration(this.database, date),
    ]);
    return wholeList(halfHoursOf(date, stored, wind, this.now()));
  }
}

/** @param wind null where figures are of some farms only */
function halfHoursOf(
  date: string,
  { day, periods, minerModels }: StoredPeriods,
  wind: StoredWindDay | null,
  nowAt: string,
): HalfHour[] {
  const stored = new Map(periods.map((period) => [period.settlementPeriod, period]));
  const generation = new Map(wind?.periods.map((period) => [period.settlementPeriod, period]));
  const revisions = [day?.revision, wind?.day?.revision].filter((revision) => typeof revision === 'number');
  const lacks = missingOfDay(date, day?.missing ?? null, nowAt);
  const nothing = {
    curtailedMwh: null,
    paymentGbp: null,
    absolutePaymentGbp: null,
    potentialBtc: Object.fromEntries(minerModels.map((model) => [model, null])),
  };
  return Array.from({ length: settlementPeriodsOf(date) }, (_, index) => {
    const settlementPeriod = index + 1;
    const period = stored.get(settlementPeriod);
    // What names no periods is about all of them.
    const lacking = lacks.filter(({ periods: named }) => named.length === 0 || named.includes(settlementPeriod));
    return {
      settlementPeriod,
      startAt: periodStartAt(date, settlementPeriod),
      ...amountsOf(period ?? nothing),
      ...(wind === null ? noWindFigures : windFiguresOf(generation.get(settlementPeriod), period)),
      potentialBtc: bitcoinOf(period ?? nothing),
      state: stateOf(period, day),
      missing: lacking.map((entry) => ({ ...entry, periods: entry.periods.length === 0 ? [] : [settlementPeriod] })),
      revision: revisions.length === 0 ? null : Math.max(...revisions),
    };
  });
}

function windFiguresOf(wind: StoredWindPeriod | undefined, curtailed: StoredPeriodFigures | undefined) {
  const { onshoreMwh = null, offshoreMwh = null } = wind ?? {};
  // Of a period whose newest fetch failed, older rows are stored: nobody can say whether they are still those of this half hour.
  const curtailedMwh = curtailed === undefined || curtailed.state === 'failed' ? null : curtailed.curtailedMwh;
  return {
    windOnshoreMwh: mwhOf(onshoreMwh),
    windOffshoreMwh: mwhOf(offshoreMwh),
    windPeriodsLoaded: onshoreMwh !== null && offshoreMwh !== null ? 1 : 0,
    curtailedShare: curtailedShare(curtailedMwh, onshoreMwh, offshoreMwh),
  };
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
