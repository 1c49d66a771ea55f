import { Database, findStatus, NEWEST_GAPS, type StoredStatus } from '@app/database';
import { settlementDateAt } from '@app/domain';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CLOCK, type Clock } from '../clock.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../config.js';
import { noQuery } from '../http/no-query.js';
import { status, type Status } from './status.dto.js';
import { ledgerGaps, type ServedGap } from './ledger-gaps.js';
import { wantedDates } from './wanted-dates.js';

/** How complete everything is, from the ledgers and without a scan. */
@ApiTags('Reconciliation')
@Controller('api/reconciliation/status')
export class StatusController {
  constructor(
    private readonly database: Database,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Combinations, calculations and days that are there and that ought to be' })
  @ApiOkResponse({ description: 'Status of all stored data', standardSchema: status })
  async status(@Query({ schema: noQuery }) _query: object): Promise<Status> {
    const asOfAt = this.now();
    const wanted = wantedDates(this.config, asOfAt);
    const stored = await findStatus(this.database, wanted);
    const { gapsFrom: from } = stored;
    const range = from === null ? null : { from, to: settlementDateAt(asOfAt) };
    const gaps = range === null ? [] : await ledgerGaps(this.database, range, wanted, asOfAt);
    return statusOf(stored, gaps, asOfAt);
  }
}

function statusOf(
  { combinations, models, days, absentDates }: StoredStatus,
  gaps: readonly ServedGap[],
  asOfAt: string,
): Status {
  const expected = combinations * models.length;
  const actual = models.reduce((sum, model) => sum + model.actual, 0);
  return {
    combinations,
    expectedCalculations: expected,
    actualCalculations: actual,
    percentage: expected === 0 ? null : Math.floor((actual * 10_000) / expected) / 100,
    models: models.map((model) => ({ minerModel: model.minerModel, expected: combinations, actual: model.actual })),
    days: { ...days, absent: days.absent + absentDates },
    newestGaps: newestOf(gaps),
    asOfAt,
  };
}

function newestOf(gaps: readonly ServedGap[]): Status['newestGaps'] {
  const newest = [...gaps].sort((a, b) =>
    a.settlementDate < b.settlementDate ? 1 : a.settlementDate > b.settlementDate ? -1 : 0,
  );
  return newest.slice(0, NEWEST_GAPS).map(({ settlementDate, cause, periods, detail, repair }) => ({
    settlementDate,
    cause,
    periods: [...periods],
    detail,
    repair,
  }));
}
