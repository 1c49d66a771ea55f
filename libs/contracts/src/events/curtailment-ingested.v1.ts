import * as z from 'zod';
import { defineFact } from '../define-event.js';
import { count, revision, settlementDate } from '../fields.js';

export const curtailmentIngestedV1 = defineFact({
  type: 'curtailment.ingested',
  version: 1,
  summary: 'Curtailment of one settlement day was stored in place of what was there.',
  data: z.object({
    settlementDate,
    revision,
    periodsExpected: z
      .int()
      .min(0)
      .max(50)
      .meta({ description: 'Periods the day has so far: 46, 48 or 50 once it is over' }),
    periodsLoaded: z.int().min(0).max(50).meta({ description: 'Of these, periods whose answer is stored' }),
    recordCount: count.meta({ description: 'Accepted bid rows stored' }),
    combinationCount: count.meta({ description: 'Pairs of period and farm with curtailed energy' }),
    curtailedMwh: z.number().nonnegative().meta({ description: 'Energy curtailed on the day, MWh' }),
  }),
  example: {
    settlementDate: '2025-03-06',
    revision: 1,
    periodsExpected: 48,
    periodsLoaded: 48,
    recordCount: 4300,
    combinationCount: 2200,
    curtailedMwh: 95_000,
  },
  source: 'ingestion',
  subject: (data) => data.settlementDate,
  revision: (data) => data.revision,
});
