import * as z from 'zod';
import { defineFact } from '../define-event.js';
import { count, derivedFrom, revision, settlementDate } from '../fields.js';

export const calculationCompletedV1 = defineFact({
  type: 'calculation.completed',
  version: 1,
  summary: 'Potential bitcoin of one settlement day was stored, or found to have no difficulty to be calculated with.',
  data: z.object({
    settlementDate,
    revision,
    derivedFrom,
    outcome: z
      .enum(['calculated', 'blocked'])
      .meta({ description: 'blocked: nothing is stored, a difficulty is missing' }),
    calculationCount: count.meta({ description: 'Rows stored: one per period, farm and miner model' }),
  }),
  example: { settlementDate: '2025-03-06', revision: 2, derivedFrom: 1, outcome: 'calculated', calculationCount: 6600 },
  source: 'calculator',
  subject: (data) => data.settlementDate,
  revision: (data) => data.revision,
});
