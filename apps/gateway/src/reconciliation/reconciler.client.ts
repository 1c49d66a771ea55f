import {
  addDifficulty,
  type AddDifficulty,
  addDifficultyReply,
  cancelJob,
  type CancelJob,
  type DeadLetter,
  type DeadLettersReplayed,
  type Job,
  type JobPlan,
  jobReply,
  listDeadLetters,
  type ListDeadLetters,
  listDeadLettersReply,
  replayDeadLetters,
  type ReplayDeadLetters,
  replayDeadLettersReply,
  type PlanJob,
  planJob,
  planReply,
  type ReplyError,
  resumeJob,
  type ResumeJob,
  submitJob,
  type SubmitJob,
  updateDifficulty,
  type UpdateDifficulty,
  type UpdatedDifficulty,
  updateDifficultyReply,
} from '@app/contracts';
import { WindfallError } from '@app/domain';
import { activeTraceparent } from '@app/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { type ClientProxy, NatsRecordBuilder } from '@nestjs/microservices';
import { headers } from '@nats-io/transport-node';
import { firstValueFrom, timeout } from 'rxjs';
import type * as z from 'zod';

/** Injection token of the connection to NATS. */
export const NATS_CLIENT = Symbol('NATS_CLIENT');

/** A plan may compare every calculation there is. */
const PATIENCE_MS = 15_000;

/** Asks the reconciler, the only one who writes jobs and the difficulty, and who reads the bus. */
@Injectable()
export class ReconcilerClient {
  constructor(@Inject(NATS_CLIENT) private readonly nats: ClientProxy) {}

  async submit(submission: SubmitJob): Promise<Job> {
    return (await this.ask(submitJob.pattern, submission, jobReply)).job;
  }

  async plan(request: PlanJob): Promise<JobPlan> {
    return (await this.ask(planJob.pattern, request, planReply)).plan;
  }

  async cancel(command: CancelJob): Promise<Job> {
    return (await this.ask(cancelJob.pattern, command, jobReply)).job;
  }

  async resume(command: ResumeJob): Promise<Job> {
    return (await this.ask(resumeJob.pattern, command, jobReply)).job;
  }

  /** @returns whether the retarget is new */
  async addDifficulty(addition: AddDifficulty): Promise<boolean> {
    return (await this.ask(addDifficulty.pattern, addition, addDifficultyReply)).added;
  }

  async updateDifficulty(command: UpdateDifficulty): Promise<UpdatedDifficulty> {
    return await this.ask(updateDifficulty.pattern, command, updateDifficultyReply);
  }

  async listDeadLetters(selection: ListDeadLetters): Promise<DeadLetter[]> {
    return (await this.ask(listDeadLetters.pattern, selection, listDeadLettersReply)).deadLetters;
  }

  async replayDeadLetters(command: ReplayDeadLetters): Promise<DeadLettersReplayed> {
    return await this.ask(replayDeadLetters.pattern, command, replayDeadLettersReply);
  }

  private async ask<Reply extends object>(
    pattern: string,
    payload: object,
    replySchema: z.ZodType<Reply | ReplyError>,
  ): Promise<Reply> {
    const reply = replySchema.parse(await this.answerTo(pattern, payload));
    if (!('error' in reply)) return reply;
    const { code, message, details } = reply.error;
    throw new WindfallError(code, message, { details });
  }

  private async answerTo(pattern: string, payload: object): Promise<unknown> {
    const record = new NatsRecordBuilder(payload).setHeaders(traceHeaders()).build();
    try {
      return await firstValueFrom(this.nats.send<unknown>(pattern, record).pipe(timeout(PATIENCE_MS)));
    } catch (cause) {
      // Whatever it was, no reply came: nobody listens, the bus is away, or it took too long.
      const message = 'The reconciler, who keeps the jobs, does not answer; reading goes on, try to write again soon.';
      throw new WindfallError('unavailable', message, { cause });
    }
  }
}

function traceHeaders() {
  const carried = headers();
  const traceparent = activeTraceparent();
  if (traceparent !== undefined) carried.set('traceparent', traceparent);
  return carried;
}
