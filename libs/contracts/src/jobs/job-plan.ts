import * as z from 'zod';

const plannedStep = z
  .looseObject({
    do: z
      .enum(['ingest', 'calculate', 'aggregate', 'verify', 'fetch-wind-generation', 'compare-register'])
      .meta({ description: 'What is done; further fields say how', example: 'calculate' }),
  })
  .meta({ id: 'PlannedStep' });

/** One date of a plan: why it is concerned, and what would be done. */
export const plannedItem = z
  .object({
    settlementDate: z.iso.date().meta({ description: 'Settlement date', example: '2025-05-26' }),
    state: z
      .enum(['absent', 'partial', 'blocked', 'provisional', 'complete'])
      .meta({ description: 'Of the day as it is now', example: 'partial' }),
    causes: z
      .array(z.string())
      .meta({ description: 'What the day lacks now; empty when nothing', example: ['not-calculated'] }),
    steps: z.array(plannedStep).meta({
      description:
        'What would be done, in order. A step that says `"when": "differs"` or verifies as a `"proof"` depends on what comes before it',
      example: [{ do: 'calculate', when: 'checked', only: null }],
    }),
    holder: z
      .object({
        jobId: z
          .uuid()
          .meta({ description: 'Job that holds the date', example: '0197a2b4-6d2c-7c31-9f0e-3a1d5c7e9b20' }),
        kind: z.string().meta({ description: 'Its kind', example: 'range' }),
      })
      .nullable()
      .meta({ description: 'Job that holds the date now; null when it is free', example: null }),
  })
  .meta({ id: 'PlannedItem' });

/** What a job would do, as things are. */
export const jobPlan = z
  .object({
    kind: z.string().meta({ description: 'What is done for each date', example: 'range' }),
    arguments: z.record(z.string(), z.unknown()).meta({
      description: 'The request, without its kind',
      example: { from: '2025-05-01', to: '2025-05-10' },
    }),
    items: z.array(plannedItem).meta({ description: 'Dates, in the order in which they would be begun' }),
    totals: z
      .object({
        items: z.int().min(0).meta({ description: 'Dates of the job', example: 10 }),
        fetched: z.int().min(0).meta({ description: 'Dates that would be asked of the source', example: 2 }),
        verified: z.int().min(0).meta({ description: 'Dates that would be compared with the source', example: 0 }),
        derived: z
          .int()
          .min(0)
          .meta({ description: 'Dates whose calculations or summaries would be compared', example: 10 }),
      })
      .meta({ id: 'JobPlanTotals' }),
    result: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'What was found on the way, where the kind looks for something', example: null }),
    planHash: z.string().meta({
      description: 'Give it with the request to carry out this plan and no other',
      example: 'mb3k2f9s-5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef',
    }),
  })
  .meta({ id: 'JobPlan' });

export type JobPlan = z.infer<typeof jobPlan>;
export type PlannedItem = z.infer<typeof plannedItem>;
