import * as z from 'zod';
import { defineRequest } from '../define-event.js';
import { jobId, nameDays, settlementDates } from '../fields.js';

export const aggregationRequestedV1 = defineRequest({
  type: 'aggregation.requested',
  version: 1,
  summary: 'Summaries of these settlement days shall be rebuilt.',
  data: z.object({ settlementDates, jobId }),
  example: { settlementDates: ['2025-03-06', '2025-03-07'], jobId: null },
  source: 'reconciler',
  subject: (data) => nameDays(data.settlementDates),
});
