import { retarget } from '@app/contracts';
import * as z from 'zod';
import { dayState, missing } from '../figures/figures.js';
import { miningEpoch } from './mining-potential.dto.js';

export const dailyDifficulty = z
  .object({
    settlementDate: z.iso.date().meta({ description: 'Settlement date', example: '2025-05-26' }),
    mining: z
      .array(
        miningEpoch
          .extend({
            provisional: z.boolean().meta({
              description: 'A retarget that is not known yet may have come before these periods',
              example: false,
            }),
          })
          .meta({ id: 'KnownMiningEpoch' }),
      )
      .meta({ description: 'Successive periods with one difficulty and subsidy; none when some have no difficulty' }),
    retargets: z.array(retarget).meta({ description: 'Retargets of the Bitcoin network that were in force that day' }),
    state: dayState,
    missing: z.array(missing).meta({ description: 'Periods without a difficulty, and how to add one' }),
  })
  .meta({ id: 'DailyDifficulty' });
export type DailyDifficulty = z.infer<typeof dailyDifficulty>;

export const addedRetarget = retarget
  .extend({ added: z.boolean().meta({ description: 'False when it was known already', example: true }) })
  .meta({ id: 'AddedRetarget' });
export type AddedRetarget = z.infer<typeof addedRetarget>;
