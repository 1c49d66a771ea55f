import {
  cancelJob,
  type CancelJob,
  type Job,
  type JobReply,
  resumeJob,
  type ResumeJob,
  submitJob,
  type SubmitJob,
} from '@app/contracts';
import { WindfallError } from '@app/domain';
import { continueTrace } from '@app/runtime';
import { Controller, Inject, Logger } from '@nestjs/common';
import { Ctx, MessagePattern, type NatsContext, Payload } from '@nestjs/microservices';
import { SubmitJobService } from './submit-job.service.js';

/** What the gateway asks for, each with a reply. */
@Controller()
export class ReconcilerController {
  private readonly logger = new Logger(ReconcilerController.name);

  constructor(@Inject(SubmitJobService) private readonly jobs: SubmitJobService) {}

  @MessagePattern<string>(submitJob.pattern)
  async submit(@Payload() payload: SubmitJob, @Ctx() context: NatsContext): Promise<JobReply> {
    return await this.reply(submitJob.pattern, context, () => this.jobs.submit(submitJob.request.parse(payload)));
  }

  @MessagePattern<string>(cancelJob.pattern)
  async cancel(@Payload() payload: CancelJob, @Ctx() context: NatsContext): Promise<JobReply> {
    return await this.reply(cancelJob.pattern, context, () => this.jobs.cancel(cancelJob.request.parse(payload).jobId));
  }

  @MessagePattern<string>(resumeJob.pattern)
  async resume(@Payload() payload: ResumeJob, @Ctx() context: NatsContext): Promise<JobReply> {
    return await this.reply(resumeJob.pattern, context, () => this.jobs.resume(resumeJob.request.parse(payload).jobId));
  }

  /** Goes on with the caller's trace; an error of ours is an answer, any other one is logged and answered as unavailable. */
  private async reply(pattern: string, context: NatsContext, work: () => Promise<Job>): Promise<JobReply> {
    const headers = context.getHeaders() as { get(name: string): string } | undefined;
    return await continueTrace(pattern, [headers?.get('traceparent')], async () => {
      try {
        return { job: await work() };
      } catch (error) {
        if (error instanceof WindfallError) {
          const { code, message, details } = error;
          return { error: { code, message, ...(details !== undefined && { details: { ...details } }) } };
        }
        this.logger.error({ msg: `${pattern} failed`, err: error });
        const message = 'The reconciler could not reach its database; try again.';
        return { error: { code: 'unavailable', message } };
      }
    });
  }
}
