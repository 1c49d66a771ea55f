import { Database, findAuditRows } from '@app/database';
import { type AuditRow } from '@app/domain';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { List } from '../http/list.js';
import { noQuery } from '../http/no-query.js';
import { type Page, pageOf } from '../http/page.js';
import { AuditVerification } from './audit-verification.service.js';
import { type AuditQuery, auditQuery, auditRow, auditVerification, type AuditVerificationResult } from './audit.dto.js';

/** Who did what and why, and whether that was tampered with. */
@ApiTags('Audit')
@Controller('api/reconciliation/audit')
export class AuditController {
  constructor(
    private readonly database: Database,
    private readonly verification: AuditVerification,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Writes that were accepted or refused, and how jobs ended; newest first' })
  @List<AuditRow>(auditRow, {
    description: 'Rows of the audit log',
    // What they hold differs from row to row, so it cannot be columns.
    fields: (row) => ({
      ...row,
      arguments: JSON.stringify(row.arguments),
      cause: row.cause && JSON.stringify(row.cause),
    }),
  })
  async list(@Query({ schema: auditQuery }) query: AuditQuery): Promise<Page<AuditRow>> {
    const { requestedBy = null, action = null, outcome = null, jobId = null, since = null, until = null } = query;
    const filter = { requestedBy, action, outcome, jobId, sinceAt: since, untilAt: until };
    const page = { before: query.cursor ?? null, limit: query.limit + 1 };
    const found = await findAuditRows(this.database, filter, page);
    return pageOf(found, query.limit, ({ sequence }) => sequence);
  }

  @Get('verification')
  @ApiOperation({ summary: 'Whether the audit log is what was appended to it, and where not' })
  @ApiOkResponse({ description: 'Verified from the first row to the newest', standardSchema: auditVerification })
  async verify(@Query({ schema: noQuery }) _query: object): Promise<AuditVerificationResult> {
    return await this.verification.verify();
  }
}
