import {
  Database,
  findVerificationReport,
  findVerificationReports,
  type StoredVerificationReport,
} from '@app/database';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { unknownName } from '../figures/known-names.service.js';
import { List } from '../http/list.js';
import { noQuery } from '../http/no-query.js';
import { type Page, pageOf } from '../http/page.js';
import {
  reportParameter,
  reportsQuery,
  type ReportsQuery,
  type VerificationReport,
  verificationReport,
} from './report.dto.js';

/** What verifications have found. */
@ApiTags('Reconciliation')
@Controller('api/reconciliation/reports')
export class ReportsController {
  constructor(private readonly database: Database) {}

  @Get()
  @ApiOperation({ summary: 'Verification reports, newest first' })
  @List(verificationReport, { description: 'Reports, also those that a repair made before it began' })
  async list(@Query({ schema: reportsQuery }) query: ReportsQuery): Promise<Page<VerificationReport>> {
    const { from = null, to = null, cursor = null, limit } = query;
    const found = await findVerificationReports(this.database, { from, to }, { after: cursor, limit: limit + 1 });
    const { items, nextCursor } = pageOf(found, limit, ({ position }) => position);
    return { items: items.map(servedReport), nextCursor };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One verification report' })
  @ApiOkResponse({ description: 'The report', standardSchema: verificationReport })
  async one(
    @Param({ schema: reportParameter }) { id }: { id: string },
    @Query({ schema: noQuery }) _query: object,
  ): Promise<VerificationReport> {
    const report = await findVerificationReport(this.database, id);
    if (report !== undefined) return servedReport(report);
    const message = `There is no verification report ${id}.`;
    throw unknownName('unknown-report', 'id', message, 'listed by /api/reconciliation/reports');
  }
}

const NO_FIGURES = { revision: null, records: null, curtailedMwh: null, calculations: null };

function servedReport(report: StoredVerificationReport): VerificationReport {
  const { id, jobId, settlementDate, sampling, outcome, confidence, periods, repair, createdAt } = report;
  const found = repair?.found ?? { outcome: null, confidence: null, periods: [] };
  const before = { outcome: found.outcome, confidence: found.confidence, periods: found.periods };
  const after = { outcome, confidence, periods };
  return {
    id,
    jobId,
    settlementDate,
    sampling,
    outcome,
    differs: outcome === 'differs',
    confidence,
    periods,
    before: repair === null ? null : { ...(repair.before ?? NO_FIGURES), ...before },
    after: repair === null ? null : { ...(repair.after ?? NO_FIGURES), ...after },
    repair: outcome === 'differs' ? `windfall fix ${settlementDate}` : null,
    createdAt,
  };
}
