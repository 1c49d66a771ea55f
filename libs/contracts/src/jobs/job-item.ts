import * as z from 'zod';
import { jobCause } from './job.js';

/** What a date held, before or after the work on it; a figure is null where nothing was stored. */
export const jobItemFigures = z
  .object({
    revision: z.int().nullable().meta({ description: 'Of the ingested day', example: 7 }),
    records: z.int().nullable().meta({ description: 'Stored curtailment records', example: 4300 }),
    curtailedMwh: z.number().nullable().meta({ description: 'Curtailed energy, MWh', example: 75000.906 }),
    calculations: z.int().nullable().meta({ description: 'Stored calculations of all miner models', example: 6600 }),
  })
  .meta({ id: 'JobItemFigures' });

export const jobItemState = z.enum(['queued', 'waiting', 'running', 'completed', 'failed', 'blocked', 'cancelled']);

/** One date of a job, as it is served: the checkpoint that a job resumes from. */
export const jobItem = z
  .object({
    settlementDate: z.iso.date().meta({ description: 'Settlement date worked on', example: '2025-05-26' }),
    state: jobItemState.meta({ description: 'waiting: another job holds the date', example: 'completed' }),
    attempts: z.int().min(0).meta({ description: 'How often it was begun', example: 1 }),
    cause: jobCause.nullable().meta({ description: 'Why it failed, waits or is blocked; null otherwise' }),
    before: jobItemFigures.nullable().meta({ description: 'Before the work; null until it began' }),
    after: jobItemFigures.nullable().meta({ description: 'After the work; null until it ended' }),
    startedAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'When it first began', example: '2025-06-01T08:00:00.100Z' }),
    endedAt: z.iso.datetime().nullable().meta({ description: 'When it ended', example: '2025-06-01T08:00:04.000Z' }),
  })
  .meta({ id: 'JobItem' });

export type JobItem = z.infer<typeof jobItem>;
export type JobItemFigures = z.infer<typeof jobItemFigures>;
export type JobItemState = z.infer<typeof jobItemState>;
