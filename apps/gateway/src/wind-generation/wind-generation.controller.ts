import { Database, findWindGeneration, type StoredWindDay, type StoredWindPeriod } from '@app/database';
import { type DayState, periodStartAt, settlementPeriodsOf } from '@app/domain';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { mwhOf } from '../figures/figures.js';
import { dateParameter } from '../http/date-parameters.js';
import { List } from '../http/list.js';
import { type Page, wholeList } from '../http/page.js';
import { windGenerationQuery, type WindMissing, windPeriod, type WindPeriod } from './wind-generation.dto.js';

/** What all wind farms of the country produced, as the source publishes it. */
@ApiTags('Wind generation')
@Controller('api/wind-generation')
export class WindGenerationController {
  constructor(private readonly database: Database) {}

  @Get(':date')
  @ApiOperation({ summary: 'Onshore and offshore wind generation in each settlement period of a day' })
  @List(windPeriod, { description: '46, 48 or 50 items, also for periods without data' })
  async windGeneration(
    @Param({ schema: dateParameter }) { date }: { date: string },
    @Query({ schema: windGenerationQuery }) _: object,
  ): Promise<Page<WindPeriod>> {
    return wholeList(windPeriodsOf(date, await findWindGeneration(this.database, date)));
  }
}

function windPeriodsOf(date: string, { day, periods }: StoredWindDay): WindPeriod[] {
  const stored = new Map(periods.map((period) => [period.settlementPeriod, period]));
  return Array.from({ length: settlementPeriodsOf(date) }, (_, index) => {
    const settlementPeriod = index + 1;
    const period = stored.get(settlementPeriod);
    const lacking = lackingOf(period, day);
    return {
      settlementPeriod,
      startAt: periodStartAt(date, settlementPeriod),
      onshoreMw: mwhOf(period?.onshoreMw ?? null),
      offshoreMw: mwhOf(period?.offshoreMw ?? null),
      onshoreMwh: mwhOf(period?.onshoreMwh ?? null),
      offshoreMwh: mwhOf(period?.offshoreMwh ?? null),
      state: stateOf(period, lacking, day),
      missing: lacking.map((entry) => ({ ...entry, repair: `windfall wind-generation ${date}` })),
      revision: day?.revision ?? null,
    };
  });
}

type Lacking = Omit<WindMissing, 'repair'>;

function lackingOf(period: StoredWindPeriod | undefined, day: StoredWindDay['day']): Lacking[] {
  if (day === null) return [{ cause: 'not-fetched', detail: 'Nobody has asked the source for this day yet.' }];
  if (day.failure !== null) return [{ cause: 'fetch-failed', detail: day.failure }];
  const kinds = [
    ...(period?.onshoreMw == null ? ['onshore'] : []),
    ...(period?.offshoreMw == null ? ['offshore'] : []),
  ];
  if (kinds.length === 0) return [];
  return [
    { cause: 'not-published', detail: `The source has published nothing ${kinds.join(' and ')} of this period.` },
  ];
}

function stateOf(
  period: StoredWindPeriod | undefined,
  lacking: readonly Lacking[],
  day: StoredWindDay['day'],
): DayState {
  if (period === undefined) return 'absent';
  if (lacking.length > 0) return 'partial';
  return day?.final === true ? 'complete' : 'provisional';
}
