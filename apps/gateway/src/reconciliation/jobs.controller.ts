import { type Job, type JobItem, jobOrder, type JobOrder, type JobPlan, type JobRequest } from '@app/contracts';
import { Database, findJob, findJobItems, findJobs } from '@app/database';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import {
  ApiBody,
  type ApiBodyOptions,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiResponse,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { OperatorId } from '../auth/operator.guard.js';
import { RequiresScope } from '../auth/requires-scope.js';
import { unknownName } from '../figures/known-names.service.js';
import { noQuery } from '../http/no-query.js';
import { List } from '../http/list.js';
import { type Page, pageOf } from '../http/page.js';
import { IdempotencyKey, idempotencyHeader } from '../http/idempotency-key.js';
import {
  job,
  jobItem,
  jobItemsQuery,
  type JobItemsQuery,
  jobParameter,
  jobPlan,
  jobRequest,
  jobsQuery,
  type JobsQuery,
  submitQuery,
  type SubmitQuery,
} from './job.dto.js';
import { jobExamples } from './job-examples.js';
import { ReconcilerClient } from './reconciler.client.js';

/** An order about a job needs no body. */
const optionalOrder = jobOrder.nullish();
const orderBody: ApiBodyOptions = {
  required: false,
  schema: { $ref: getSchemaPath('JobOrder') },
  examples: { reason: { summary: 'Why', value: { reason: 'the source is away until tomorrow' } } },
};

/** Repairs, as jobs over settlement dates: submitted and steered through the reconciler, read from its tables. */
@ApiTags('Jobs')
@Controller('api/reconciliation/jobs')
export class JobsController {
  constructor(
    private readonly database: Database,
    private readonly reconciler: ReconcilerClient,
  ) {}

  @Post()
  @HttpCode(202)
  @RequiresScope('repair')
  @ApiOperation({ summary: 'Submit a job, or with `plan=true` see what it would do' })
  @ApiHeader(idempotencyHeader)
  @ApiBody({
    schema: { $ref: getSchemaPath('JobRequest') },
    examples: jobExamples,
  })
  @ApiOkResponse({ description: 'With `plan=true`: what would be done; nothing is', standardSchema: jobPlan })
  @ApiResponse({
    status: 202,
    description: 'Accepted; follow it at its Location',
    standardSchema: job,
    headers: { Location: { description: 'Path of the job', schema: { type: 'string' } } },
  })
  async submit(
    @Body({ schema: jobRequest }) request: JobRequest,
    @IdempotencyKey() idempotencyKey: string | null,
    @Query({ schema: submitQuery }) { plan }: SubmitQuery,
    @OperatorId() requestedBy: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Job | JobPlan> {
    if (plan === 'true') {
      void reply.code(200);
      return await this.reconciler.plan({ request });
    }
    const accepted = await this.reconciler.submit({ request, requestedBy, idempotencyKey });
    void reply.header('location', `/api/reconciliation/jobs/${accepted.id}`);
    return accepted;
  }

  @Get()
  @ApiOperation({ summary: 'Jobs, newest first' })
  @List(job, { description: 'Jobs' })
  async list(@Query({ schema: jobsQuery }) query: JobsQuery): Promise<Page<Job>> {
    const found = await findJobs(
      this.database,
      { state: query.state ?? null, kind: query.kind ?? null },
      { after: query.cursor ?? null, limit: query.limit + 1 },
    );
    const { items, nextCursor } = pageOf(found, query.limit, ({ position }) => position);
    return { items: items.map(({ position: _, ...listed }) => listed), nextCursor };
  }

  @Get(':id')
  @ApiOperation({ summary: 'One job' })
  @ApiOkResponse({ description: 'The job as it stands', standardSchema: job })
  async one(
    @Param({ schema: jobParameter }) { id }: { id: string },
    @Query({ schema: noQuery }) _query: object,
  ): Promise<Job> {
    return await this.requireJob(id);
  }

  @Get(':id/items')
  @ApiOperation({ summary: 'Dates of a job' })
  @List(jobItem, { description: 'An item for each date, in order' })
  async items(
    @Param({ schema: jobParameter }) { id }: { id: string },
    @Query({ schema: jobItemsQuery }) query: JobItemsQuery,
  ): Promise<Page<JobItem>> {
    const found = await findJobItems(this.database, id, { after: query.cursor ?? null, limit: query.limit + 1 });
    if (found.length === 0) await this.requireJob(id);
    return pageOf(found, query.limit, (item) => item.settlementDate);
  }

  @Post(':id/cancel')
  @HttpCode(202)
  @RequiresScope('repair')
  @ApiHeader(idempotencyHeader)
  @ApiOperation({ summary: 'Cancel a job: queued dates end, running ones finish' })
  @ApiBody(orderBody)
  @ApiResponse({ status: 202, description: 'The job as it stands now', standardSchema: job })
  async cancel(
    @Param({ schema: jobParameter }) { id }: { id: string },
    @Body({ schema: optionalOrder }) order: JobOrder | null | undefined,
    @IdempotencyKey() idempotencyKey: string | null,
    @Query({ schema: noQuery }) _query: object,
    @OperatorId() requestedBy: string,
  ): Promise<Job> {
    return await this.reconciler.cancel({ jobId: id, requestedBy, idempotencyKey, reason: order?.reason });
  }

  @Post(':id/resume')
  @HttpCode(202)
  @RequiresScope('repair')
  @ApiHeader(idempotencyHeader)
  @ApiOperation({ summary: 'Go on with what an interrupted or failed job has not done' })
  @ApiBody(orderBody)
  @ApiResponse({ status: 202, description: 'The job as it stands now', standardSchema: job })
  async resume(
    @Param({ schema: jobParameter }) { id }: { id: string },
    @Body({ schema: optionalOrder }) order: JobOrder | null | undefined,
    @IdempotencyKey() idempotencyKey: string | null,
    @Query({ schema: noQuery }) _query: object,
    @OperatorId() requestedBy: string,
  ): Promise<Job> {
    return await this.reconciler.resume({ jobId: id, requestedBy, idempotencyKey, reason: order?.reason });
  }

  private async requireJob(id: string): Promise<Job> {
    const found = await findJob(this.database, id);
    if (found !== undefined) return found;
    throw unknownName('unknown-job', 'id', `There is no job ${id}.`, 'listed by /api/reconciliation/jobs');
  }
}
