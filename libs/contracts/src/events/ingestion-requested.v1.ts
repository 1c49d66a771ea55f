import * as z from 'zod';
import { defineRequest } from '../define-event.js';
import { jobId, settlementDate, settlementPeriod } from '../fields.js';

export const ingestionRequestedV1 = defineRequest({
  type: 'ingestion.requested',
  version: 1,
  summary: 'One settlement day, or some of its periods, shall be fetched again.',
  data: z.object({
    settlementDate,
    periods: z.array(settlementPeriod).min(1).max(50).nullable().meta({ description: 'null: the whole day' }),
    jobId,
    compareRows: z.boolean().optional().meta({
      description:
        'true: compare with the stored rows themselves instead of the digest that the ledger has of them, so that rows changed behind its back are replaced too',
    }),
  }),
  example: { settlementDate: '2025-03-06', periods: [17, 18], jobId: 'b1a2a54e-9a3a-4c0e-8f6b-5d4f0f5c7a10' },
  source: 'reconciler',
  subject: (data) => data.settlementDate,
});
