import { verifyRequest } from '@app/contracts';
import * as z from 'zod';
import { wholeNumber } from '../http/page.js';

export const verificationBody = verifyRequest.omit({ kind: true }).meta({ id: 'Verification' });
export type VerificationBody = z.infer<typeof verificationBody>;

export const randomDatesQuery = z.strictObject({
  count: wholeNumber(1, 31).default(5).meta({
    type: 'integer',
    description: 'How many, 1 to 31',
    default: 5,
    example: '5',
  }),
});
export type RandomDatesQuery = z.infer<typeof randomDatesQuery>;

export const randomDates = z
  .object({
    runDate: z.iso.date().meta({ description: 'London date of the weekly run they are of', example: '2025-06-11' }),
    settlementDates: z
      .array(z.iso.date().meta({ description: 'Settlement date', example: '2025-05-26' }))
      .meta({ description: 'Dates of which something is stored, newest first' }),
  })
  .meta({ id: 'RandomDates' });
export type RandomDates = z.infer<typeof randomDates>;
