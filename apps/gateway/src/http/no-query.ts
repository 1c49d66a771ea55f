import * as z from 'zod';

/** Of a route that takes no query parameters, so that a misspelt one is not passed over. */
export const noQuery = z.strictObject({});
