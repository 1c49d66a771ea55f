import { localHourAt, periodStartAt } from '@app/domain';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import * as z from 'zod';
import { farmFilter, minerModel } from '../figures/farm-filter.js';
import { figures, missing } from '../figures/figures.js';
import { dateParameter } from '../http/date-parameters.js';
import { format, List } from '../http/list.js';
import { type Page, wholeList } from '../http/page.js';
import { PeriodFiguresService, servedFiguresOf } from './period-figures.service.js';

const periodsQuery = z.strictObject({ ...farmFilter, minerModel, format });
type PeriodsQuery = z.infer<typeof periodsQuery>;

const startAt = z.iso.datetime().meta({ description: 'When it begins', example: '2025-05-26T04:30:00Z' });
const lacks = z.array(missing).meta({ description: 'What keeps the figures from being complete' });

const halfHour = z
  .object({
    settlementPeriod: z.int().meta({ description: 'Settlement period, from 1', example: 12 }),
    startAt,
    ...figures,
    missing: lacks,
  })
  .meta({ id: 'HalfHour' });
export type HalfHour = z.infer<typeof halfHour>;

const hour = z
  .object({
    localHour: z.int().meta({
      description:
        'Hour of the clock in London, 0 to 23; on the long day it comes twice, on the short day one is left out',
      example: 5,
    }),
    startAt,
    fromPeriod: z.int().meta({ description: 'Its first settlement period', example: 11 }),
    toPeriod: z.int().meta({ description: 'Its last settlement period', example: 12 }),
    ...figures,
    missing: lacks,
  })
  .meta({ id: 'Hour' });
export type Hour = z.infer<typeof hour>;

const PERIODS_PER_HOUR = 2;

/** A day in half hours and hours. */
@ApiTags('Curtailment')
@Controller('api/curtailment')
export class HalfHourlyController {
  constructor(private readonly figures: PeriodFiguresService) {}

  @Get('half-hourly/:date')
  @ApiOperation({ summary: 'Each settlement period of a day' })
  @List(halfHour, { description: '46, 48 or 50 items, also for periods without data' })
  async halfHourly(
    @Param({ schema: dateParameter }) { date }: { date: string },
    @Query({ schema: periodsQuery }) query: PeriodsQuery,
  ): Promise<Page<HalfHour>> {
    const periods = await this.figures.periodsOf(date, query);
    return wholeList(
      periods.map((period) => {
        const { settlementPeriod } = period;
        return { settlementPeriod, startAt: periodStartAt(date, settlementPeriod), ...servedFiguresOf([period]) };
      }),
    );
  }

  @Get('hourly/:date')
  @ApiOperation({ summary: 'Each hour of a day' })
  @List(hour, { description: '23, 24 or 25 items, also for hours without data' })
  async hourly(
    @Param({ schema: dateParameter }) { date }: { date: string },
    @Query({ schema: periodsQuery }) query: PeriodsQuery,
  ): Promise<Page<Hour>> {
    const periods = await this.figures.periodsOf(date, query);
    return wholeList(
      // Clocks change on the hour, so that each pair of periods is an hour of some clock time.
      Array.from({ length: periods.length / PERIODS_PER_HOUR }, (_, index) => {
        const fromPeriod = index * PERIODS_PER_HOUR + 1;
        const toPeriod = fromPeriod + PERIODS_PER_HOUR - 1;
        const start = periodStartAt(date, fromPeriod);
        const ofHour = periods.slice(fromPeriod - 1, toPeriod);
        return { localHour: localHourAt(start), startAt: start, fromPeriod, toPeriod, ...servedFiguresOf(ofHour) };
      }),
    );
  }
}
