import * as z from 'zod';
import { reason } from '../reason.js';
import { replyError } from '../reply-error.js';
import { jobPlan } from './job-plan.js';
import { jobRequest, verifyRequest } from './job-request.js';
import { job } from './job.js';

const requestedBy = z.string().min(1);
const idempotencyKey = z.string().nullable();
/** Asks the reconciler to store a job and begin it; the request is as it was sent, since an idempotency key stands for that. */
export const submitJob = {
  pattern: 'reconciliation.jobs.submit',
  request: z.object({ request: z.union([jobRequest, verifyRequest]), requestedBy, idempotencyKey }),
};

/** Asks the reconciler what a job would do; nothing is stored. */
export const planJob = {
  pattern: 'reconciliation.jobs.plan',
  request: z.object({ request: jobRequest }),
};

/** What the reconciler answers to that. */
export const planReply = z.union([z.object({ plan: jobPlan }), replyError]);

/** What may be said with an order about a job. */
export const jobOrder = z.strictObject({ reason }).meta({ id: 'JobOrder' });

/** Asks the reconciler to end a job: queued dates are cancelled, running ones finish. */
export const cancelJob = {
  pattern: 'reconciliation.jobs.cancel',
  request: z.object({ jobId: z.uuid(), requestedBy, idempotencyKey, reason }),
};

/** Asks the reconciler to go on with what an interrupted or failed job has not done. */
export const resumeJob = {
  pattern: 'reconciliation.jobs.resume',
  request: z.object({ jobId: z.uuid(), requestedBy, idempotencyKey, reason }),
};

/** What the reconciler answers to each of these: the job as it stands now, or why not. */
export const jobReply = z.union([z.object({ job }), replyError]);

/** In `details.holder` of the error `date-held`: which job holds the date. */
export const dateHolder = z
  .object({
    jobId: z.uuid().meta({ description: 'Job that holds the date', example: '0197a2b4-6d2c-7c31-9f0e-3a1d5c7e9b20' }),
    kind: z.string().meta({ description: 'Its kind', example: 'range' }),
    settlementDate: z.iso.date().meta({ description: 'The date held', example: '2025-05-26' }),
    sinceAt: z.iso.datetime().meta({ description: 'Since when', example: '2025-06-01T08:00:00.100Z' }),
  })
  .meta({ id: 'DateHolder' });

export type SubmitJob = z.infer<typeof submitJob.request>;
export type PlanJob = z.infer<typeof planJob.request>;
export type PlanReply = z.infer<typeof planReply>;
export type JobOrder = z.infer<typeof jobOrder>;
export type CancelJob = z.infer<typeof cancelJob.request>;
export type ResumeJob = z.infer<typeof resumeJob.request>;
export type JobReply = z.infer<typeof jobReply>;
export type DateHolder = z.infer<typeof dateHolder>;
