import { type Job, type VerifyRequest } from '@app/contracts';
import { Database, findIngestedDates } from '@app/database';
import { addDays, datesToVerify, latestDue, VERIFIED_FROM, weeklyVerification } from '@app/domain';
import { Body, Controller, Get, HttpCode, Inject, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { OperatorId } from '../auth/operator.guard.js';
import { RequiresScope } from '../auth/requires-scope.js';
import { CLOCK, type Clock } from '../clock.js';
import { IdempotencyKey, idempotencyHeader } from '../http/idempotency-key.js';
import { noQuery } from '../http/no-query.js';
import { job } from './job.dto.js';
import { ReconcilerClient } from './reconciler.client.js';
import {
  type RandomDates,
  randomDates,
  type RandomDatesQuery,
  randomDatesQuery,
  verificationBody,
  type VerificationBody,
} from './verification.dto.js';

/** Comparisons of stored dates with the source: jobs like the repairs, that change nothing. */
@ApiTags('Reconciliation')
@Controller('api/reconciliation/verifications')
export class VerificationsController {
  constructor(
    private readonly reconciler: ReconcilerClient,
    private readonly database: Database,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Post()
  @HttpCode(202)
  @RequiresScope('verify')
  @ApiOperation({ summary: 'Compare what is stored of a date with the source' })
  @ApiHeader(idempotencyHeader)
  @ApiBody({
    schema: { $ref: getSchemaPath('Verification') },
    examples: {
      date: { summary: 'A sample of a date', value: { date: '2025-05-26', sampling: 'progressive' } },
      full: { summary: 'All periods of a date', value: { date: '2025-05-26', sampling: 'full' } },
      today: { summary: 'A sample of today, as far as it has settled', value: {} },
    },
  })
  @ApiResponse({
    status: 202,
    description: 'Accepted; follow it at its Location, and read the report that its `reportId` names',
    standardSchema: job,
    headers: { Location: { description: 'Path of the job', schema: { type: 'string' } } },
  })
  async verify(
    @Body({ schema: verificationBody }) body: VerificationBody,
    @IdempotencyKey() idempotencyKey: string | null,
    @Query({ schema: noQuery }) _query: object,
    @OperatorId() requestedBy: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Job> {
    const request: VerifyRequest = { kind: 'verify', ...body };
    const accepted = await this.reconciler.submit({ request, requestedBy, idempotencyKey });
    void reply.header('location', `/api/reconciliation/jobs/${accepted.id}`);
    return accepted;
  }

  @Get('random-dates')
  @ApiOperation({
    summary: 'The random past dates that the weekly verification looks at',
    description: 'The same ones from one Wednesday, 03:00 in London, to the next, however often they are asked for.',
  })
  @ApiOkResponse({ description: 'Fewer where fewer are stored', standardSchema: randomDates })
  async randomDates(@Query({ schema: randomDatesQuery }) { count }: RandomDatesQuery): Promise<RandomDates> {
    const { date: runDate } = latestDue(weeklyVerification, this.now());
    const stored = await findIngestedDates(this.database, VERIFIED_FROM, addDays(runDate, -1));
    return { runDate, settlementDates: datesToVerify(runDate, stored, count) };
  }
}
