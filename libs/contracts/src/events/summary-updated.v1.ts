import * as z from 'zod';
import { defineFact } from '../define-event.js';
import { derivedFrom, revision, settlementDate } from '../fields.js';

export const summaryUpdatedV1 = defineFact({
  type: 'summary.updated',
  version: 1,
  summary: 'The summaries of one settlement day, its month and its year were rebuilt.',
  data: z.object({
    settlementDate,
    revision,
    derivedFrom,
    input: z
      .enum(['calculation', 'wind-generation'])
      .optional()
      .meta({ description: 'What derivedFrom is a revision of; calculation when left out' }),
    month: z
      .string()
      .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
      .meta({ description: 'Month of the day, YYYY-MM' }),
    year: z
      .string()
      .regex(/^\d{4}$/)
      .meta({ description: 'Year of the day, YYYY' }),
  }),
  example: { settlementDate: '2025-03-06', revision: 3, derivedFrom: 2, month: '2025-03', year: '2025' },
  source: 'aggregator',
  subject: (data) => data.settlementDate,
  revision: (data) => data.revision,
});
