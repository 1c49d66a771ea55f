import * as z from 'zod';

/** An event that no attempt could handle, as it is served. */
export const deadLetter = z
  .object({
    sequence: z.int().meta({ description: 'Its place among the dead letters, which no other ever gets', example: 17 }),
    durable: z.string().meta({
      description: 'Consumer that gave it up, named after service and event',
      example: 'calculator_curtailment-ingested_v1',
    }),
    subject: z.string().meta({ description: 'Subject that it came on', example: 'curtailment.ingested.v1' }),
    eventId: z.string().nullable().meta({
      description: 'Id of the event; null when it cannot be read',
      example: 'curtailment.ingested:2025-05-26:7',
    }),
    settlementDates: z.string().nullable().meta({
      description: 'Settlement date that it is about, first/last of several; null when it cannot be read',
      example: '2025-05-26',
    }),
    cause: z
      .object({
        code: z.string().meta({ description: 'Of the error that ended the last attempt', example: 'unreadable' }),
        detail: z.string().meta({ description: 'What it said', example: 'Not JSON' }),
      })
      .meta({ id: 'DeadLetterCause', description: 'Why it was given up' }),
    attempts: z.int().min(0).meta({ description: 'How often it was tried', example: 10 }),
    diedAt: z.iso.datetime().meta({ description: 'When it was given up', example: '2025-06-01T08:00:00.000Z' }),
  })
  .meta({ id: 'DeadLetter' });

export type DeadLetter = z.infer<typeof deadLetter>;
