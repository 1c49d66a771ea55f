import {
  type DeadLetter,
  deadLetter,
  deadLetterReplay,
  type DeadLetterReplay,
  deadLettersReplayed,
  type DeadLettersReplayed,
  durable,
  MAX_DEAD_LETTERS_LISTED,
} from '@app/contracts';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiTags, getSchemaPath } from '@nestjs/swagger';
import * as z from 'zod';
import { OperatorId } from '../auth/operator.guard.js';
import { RequiresScope } from '../auth/requires-scope.js';
import { IdempotencyKey, idempotencyHeader } from '../http/idempotency-key.js';
import { format, List } from '../http/list.js';
import { noQuery } from '../http/no-query.js';
import { cursorOf, DEFAULT_LIMIT, type Page, pageOf, wholeNumber } from '../http/page.js';
import { ReconcilerClient } from './reconciler.client.js';

const deadLettersQuery = z.strictObject({
  durable,
  cursor: cursorOf(z.int().min(1)),
  limit: wholeNumber(1, MAX_DEAD_LETTERS_LISTED)
    .default(DEFAULT_LIMIT)
    .meta({
      type: 'integer',
      description: `Items in one answer, at most ${MAX_DEAD_LETTERS_LISTED}`,
      default: DEFAULT_LIMIT,
    }),
  format,
});
type DeadLettersQuery = z.infer<typeof deadLettersQuery>;

/** Events that no attempt could handle: they lie on the bus, which the reconciler reads for us. */
@ApiTags('Reconciliation')
@Controller('api/reconciliation/dead-letters')
export class DeadLettersController {
  constructor(private readonly reconciler: ReconcilerClient) {}

  @Get()
  @ApiOperation({ summary: 'Events that were given up, with the cause' })
  @List(deadLetter, { description: 'Dead letters, oldest first' })
  async list(@Query({ schema: deadLettersQuery }) query: DeadLettersQuery): Promise<Page<DeadLetter>> {
    const found = await this.reconciler.listDeadLetters({
      durable: query.durable,
      fromSequence: (query.cursor ?? 0) + 1,
      limit: query.limit + 1,
    });
    return pageOf(found, query.limit, ({ sequence }) => sequence);
  }

  @Post('replay')
  @HttpCode(200)
  @RequiresScope('admin')
  @ApiOperation({ summary: 'Send dead letters again, once their cause is mended' })
  @ApiHeader(idempotencyHeader)
  @ApiBody({
    schema: { $ref: getSchemaPath('DeadLetterReplay') },
    examples: {
      one: { summary: 'One of them', value: { sequence: 17, reason: 'grants are mended' } },
      consumer: { summary: 'Those of one consumer', value: { durable: 'calculator_curtailment-ingested_v1' } },
      all: { summary: 'All', value: { all: true } },
    },
  })
  @ApiOkResponse({
    description: 'Sent; what still cannot be handled dies again under a new sequence',
    standardSchema: deadLettersReplayed,
  })
  async replay(
    @Body({ schema: deadLetterReplay }) replay: DeadLetterReplay,
    @IdempotencyKey() idempotencyKey: string | null,
    @Query({ schema: noQuery }) _query: object,
    @OperatorId() requestedBy: string,
  ): Promise<DeadLettersReplayed> {
    return await this.reconciler.replayDeadLetters({ replay, requestedBy, idempotencyKey });
  }
}
