import * as z from 'zod';
import { defineFact } from '../define-event.js';
import { count, jobId, settlementDate, settlementPeriod } from '../fields.js';
import { sampling } from '../jobs/sampling.js';

const figures = z
  .object({ records: count, curtailedMwh: z.number(), paymentGbp: z.number() })
  .meta({ description: 'Rounded as they are served: MWh to 6 places, GBP to 2' });

export const verificationCompletedV1 = defineFact({
  type: 'verification.completed',
  version: 1,
  summary: 'What is stored of one settlement day was compared with the source.',
  data: z.object({
    requestId: z.uuid().meta({ description: 'The request that this answers' }),
    jobId,
    settlementDate,
    sampling,
    outcome: z
      .enum(['same', 'differs', 'unknown'])
      .meta({ description: 'differs: some period does; unknown: none does, and some could not be compared' }),
    confidence: z.string().meta({ description: 'What the sample says of the whole day, in a sentence' }),
    periods: z.array(
      z.object({
        settlementPeriod,
        outcome: z.enum(['same', 'differs', 'failed']),
        stored: figures.nullable(),
        source: figures.nullable().meta({ description: 'null when the source could not be read' }),
        detail: z.string().nullable().meta({ description: 'What differs, or why it could not be compared' }),
      }),
    ),
  }),
  example: {
    requestId: '0d8ee1a4-6f3f-4b87-a2b5-8f2f2d1a9c11',
    jobId: 'b1a2a54e-9a3a-4c0e-8f6b-5d4f0f5c7a10',
    settlementDate: '2025-03-06',
    sampling: 'fixed',
    outcome: 'differs',
    confidence: '4 of 5 periods looked at agree.',
    periods: [
      {
        settlementPeriod: 1,
        outcome: 'differs',
        stored: { records: 2, curtailedMwh: 12.5, paymentGbp: 802.5 },
        source: { records: 3, curtailedMwh: 14.25, paymentGbp: 914.85 },
        detail: 'The source has a record of T_VKNGW-1 that is not stored.',
      },
    ],
  },
  source: 'ingestion',
  subject: (data) => data.settlementDate,
  revision: (data) => data.requestId,
});
