import { verifyRequest } from '@app/contracts';
import { type z } from 'zod';

/** The date and the sampling have defaults here, which the job is stored with. */
export const verificationBody = verifyRequest.omit({ kind: true }).partial({ date: true }).meta({ id: 'Verification' });
export type VerificationBody = z.infer<typeof verificationBody>;
