import * as z from 'zod';

const count = z.int().min(0);
const instant = z.iso.datetime();

/** Why a job or an item of it did not succeed. */
export const jobCause = z
  .object({
    code: z.string().meta({ description: 'Of the closed list of error codes', example: 'source-unavailable' }),
    detail: z.string().meta({ description: 'A sentence for people', example: 'HTTP 500, 5 attempts' }),
    periods: z.array(z.int()).meta({ description: 'Settlement periods concerned, if any', example: [12, 30] }),
  })
  .meta({ id: 'JobCause' });

export const jobState = z.enum(['queued', 'running', 'completed', 'failed', 'cancelled']);

/** A job as it is served: one piece of work an operator or a schedule asked for. */
export const job = z
  .object({
    id: z.uuid().meta({ description: 'Name of the job', example: '0197a2b4-6d2c-7c31-9f0e-3a1d5c7e9b20' }),
    kind: z.string().meta({ description: 'What is done for each date', example: 'range' }),
    state: jobState.meta({
      description: 'A failed or blocked item makes the job failed, once all items have ended',
      example: 'running',
    }),
    arguments: z.record(z.string(), z.unknown()).meta({
      description: 'The request as it was accepted, without its kind',
      example: { from: '2025-05-01', to: '2025-05-10', batchSize: 5 },
    }),
    totals: z
      .object({
        items: count.meta({ description: 'Dates of the job', example: 10 }),
        completed: count.meta({ description: 'Dates that are done', example: 4 }),
        failed: count.meta({ description: 'Dates that failed for good', example: 0 }),
        blocked: count.meta({ description: 'Dates that wait for a difficulty', example: 0 }),
        cancelled: count.meta({ description: 'Dates that were cancelled before they began', example: 0 }),
        timeouts: count.meta({ description: 'Dates that ran out of time', example: 0 }),
      })
      .meta({ id: 'JobTotals', description: 'How many of its dates are where' }),
    cause: jobCause.nullable().meta({ description: 'Why the job failed; null otherwise' }),
    reportId: z
      .uuid()
      .nullable()
      .meta({ description: 'Of the verification report, where the kind makes one', example: null }),
    result: z.record(z.string(), z.unknown()).nullable().meta({
      description:
        'What the job found, where the kind looks for something: most-critical, difficulty-mismatch, bmu-mapping',
      example: null,
    }),
    requestedBy: z.string().meta({ description: 'Id of the operator key, or of the schedule', example: 'operator' }),
    reason: z.string().nullable().meta({ description: 'As given with the request', example: null }),
    createdAt: instant.meta({ description: 'When it was accepted', example: '2025-06-01T08:00:00.000Z' }),
    startedAt: instant
      .nullable()
      .meta({ description: 'When its first date began', example: '2025-06-01T08:00:00.100Z' }),
    updatedAt: instant.meta({ description: 'When anything of it last changed', example: '2025-06-01T08:00:04.000Z' }),
    endedAt: instant.nullable().meta({ description: 'When its last date ended', example: null }),
  })
  .meta({ id: 'Job' });

export type Job = z.infer<typeof job>;
export type JobState = z.infer<typeof jobState>;
export type JobCause = z.infer<typeof jobCause>;
