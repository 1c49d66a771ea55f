import { monthOf, yearOf } from '@app/domain';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { KnownNames } from '../figures/known-names.service.js';
import { dateParameter, monthParameter, yearParameter } from '../http/date-parameters.js';
import { List } from '../http/list.js';
import { only } from '../http/only.js';
import { type Page, wholeList } from '../http/page.js';
import { SummariesService } from './summaries.service.js';
import {
  dailySummary,
  type DailySummary,
  filterQuery,
  type FilterQuery,
  monthlySummary,
  type MonthlySummary,
  summariesQuery,
  type SummariesQuery,
  yearlySummary,
  type YearlySummary,
} from './summary.dto.js';

/** Energy, payment and bitcoin of days, months and years, of all farms or of some. */
@ApiTags('Summaries')
@Controller('api/summary')
export class SummariesController {
  constructor(
    private readonly summaries: SummariesService,
    private readonly names: KnownNames,
  ) {}

  @Get('daily')
  @ApiOperation({ summary: 'Summary of each day of a range' })
  @List(dailySummary, { description: 'A summary for each date, also for those without data' })
  async listDaily(@Query({ schema: summariesQuery }) query: SummariesQuery): Promise<Page<DailySummary>> {
    return wholeList(await this.summaries.daily(query.from, query.to, await this.names.filterOf(query)));
  }

  @Get('daily/:date')
  @ApiOperation({ summary: 'Summary of one day' })
  @ApiOkResponse({ description: 'Nulls and a state where there is no data', standardSchema: dailySummary })
  async daily(
    @Param({ schema: dateParameter }) { date }: { date: string },
    @Query({ schema: filterQuery }) query: FilterQuery,
  ): Promise<DailySummary> {
    return only(await this.summaries.daily(date, date, await this.names.filterOf(query)));
  }

  @Get('monthly')
  @ApiOperation({ summary: 'Summary of each month that a range touches' })
  @List(monthlySummary, { description: 'A summary for each whole month' })
  async listMonthly(@Query({ schema: summariesQuery }) query: SummariesQuery): Promise<Page<MonthlySummary>> {
    const filter = await this.names.filterOf(query);
    return wholeList(await this.summaries.monthly(monthOf(query.from), monthOf(query.to), filter));
  }

  @Get('monthly/:yearMonth')
  @ApiOperation({ summary: 'Summary of one month' })
  @ApiOkResponse({ description: 'Sum of what is known, with what is missing', standardSchema: monthlySummary })
  async monthly(
    @Param({ schema: monthParameter }) { yearMonth }: { yearMonth: string },
    @Query({ schema: filterQuery }) query: FilterQuery,
  ): Promise<MonthlySummary> {
    return only(await this.summaries.monthly(yearMonth, yearMonth, await this.names.filterOf(query)));
  }

  @Get('yearly')
  @ApiOperation({ summary: 'Summary of each year that a range touches' })
  @List(yearlySummary, { description: 'A summary for each whole year' })
  async listYearly(@Query({ schema: summariesQuery }) query: SummariesQuery): Promise<Page<YearlySummary>> {
    const filter = await this.names.filterOf(query);
    return wholeList(await this.summaries.yearly(yearOf(query.from), yearOf(query.to), filter));
  }

  @Get('yearly/:year')
  @ApiOperation({ summary: 'Summary of one year' })
  @ApiOkResponse({ description: 'Sum of what is known, with what is missing', standardSchema: yearlySummary })
  async yearly(
    @Param({ schema: yearParameter }) { year }: { year: string },
    @Query({ schema: filterQuery }) query: FilterQuery,
  ): Promise<YearlySummary> {
    return only(await this.summaries.yearly(Number(year), Number(year), await this.names.filterOf(query)));
  }
}
