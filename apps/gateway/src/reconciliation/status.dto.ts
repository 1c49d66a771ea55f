import * as z from 'zod';
import { missing } from '../figures/figures.js';

const days = z.int();

export const status = z
  .object({
    combinations: z
      .int()
      .meta({ description: 'Different dates, periods and farms among all records', example: 503978 }),
    expectedCalculations: z.int().meta({ description: 'One per combination and miner model', example: 1511934 }),
    actualCalculations: z.int().meta({ description: 'Stored calculations', example: 1035073 }),
    percentage: z.number().nullable().meta({
      description: 'Actual of expected, rounded down to 2 places; null when nothing is expected',
      example: 68.46,
    }),
    models: z
      .array(
        z.object({
          minerModel: z.string().meta({ description: 'Miner model', example: 'S9' }),
          expected: z.int().meta({ description: 'Calculations that ought to be there', example: 503978 }),
          actual: z.int().meta({ description: 'Calculations that are there', example: 345021 }),
        }),
      )
      .meta({ description: 'The same for each miner model' }),
    days: z
      .object({
        complete: days.meta({ description: 'Days that are complete', example: 2100 }),
        partial: days.meta({ description: 'Days that lack periods or derivations', example: 3 }),
        blocked: days.meta({ description: 'Days without a difficulty', example: 0 }),
        provisional: days.meta({ description: 'Days that may still change', example: 2 }),
        absent: days.meta({ description: 'Days that ought to be there and are not', example: 0 }),
      })
      .meta({ description: 'How many days are in each state' }),
    newestGaps: z
      .array(
        z
          .object({
            settlementDate: z.iso.date().meta({ description: 'Settlement date', example: '2025-05-26' }),
            ...missing.shape,
          })
          .meta({ id: 'Gap' }),
      )
      .meta({ description: 'The newest of what is missing' }),
    asOfAt: z.iso.datetime().meta({ description: 'When this was looked up', example: '2025-06-01T08:00:00.000Z' }),
  })
  .meta({ id: 'Status' });
export type Status = z.infer<typeof status>;
