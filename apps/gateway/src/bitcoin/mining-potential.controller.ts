import {
  Database,
  findDailySummaries,
  findMonthlySummaries,
  findYearlySummaries,
  type StoredFigures,
  type StoredRollUpSummary,
} from '@app/database';
import { datesOfMonth, datesOfYear } from '@app/domain';
import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CLOCK, type Clock } from '../clock.js';
import { narrowedTo } from '../figures/farm-filter.js';
import { bitcoinOf, mwhOf, valueOf } from '../figures/figures.js';
import { KnownNames } from '../figures/known-names.service.js';
import { rollUpOf } from '../figures/ledger.js';
import { missingOfDay } from '../figures/missing.js';
import { monthParameter, yearParameter } from '../http/date-parameters.js';
import { only } from '../http/only.js';
import {
  dailyPotential,
  type DailyPotential,
  dailyPotentialQuery,
  type DailyPotentialQuery,
  monthlyPotential,
  type MonthlyPotential,
  potentialQuery,
  type PotentialQuery,
  yearlyPotential,
  type YearlyPotential,
} from './mining-potential.dto.js';

/** Bitcoin that curtailed energy could have made, and what it would be worth at a price that the caller gives. */
@ApiTags('Bitcoin')
@Controller('api')
export class MiningPotentialController {
  constructor(
    private readonly database: Database,
    private readonly names: KnownNames,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Get('curtailment/mining-potential')
  @ApiOperation({ summary: 'Mining potential of a day' })
  @ApiOkResponse({ description: 'Nulls and a state where there is no data', standardSchema: dailyPotential })
  async daily(
    @Query({ schema: dailyPotentialQuery }) { date, ...query }: DailyPotentialQuery,
  ): Promise<DailyPotential> {
    const filter = await this.filterOf(query);
    const stored = only(await findDailySummaries(this.database, date, date, filter));
    const { day, mining } = stored;
    return {
      settlementDate: date,
      ...narrowedTo(filter),
      ...valued(stored, query),
      mining,
      state: day?.state ?? 'absent',
      missing: missingOfDay(date, day?.missing ?? null, this.now()),
      revision: day?.revision ?? null,
    };
  }

  @Get('curtailment/monthly-mining-potential/:yearMonth')
  @ApiOperation({ summary: 'Mining potential of a month' })
  @ApiOkResponse({ description: 'Sum of what is known, with what is missing', standardSchema: monthlyPotential })
  async monthly(
    @Param({ schema: monthParameter }) { yearMonth }: { yearMonth: string },
    @Query({ schema: potentialQuery }) query: PotentialQuery,
  ): Promise<MonthlyPotential> {
    const filter = await this.filterOf(query);
    const stored = only(await findMonthlySummaries(this.database, yearMonth, yearMonth, filter));
    return { month: yearMonth, ...narrowedTo(filter), ...this.rollUp(stored, datesOfMonth(yearMonth), query) };
  }

  @Get('mining-potential/yearly/:year')
  @ApiOperation({ summary: 'Mining potential of a year' })
  @ApiOkResponse({ description: 'Sum of what is known, with what is missing', standardSchema: yearlyPotential })
  async yearly(
    @Param({ schema: yearParameter }) parameter: { year: string },
    @Query({ schema: potentialQuery }) query: PotentialQuery,
  ): Promise<YearlyPotential> {
    const year = Number(parameter.year);
    const filter = await this.filterOf(query);
    const stored = only(await findYearlySummaries(this.database, year, year, filter));
    return { year, ...narrowedTo(filter), ...this.rollUp(stored, datesOfYear(year), query) };
  }

  private async filterOf(query: PotentialQuery) {
    const [filter] = await Promise.all([this.names.filterOf(query), this.names.requireMinerModel(query.minerModel)]);
    return filter;
  }

  private rollUp(stored: StoredRollUpSummary<unknown>, dates: readonly string[], query: PotentialQuery) {
    const { state, missing, revision } = rollUpOf(stored, dates, this.now());
    return { ...valued(stored, query), mining: stored.mining, state, missing, revision };
  }
}

function valued(stored: StoredFigures, { minerModel, price, currency }: PotentialQuery) {
  return {
    minerModel: minerModel ?? null,
    curtailedMwh: mwhOf(stored.curtailedMwh),
    potentialBtc: bitcoinOf(stored),
    price: price === undefined ? null : Number(price),
    currency: currency ?? null,
    value: price === undefined ? null : worthOf(stored.potentialBtc, price, minerModel),
  };
}

/** Of one model, or of each by name. */
function worthOf(exact: StoredFigures['potentialBtc'], price: string, minerModel: string | undefined) {
  if (minerModel !== undefined) return valueOf(exact[minerModel] ?? null, price);
  return Object.fromEntries(Object.entries(exact).map(([model, btc]) => [model, valueOf(btc, price)]));
}
