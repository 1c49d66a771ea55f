import { Database, findStatus, type StoredGap, type StoredStatus } from '@app/database';
import { addDays, settlementDateAt } from '@app/domain';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CLOCK, type Clock } from '../clock.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../config.js';
import { missingOfDay } from '../figures/missing.js';
import { noQuery } from '../http/no-query.js';
import { status, type Status } from './status.dto.js';

const NEWEST_GAPS = 10;

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
    const from = this.config.COVERAGE_FROM;
    // Today is not over, so nobody can expect it to be there.
    const wanted = from === undefined ? null : { from, to: addDays(settlementDateAt(asOfAt), -1) };
    return statusOf(await findStatus(this.database, wanted, NEWEST_GAPS), asOfAt);
  }
}

function statusOf({ combinations, models, days, absentDates, gaps }: StoredStatus, asOfAt: string): Status {
  const expected = combinations * models.length;
  const actual = models.reduce((sum, model) => sum + model.actual, 0);
  return {
    combinations,
    expectedCalculations: expected,
    actualCalculations: actual,
    percentage: expected === 0 ? null : Math.floor((actual * 10_000) / expected) / 100,
    models: models.map((model) => ({ minerModel: model.minerModel, expected: combinations, actual: model.actual })),
    days: {
      complete: days.complete ?? 0,
      partial: days.partial ?? 0,
      blocked: days.blocked ?? 0,
      provisional: days.provisional ?? 0,
      absent: (days.absent ?? 0) + absentDates,
    },
    newestGaps: gaps.flatMap((gap) => servedGapsOf(gap, asOfAt)),
    asOfAt,
  };
}

/** A date that was never fetched has no periods in the ledger to name: it lacks all it has. */
function servedGapsOf(gap: StoredGap, nowAt: string): Status['newestGaps'] {
  const { settlementDate, cause, periods } = gap;
  const stored = cause === 'not-fetched' && periods.length === 0 ? null : [gap];
  return missingOfDay(settlementDate, stored, nowAt).map((missing) => ({ settlementDate, ...missing }));
}
