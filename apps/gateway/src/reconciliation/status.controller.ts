import { Database, findNewestGaps, findStatus, type StoredGap, type StoredStatus } from '@app/database';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CLOCK, type Clock } from '../clock.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../config.js';
import { missingOfDay } from '../figures/missing.js';
import { noQuery } from '../http/no-query.js';
import { status, type Status } from './status.dto.js';
import { wantedDates } from './wanted-dates.js';

const NEWEST_GAPS = 10;
/** Today, and yesterday for some minutes after midnight, lack what has not settled, which is no gap. */
const UNSETTLED_DAYS = 2;

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
    const rows = NEWEST_GAPS + UNSETTLED_DAYS;
    const stored = await findStatus(this.database, wanted, rows);
    const gaps = stored.gapsFrom === null ? [] : await findNewestGaps(this.database, stored.gapsFrom, wanted, rows);
    return statusOf(stored, gaps, asOfAt);
  }
}

function statusOf(
  { combinations, models, days, absentDates }: StoredStatus,
  gaps: readonly StoredGap[],
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
    newestGaps: gaps.flatMap((gap) => servedGapsOf(gap, asOfAt)).slice(0, NEWEST_GAPS),
    asOfAt,
  };
}

/** A date that was never fetched has no periods in the ledger to name: it lacks all it has. */
function servedGapsOf(gap: StoredGap, nowAt: string): Status['newestGaps'] {
  const { settlementDate, cause, periods } = gap;
  const stored = cause === 'not-fetched' && periods.length === 0 ? null : [gap];
  return missingOfDay(settlementDate, stored, nowAt)
    .filter((missing) => missing.cause !== 'not-settled')
    .map((missing) => ({ settlementDate, ...missing }));
}
