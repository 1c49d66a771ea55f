import { type Executor, rowsOf } from '../../executor.js';

export interface Holder {
  jobId: string;
  kind: string;
  settlementDate: string;
  sinceAt: string;
}

/**
 * The first of some dates that an open job works on, or is the next to do so; null when all are free.
 *
 * @param automatic whether a schedule asks: to operators, who go first, a schedule's job holds nothing
 */
export async function findDateHolder(
  executor: Executor,
  settlementDates: readonly string[],
  automatic: boolean,
): Promise<Holder | null> {
  const [holder] = await rowsOf<Holder>(
    executor,
    `select j.id as "jobId", j.kind, i.settlement_date as "settlementDate", coalesce(i.started_at, j.created_at) as "sinceAt"
     from reconciliation.job_items i
     join reconciliation.jobs j on j.id = i.job_id
     where i.settlement_date = any($1::date[]) and i.state in ('queued', 'waiting', 'running') and j.state in ('queued', 'running')
       and i.exclusive and ($2 or not j.automatic)
     order by i.settlement_date, i.state = 'running' desc, j.created_at, j.id
     limit 1`,
    [settlementDates, automatic],
  );
  return holder ?? null;
}
