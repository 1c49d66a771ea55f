import * as z from 'zod';
import { defineFact } from '../define-event.js';
import { count, jobId } from '../fields.js';

const unit = z.object({
  farmId: z.string(),
  name: z.string().nullable(),
  leadParty: z.string().nullable(),
  countedAsWind: z.boolean(),
});

/** So many units of each list are named; all are counted. */
export const MAX_NAMED_UNITS = 200;

export const registerComparedV1 = defineFact({
  type: 'register.compared',
  version: 1,
  summary: 'The register of BM units was fetched and compared with the stored one.',
  data: z.object({
    requestId: z.uuid().meta({ description: 'The request that this answers' }),
    jobId,
    failed: z.string().nullable().meta({ description: 'Why the register could not be fetched; null when it could' }),
    version: count.nullable().meta({ description: 'Newest stored version, after the comparison' }),
    counts: z.object({ units: count, windFarms: count, added: count, removed: count, changed: count }),
    added: z.array(unit).max(MAX_NAMED_UNITS),
    removed: z.array(unit).max(MAX_NAMED_UNITS),
    changed: z
      .array(unit.extend({ fields: z.array(z.string()).meta({ description: 'What changed of it' }) }))
      .max(MAX_NAMED_UNITS),
  }),
  example: {
    requestId: '0d8ee1a4-6f3f-4b87-a2b5-8f2f2d1a9c11',
    jobId: 'b1a2a54e-9a3a-4c0e-8f6b-5d4f0f5c7a10',
    failed: null,
    version: 4,
    counts: { units: 2763, windFarms: 230, added: 1, removed: 0, changed: 0 },
    added: [{ farmId: 'T_NEWWF-1', name: 'New wind farm', leadParty: 'Somebody Ltd', countedAsWind: true }],
    removed: [],
    changed: [],
  },
  source: 'ingestion',
  subject: () => 'register',
  revision: (data) => data.requestId,
});
