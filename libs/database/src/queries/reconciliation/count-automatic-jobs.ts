import { type Executor, rowOf } from '../../executor.js';

/**
 * How many jobs of a kind schedules have asked for since an instant, and whether there was any job at all before it: who was not
 * there yet has missed nothing.
 */
export async function countAutomaticJobs(
  executor: Executor,
  kind: string,
  sinceAt: string,
): Promise<{ since: number; anyBefore: boolean }> {
  return await rowOf<{ since: number; anyBefore: boolean }>(
    executor,
    `select count(*) filter (where automatic and kind = $1 and created_at >= $2)::integer as since,
            exists (select from reconciliation.jobs where created_at < $2) as "anyBefore"
     from reconciliation.jobs where created_at >= $2`,
    [kind, sinceAt],
  );
}
