import * as z from 'zod';
import { defineRequest } from '../define-event.js';
import { jobId, nameDays, settlementDates } from '../fields.js';

export const windGenerationRequestedV1 = defineRequest({
  type: 'wind-generation.requested',
  version: 1,
  summary: 'Wind generation of these settlement days shall be fetched again.',
  data: z.object({ settlementDates, jobId }),
  example: { settlementDates: ['2025-03-06', '2025-03-07'], jobId: null },
  source: 'reconciler',
  subject: (data) => nameDays(data.settlementDates),
});
