import * as z from 'zod';
import { defineRequest } from '../define-event.js';
import { jobId, settlementDate } from '../fields.js';
import { sampling } from '../jobs/sampling.js';

export const verificationRequestedV1 = defineRequest({
  type: 'verification.requested',
  version: 1,
  summary: 'What is stored of one settlement day shall be compared with the source; nothing is changed.',
  data: z.object({
    requestId: z.uuid().meta({ description: 'The id of this event, repeated in what comes of it' }),
    jobId,
    settlementDate,
    sampling,
    seed: z.int().min(0).max(4_294_967_295).meta({ description: 'Draws the periods of a random sample' }),
  }),
  example: {
    requestId: '0d8ee1a4-6f3f-4b87-a2b5-8f2f2d1a9c11',
    jobId: 'b1a2a54e-9a3a-4c0e-8f6b-5d4f0f5c7a10',
    settlementDate: '2025-03-06',
    sampling: 'progressive',
    seed: 3_735_928_559,
  },
  source: 'reconciler',
  subject: (data) => data.settlementDate,
  id: (data) => data.requestId,
});
