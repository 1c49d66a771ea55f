import * as z from 'zod';
import { reason } from '../reason.js';
import { replyError } from '../reply-error.js';
import { deadLetter } from './dead-letter.js';

/** The most that one answer lists: it has to fit into one message of the bus. */
export const MAX_DEAD_LETTERS_LISTED = 200;
/** The most that are sent again at once: it has to be done while the caller waits. */
export const MAX_DEAD_LETTERS_REPLAYED = 200;

const sequence = z.int().min(1);

export const durable = z
  .string()
  .regex(/^[\w-]{1,100}$/, 'It must be the name of a consumer')
  .optional()
  .meta({ description: 'Only those that this consumer gave up', example: 'calculator_curtailment-ingested_v1' });

/** Which dead letters an operator wants sent again: one, those of a consumer, or all. */
export const deadLetterReplay = z
  .strictObject({
    sequence: sequence.optional().meta({ description: 'Only this one', example: 17 }),
    durable,
    all: z.literal(true).optional().meta({ description: 'All there are', example: true }),
    reason,
  })
  .refine((replay) => [replay.sequence, replay.durable, replay.all].filter((one) => one !== undefined).length === 1, {
    error: 'Say which: exactly one of sequence, durable and all.',
    path: ['sequence'],
  })
  .meta({ id: 'DeadLetterReplay' });

/** What came of it. */
export const deadLettersReplayed = z
  .object({
    replayed: z
      .int()
      .min(0)
      .meta({ description: `How many were sent again, at most ${MAX_DEAD_LETTERS_REPLAYED} at once`, example: 1 }),
    left: z.boolean().meta({ description: 'Whether more of them may be left: ask again', example: false }),
  })
  .meta({ id: 'DeadLettersReplayed' });

/** Asks the reconciler for the dead letters from a place on, oldest first. */
export const listDeadLetters = {
  pattern: 'reconciliation.dead-letters.list',
  request: z.object({
    durable,
    fromSequence: sequence,
    limit: z
      .int()
      .min(1)
      .max(MAX_DEAD_LETTERS_LISTED + 1),
  }),
};
export const listDeadLettersReply = z.union([z.object({ deadLetters: z.array(deadLetter) }), replyError]);

/** Asks the reconciler to send dead letters again. */
export const replayDeadLetters = {
  pattern: 'reconciliation.dead-letters.replay',
  request: z.object({
    replay: deadLetterReplay,
    requestedBy: z.string().min(1),
    idempotencyKey: z.string().nullable(),
  }),
};
export const replayDeadLettersReply = z.union([deadLettersReplayed, replyError]);

export type DeadLetterReplay = z.infer<typeof deadLetterReplay>;
export type DeadLettersReplayed = z.infer<typeof deadLettersReplayed>;
export type ListDeadLetters = z.infer<typeof listDeadLetters.request>;
export type ListDeadLettersReply = z.infer<typeof listDeadLettersReply>;
export type ReplayDeadLetters = z.infer<typeof replayDeadLetters.request>;
export type ReplayDeadLettersReply = z.infer<typeof replayDeadLettersReply>;
