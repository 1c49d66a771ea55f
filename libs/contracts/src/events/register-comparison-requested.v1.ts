import * as z from 'zod';
import { defineRequest } from '../define-event.js';
import { jobId } from '../fields.js';

export const registerComparisonRequestedV1 = defineRequest({
  type: 'register-comparison.requested',
  version: 1,
  summary: 'The register of BM units shall be fetched and compared with the stored one.',
  data: z.object({
    requestId: z.uuid().meta({ description: 'The id of this event, repeated in what comes of it' }),
    jobId,
    apply: z.boolean().meta({ description: 'Store it as a new version when it differs' }),
  }),
  example: {
    requestId: '0d8ee1a4-6f3f-4b87-a2b5-8f2f2d1a9c11',
    jobId: 'b1a2a54e-9a3a-4c0e-8f6b-5d4f0f5c7a10',
    apply: true,
  },
  source: 'reconciler',
  subject: () => 'register',
  id: (data) => data.requestId,
});
