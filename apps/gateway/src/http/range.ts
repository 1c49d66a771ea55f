import { checkRange, MAX_RANGE_DAYS, settlementDate } from '@app/contracts';
import * as z from 'zod';

/** Query parameters of a route that answers for a range of settlement dates, both ends included. */
export function rangeQuery<Shape extends z.ZodRawShape>(shape: Shape) {
  const ends = {
    from: settlementDate.meta({ description: 'First settlement date', example: '2025-05-26' }),
    to: settlementDate.meta({
      description: `Last settlement date, at most ${MAX_RANGE_DAYS} days`,
      example: '2025-05-28',
    }),
  };
  return z
    .strictObject({ ...ends, ...shape })
    .superRefine((query, context) => checkRange(query as { from: string; to: string }, context));
}
