import { Database, findDayStates } from '@app/database';
import { settlementDatesBetween, settlementPeriodsOf } from '@app/domain';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import * as z from 'zod';
import { CLOCK, type Clock } from '../clock.js';
import { missing, provenance } from '../figures/figures.js';
import { missingOfDay } from '../figures/missing.js';
import { format, List } from '../http/list.js';
import { type Page, wholeList } from '../http/page.js';
import { rangeQuery } from '../http/range.js';

const coverageQuery = rangeQuery({ format });
type CoverageQuery = z.infer<typeof coverageQuery>;

const coverage = z
  .object({
    settlementDate: z.iso.date().meta({ description: 'Settlement date', example: '2025-05-26' }),
    state: provenance.state,
    revision: provenance.revision,
    periodsExpected: z.int().meta({ description: 'Settlement periods of the day: 46, 48 or 50', example: 48 }),
    periodsLoaded: z.int().meta({ description: 'Settlement periods that were fetched', example: 46 }),
    missing: z.array(missing).meta({ description: 'What keeps the day from being complete' }),
  })
  .meta({ id: 'Coverage' });
type Coverage = z.infer<typeof coverage>;

/** Which dates are there, and what the others lack. */
@ApiTags('Reconciliation')
@Controller('api/coverage')
export class CoverageController {
  constructor(
    private readonly database: Database,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'State of each date of a range' })
  @List(coverage, { description: 'An item for each date, also for those never fetched' })
  async coverage(@Query({ schema: coverageQuery }) { from, to }: CoverageQuery): Promise<Page<Coverage>> {
    const nowAt = this.now();
    const stored = new Map((await findDayStates(this.database, from, to)).map((day) => [day.settlementDate, day]));
    return wholeList(
      settlementDatesBetween(from, to).map((settlementDate) => {
        const day = stored.get(settlementDate);
        return {
          settlementDate,
          state: day?.state ?? 'absent',
          revision: day?.revision ?? null,
          periodsExpected: settlementPeriodsOf(settlementDate),
          periodsLoaded: day?.periodsLoaded ?? 0,
          missing: missingOfDay(settlementDate, day?.missing ?? null, nowAt),
        };
      }),
    );
  }
}
