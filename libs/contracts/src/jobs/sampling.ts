import { SAMPLINGS } from '@app/domain';
import * as z from 'zod';

/** Which periods of a day a verification looks at. */
export const sampling = z.enum(SAMPLINGS).meta({
  description:
    'fixed: 1, 12, 24, 36 and the last; random: 10; progressive: fixed, then 10 more if any differs; full: all periods',
  example: 'progressive',
});

export type Sampling = z.infer<typeof sampling>;
