import * as z from 'zod';
import { reason } from '../reason.js';
import { replyError } from '../reply-error.js';
import { retarget } from './add-difficulty.js';

/** What may be said with that. */
export const difficultyUpdate = z.strictObject({ reason }).meta({ id: 'DifficultyUpdate' });

/** Asks the reconciler to fetch the retargets that are not known from the source of difficulties, and to add them. */
export const updateDifficulty = {
  pattern: 'reconciliation.difficulty.update',
  request: z.object({ reason, requestedBy: z.string().min(1), idempotencyKey: z.string().nullable() }),
};

export const updatedDifficulty = z
  .object({
    added: z.array(retarget).meta({ description: 'Retargets that were not known, by height' }),
    newest: retarget.meta({ description: 'The newest retarget that is known now' }),
  })
  .meta({ id: 'UpdatedDifficulty' });

/** What was added, or why nothing was. */
export const updateDifficultyReply = z.union([updatedDifficulty, replyError]);

export type DifficultyUpdate = z.infer<typeof difficultyUpdate>;
export type UpdateDifficulty = z.infer<typeof updateDifficulty.request>;
export type UpdatedDifficulty = z.infer<typeof updatedDifficulty>;
export type UpdateDifficultyReply = z.infer<typeof updateDifficultyReply>;
