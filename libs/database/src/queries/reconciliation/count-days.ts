import { type DayState } from '@app/domain';
import { type Executor, rowOf } from '../../executor.js';

/** How many of the dates ever ingested are in each state, from the row that each month has. */
export async function countDays(executor: Executor): Promise<Record<DayState, number>> {
  return await rowOf<Record<DayState, number>>(
    executor,
    `select coalesce(sum(absent), 0)::integer as absent, coalesce(sum(partial), 0)::integer as partial,
            coalesce(sum(blocked), 0)::integer as blocked, coalesce(sum(provisional), 0)::integer as provisional,
            coalesce(sum(complete), 0)::integer as complete
     from reconciliation.month_days`,
  );
}
