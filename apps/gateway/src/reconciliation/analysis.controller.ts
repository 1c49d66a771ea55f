import { Database, type DateRange, findGapSpan } from '@app/database';
import { type Gap, monthOf, settlementDateAt, worstFirst } from '@app/domain';
import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CLOCK, type Clock } from '../clock.js';
import { GATEWAY_CONFIG, type GatewayConfig } from '../config.js';
import { List } from '../http/list.js';
import { encodeCursor } from '../http/page.js';
import { analysis, type Analysis, analysisQuery, type AnalysisQuery, gap } from './analysis.dto.js';
import { analysisText } from './analysis-text.js';
import { DeepCheckService } from './deep-check.service.js';
import { ledgerGaps } from './ledger-gaps.js';
import { wantedDates } from './wanted-dates.js';

/** Before any date that the source has. */
const BEGINNING = '2000-01-01';

/** What is not complete or not right, why, and what repairs it. */
@ApiTags('Reconciliation')
@Controller('api/reconciliation/analysis')
export class AnalysisController {
  constructor(
    private readonly database: Database,
    private readonly deepCheck: DeepCheckService,
    @Inject(GATEWAY_CONFIG) private readonly config: GatewayConfig,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Gaps with their causes and the commands that repair them, worst first' })
  @List<Gap>(gap, { description: 'Gaps, worst first, and how many each month has', list: analysis, text: analysisText })
  async analyse(@Query({ schema: analysisQuery }) query: AnalysisQuery): Promise<Analysis> {
    const nowAt = this.now();
    const range = { from: query.from ?? BEGINNING, to: query.to ?? settlementDateAt(nowAt) };
    const found = [
      ...(await this.gapsOfLedgers(range, nowAt)),
      ...(query.deep === 'true' ? await this.deepCheck.check(range) : []),
    ];
    const gaps = worstFirst(found);
    const start = query.cursor ?? 0;
    const items = gaps.slice(start, start + query.limit).map((found) => ({ ...found, periods: [...found.periods] }));
    const end = start + items.length;
    return { items, months: monthsOf(gaps), nextCursor: end < gaps.length ? encodeCursor(end) : null };
  }

  /** Only months with gaps are looked at, of which a complete history has none. */
  private async gapsOfLedgers(range: DateRange, nowAt: string): Promise<Gap[]> {
    const wanted = wantedDates(this.config, nowAt);
    const span = await findGapSpan(this.database, wanted);
    if (span === null) return [];
    const from = range.from > span.from ? range.from : span.from;
    const to = range.to < span.to ? range.to : span.to;
    if (from > to) return [];
    return await ledgerGaps(this.database, { from, to }, wanted, nowAt);
  }
}

function monthsOf(gaps: readonly Gap[]): Analysis['months'] {
  const counts = new Map<string, number>();
  for (const { settlementDate } of gaps) {
    const month = monthOf(settlementDate);
    counts.set(month, (counts.get(month) ?? 0) + 1);
  }
  const months = [...counts].map(([month, count]) => ({ month, gaps: count }));
  return months.sort((a, b) => b.gaps - a.gaps || (a.month < b.month ? 1 : -1));
}
