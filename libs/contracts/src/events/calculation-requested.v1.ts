import * as z from 'zod';
import { defineRequest } from '../define-event.js';
import { jobId, nameDays, settlementDates, settlementPeriod } from '../fields.js';

export const calculationRequestedV1 = defineRequest({
  type: 'calculation.requested',
  version: 1,
  summary: 'Potential bitcoin of these settlement days shall be calculated again.',
  data: z.object({
    settlementDates,
    jobId,
    only: z
      .object({
        minerModel: z.string().optional(),
        settlementPeriod: settlementPeriod.optional(),
        farmId: z.string().optional(),
      })
      .nullable()
      .optional()
      .meta({ description: 'Which calculations, of days that are up to date else; all when null or left out' }),
  }),
  example: { settlementDates: ['2025-03-06', '2025-03-07'], jobId: null },
  source: 'reconciler',
  subject: (data) => nameDays(data.settlementDates),
});
