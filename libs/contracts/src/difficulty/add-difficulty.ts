import * as z from 'zod';
import { reason } from '../reason.js';
import { replyError } from '../reply-error.js';

/** A retarget of the Bitcoin network, as an operator adds it and as it is served. */
export const retarget = z
  .strictObject({
    height: z.int().min(0).multipleOf(2016).meta({ description: 'Block height of the retarget', example: 955584 }),
    fromAt: z.iso
      .datetime()
      .meta({ description: 'Time of that block: the difficulty holds from here', example: '2026-06-28T04:11:09Z' }),
    difficulty: z
      .string()
      .regex(/^[1-9]\d{0,29}$/, 'must be a whole number in a string')
      .meta({ description: 'Network difficulty, a whole number as text', example: '138966872071213' }),
  })
  .meta({ id: 'Retarget' });

/** What an operator sends to have one added. */
export const retargetAddition = retarget.extend({ reason }).meta({ id: 'RetargetAddition' });

/** Asks the reconciler to add a retarget to the difficulty table; what it touches is calculated again. */
export const addDifficulty = {
  pattern: 'reconciliation.difficulty.add',
  request: z.object({ retarget, reason, requestedBy: z.string().min(1), idempotencyKey: z.string().nullable() }),
};

/** Whether the retarget is new, or why it cannot be added. */
export const addDifficultyReply = z.union([z.object({ added: z.boolean() }), replyError]);

export type AddDifficulty = z.infer<typeof addDifficulty.request>;
export type AddDifficultyReply = z.infer<typeof addDifficultyReply>;
export type RetargetAddition = z.infer<typeof retargetAddition>;
export type RetargetBody = z.infer<typeof retarget>;
