import {
  type AddDifficulty,
  addDifficulty,
  type AddDifficultyReply,
  cancelJob,
  type CancelJob,
  type JobReply,
  listDeadLetters,
  type ListDeadLetters,
  type ListDeadLettersReply,
  type PlanJob,
  planJob,
  type PlanReply,
  replayDeadLetters,
  type ReplayDeadLetters,
  type ReplayDeadLettersReply,
  type ReplyError,
  resumeJob,
  type ResumeJob,
  submitJob,
  type SubmitJob,
  updateDifficulty,
  type UpdateDifficulty,
  type UpdateDifficultyReply,
} from '@app/contracts';
import { WindfallError } from '@app/domain';
import { continueTrace } from '@app/runtime';
import { Controller, Inject, Logger } from '@nestjs/common';
import { Ctx, MessagePattern, type NatsContext, Payload } from '@nestjs/microservices';
import { AddDifficultyService } from './add-difficulty.service.js';
import { attemptOf, AuditLog } from './audit-log.service.js';
import { DeadLettersService } from './dead-letters.service.js';
import { SubmitJobService } from './submit-job.service.js';
import { UpdateDifficultyService } from './update-difficulty.service.js';

/** What the gateway asks for, each with a reply. */
@Controller()
export class ReconcilerController {
  private readonly logger = new Logger(ReconcilerController.name);

  constructor(
    @Inject(SubmitJobService) private readonly jobs: SubmitJobService,
    @Inject(AddDifficultyService) private readonly difficulty: AddDifficultyService,
    @Inject(UpdateDifficultyService) private readonly difficultyUpdate: UpdateDifficultyService,
    @Inject(DeadLettersService) private readonly deadLetters: DeadLettersService,
    @Inject(AuditLog) private readonly audit: AuditLog,
  ) {}

  @MessagePattern<string>(submitJob.pattern)
  async submit(@Payload() payload: SubmitJob, @Ctx() context: NatsContext): Promise<JobReply> {
    return await this.reply(submitJob.pattern, context, async () => {
      const command = submitJob.request.parse(payload);
      const attempt = attemptOf('submit-job', command.requestedBy, command.request);
      return { job: await this.audit.orRefused(attempt, () => this.jobs.submit(command)) };
    });
  }

  @MessagePattern<string>(planJob.pattern)
  async plan(@Payload() payload: PlanJob, @Ctx() context: NatsContext): Promise<PlanReply> {
    return await this.reply(planJob.pattern, context, async () => ({
      plan: await this.jobs.plan(planJob.request.parse(payload)),
    }));
  }

  @MessagePattern<string>(cancelJob.pattern)
  async cancel(@Payload() payload: CancelJob, @Ctx() context: NatsContext): Promise<JobReply> {
    return await this.reply(cancelJob.pattern, context, async () => {
      const command = cancelJob.request.parse(payload);
      const attempt = attemptOf('cancel-job', command.requestedBy, { reason: command.reason }, command.jobId);
      return { job: await this.audit.orRefused(attempt, () => this.jobs.cancel(command)) };
    });
  }

  @MessagePattern<string>(resumeJob.pattern)
  async resume(@Payload() payload: ResumeJob, @Ctx() context: NatsContext): Promise<JobReply> {
    return await this.reply(resumeJob.pattern, context, async () => {
      const command = resumeJob.request.parse(payload);
      const attempt = attemptOf('resume-job', command.requestedBy, { reason: command.reason }, command.jobId);
      return { job: await this.audit.orRefused(attempt, () => this.jobs.resume(command)) };
    });
  }

  @MessagePattern<string>(addDifficulty.pattern)
  async addDifficulty(@Payload() payload: AddDifficulty, @Ctx() context: NatsContext): Promise<AddDifficultyReply> {
    return await this.reply(addDifficulty.pattern, context, async () => {
      const command = addDifficulty.request.parse(payload);
      const attempt = attemptOf('add-difficulty', command.requestedBy, { ...command.retarget, reason: command.reason });
      return { added: await this.audit.orRefused(attempt, () => this.difficulty.add(command)) };
    });
  }

  @MessagePattern<string>(updateDifficulty.pattern)
  async updateDifficulty(
    @Payload() payload: UpdateDifficulty,
    @Ctx() context: NatsContext,
  ): Promise<UpdateDifficultyReply> {
    return await this.reply(updateDifficulty.pattern, context, async () => {
      const command = updateDifficulty.request.parse(payload);
      const attempt = attemptOf('update-difficulty', command.requestedBy, { reason: command.reason });
      return await this.audit.orRefused(attempt, () => this.difficultyUpdate.update(command));
    });
  }

  @MessagePattern<string>(listDeadLetters.pattern)
  async listDeadLetters(
    @Payload() payload: ListDeadLetters,
    @Ctx() context: NatsContext,
  ): Promise<ListDeadLettersReply> {
    return await this.reply(listDeadLetters.pattern, context, async () => ({
      deadLetters: await this.deadLetters.list(listDeadLetters.request.parse(payload)),
    }));
  }

  @MessagePattern<string>(replayDeadLetters.pattern)
  async replayDeadLetters(
    @Payload() payload: ReplayDeadLetters,
    @Ctx() context: NatsContext,
  ): Promise<ReplayDeadLettersReply> {
    return await this.reply(replayDeadLetters.pattern, context, async () => {
      const command = replayDeadLetters.request.parse(payload);
      const attempt = attemptOf('replay-dead-letters', command.requestedBy, command.replay);
      return await this.audit.orRefused(attempt, () => this.deadLetters.replay(command));
    });
  }

  /** Goes on with the caller's trace; an error of ours is an answer, any other one is logged and answered as unavailable. */
  private async reply<Result>(
    pattern: string,
    context: NatsContext,
    work: () => Promise<Result>,
  ): Promise<Result | ReplyError> {
    const headers = context.getHeaders() as { get(name: string): string } | undefined;
    return await continueTrace(pattern, [headers?.get('traceparent')], async () => {
      try {
        return await work();
      } catch (error) {
        if (error instanceof WindfallError) {
          const { code, message, details } = error;
          return { error: { code, message, ...(details !== undefined && { details: { ...details } }) } };
        }
        this.logger.error({ msg: `${pattern} failed`, err: error });
        const message = 'The reconciler could not reach one of its stores; try again.';
        return { error: { code: 'unavailable', message } };
      }
    });
  }
}
