import * as z from 'zod';
import { defineFact } from '../define-event.js';
import { count } from '../fields.js';

export const difficultyUpdatedV1 = defineFact({
  type: 'difficulty.updated',
  version: 1,
  summary: 'A retarget of the Bitcoin network was added to the difficulty table.',
  data: z.object({
    height: count.meta({ description: 'Block height of the retarget' }),
    fromUnix: count.meta({ description: 'Time of that block, seconds since 1970: the difficulty holds from here' }),
    difficulty: z
      .string()
      .regex(/^\d+(\.\d+)?$/)
      .meta({ description: 'Network difficulty, a decimal' }),
  }),
  example: { height: 887040, fromUnix: 1_741_497_864, difficulty: '112149504190349.28' },
  source: 'reconciler',
  subject: (data) => String(data.height),
  // A block has one difficulty; only a correction makes another fact of it.
  revision: (data) => data.difficulty,
});
