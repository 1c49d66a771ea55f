import * as z from 'zod';
import { defineFact } from '../define-event.js';
import { revision, settlementDate } from '../fields.js';

export const windGenerationIngestedV1 = defineFact({
  type: 'wind-generation.ingested',
  version: 1,
  summary: 'Wind generation of one settlement day was stored in place of what was there.',
  data: z.object({ settlementDate, revision }),
  example: { settlementDate: '2025-03-06', revision: 1 },
  source: 'ingestion',
  subject: (data) => data.settlementDate,
  revision: (data) => data.revision,
});
