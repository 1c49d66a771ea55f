import * as z from 'zod';

/** Why something is to be done, as whoever asks for it says. */
export const reason = z
  .string()
  .trim()
  .regex(/^[^\0]{1,500}$/, 'It must have 1 to 500 characters and no NUL')
  .optional()
  .meta({
    description: 'Why, in the words of whoever asks; it is kept',
    example: 'The source corrected period 12',
  });
