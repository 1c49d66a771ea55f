import { type ErrorCode } from '@app/domain';
import * as z from 'zod';

/** Why a service did not do what it was asked for, as it travels in a reply. */
export const replyError = z.object({
  error: z.object({
    code: z.custom<ErrorCode>((value) => typeof value === 'string'),
    message: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
  }),
});

export type ReplyError = z.infer<typeof replyError>;
