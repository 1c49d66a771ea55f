import {
  difficultyUpdate,
  type DifficultyUpdate,
  retargetAddition,
  type RetargetAddition,
  type UpdatedDifficulty,
  updatedDifficulty,
} from '@app/contracts';
import { DifficultyTable } from '@app/difficulty';
import { dayBoundsAt, miningEpochsOf, type Retarget, WindfallError } from '@app/domain';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { type FastifyReply } from 'fastify';
import { OperatorId } from '../auth/operator.guard.js';
import { RequiresScope } from '../auth/requires-scope.js';
import { repairOf } from '../figures/missing.js';
import { dateParameter } from '../http/date-parameters.js';
import { IdempotencyKey, idempotencyHeader } from '../http/idempotency-key.js';
import { noQuery } from '../http/no-query.js';
import { ReconcilerClient } from '../reconciliation/reconciler.client.js';
import { addedRetarget, type AddedRetarget, dailyDifficulty, type DailyDifficulty } from './difficulty.dto.js';

/** Network difficulty by retarget, and what it means for the periods of a day. */
@ApiTags('Bitcoin')
@Controller('api/difficulty')
export class DifficultyController {
  constructor(
    private readonly table: DifficultyTable,
    private readonly reconciler: ReconcilerClient,
  ) {}

  @Get(':date')
  @ApiOperation({ summary: 'Difficulty and block subsidy in force on a date, with the retargets they come from' })
  @ApiOkResponse({ description: 'Also for a date without data', standardSchema: dailyDifficulty })
  async daily(
    @Param({ schema: dateParameter }) { date }: { date: string },
    @Query({ schema: noQuery }) _query: object,
  ): Promise<DailyDifficulty> {
    const bounds = dayBoundsAt(date);
    return difficultyOf(date, await this.retargetsOf({ fromAt: bounds.startAt, toAt: bounds.endAt }), bounds.endAt);
  }

  @Post()
  @RequiresScope('admin')
  @ApiHeader(idempotencyHeader)
  @ApiOperation({ summary: 'Add a retarget by hand; what it touches is calculated again' })
  @ApiBody({
    schema: { $ref: getSchemaPath('RetargetAddition') },
    examples: {
      retarget: {
        summary: 'A retarget that is known already, so that trying this changes nothing',
        value: {
          height: 897120,
          fromAt: '2025-05-17T14:02:23Z',
          difficulty: '121658450774825',
          reason: 'read from a block explorer',
        },
      },
    },
  })
  @ApiResponse({ status: 201, description: 'It is new', standardSchema: addedRetarget })
  @ApiOkResponse({ description: 'It was known already, alike', standardSchema: addedRetarget })
  async add(
    @Body({ schema: retargetAddition }) { reason, ...retarget }: RetargetAddition,
    @IdempotencyKey() idempotencyKey: string | null,
    @Query({ schema: noQuery }) _query: object,
    @OperatorId() requestedBy: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AddedRetarget> {
    const added = await this.reconciler.addDifficulty({ retarget, reason, requestedBy, idempotencyKey });
    void reply.code(added ? 201 : 200);
    return { ...retarget, added };
  }

  @Post('update')
  @HttpCode(200)
  @RequiresScope('admin')
  @ApiHeader(idempotencyHeader)
  @ApiOperation({
    summary: 'Fetch the retargets that are not known yet, and add them; what they touch is calculated again',
    description:
      'From the server that `DIFFICULTY_SOURCE_URL` of the reconciler names; 501 without it. A retarget counts once six ' +
      'blocks are there. 502, and nothing is added, when the server does not answer or what it says cannot be believed.',
  })
  @ApiBody({
    required: false,
    schema: { $ref: getSchemaPath('DifficultyUpdate') },
    examples: { reason: { summary: 'Why', value: { reason: 'the difficulty has changed' } } },
  })
  @ApiOkResponse({ description: 'Also when there was nothing new', standardSchema: updatedDifficulty })
  async update(
    @Body({ schema: difficultyUpdate.nullish() }) body: DifficultyUpdate | null | undefined,
    @IdempotencyKey() idempotencyKey: string | null,
    @Query({ schema: noQuery }) _query: object,
    @OperatorId() requestedBy: string,
  ): Promise<UpdatedDifficulty> {
    return await this.reconciler.updateDifficulty({ reason: body?.reason, requestedBy, idempotencyKey });
  }

  private async retargetsOf(span: { fromAt: string; toAt: string }): Promise<Retarget[]> {
    try {
      return await this.table.readRetargets(span);
    } catch (cause) {
      throw new WindfallError('unavailable', 'The difficulty table cannot be read; try again soon.', { cause });
    }
  }
}

function difficultyOf(settlementDate: string, retargets: readonly Retarget[], endAt: string): DailyDifficulty {
  const found = miningEpochsOf(settlementDate, retargets);
  const inForce = retargets.filter(({ fromUnix }) => fromUnix * 1000 < Date.parse(endAt));
  const provisional = !found.blocked && found.epochs.some((epoch) => epoch.provisional);
  return {
    settlementDate,
    mining: found.blocked ? [] : found.epochs,
    retargets: inForce.map(({ height, fromUnix, difficulty }) => ({
      height,
      fromAt: new Date(fromUnix * 1000).toISOString().replace('.000Z', 'Z'),
      difficulty,
    })),
    state: found.blocked ? 'blocked' : provisional ? 'provisional' : 'complete',
    missing: found.blocked
      ? [
          {
            cause: 'difficulty-missing',
            periods: found.periods,
            detail: found.detail,
            repair: repairOf('difficulty-missing', settlementDate, settlementDate),
          },
        ]
      : [],
  };
}
