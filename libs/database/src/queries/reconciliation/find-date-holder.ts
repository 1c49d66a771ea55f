import { type Executor, rowsOf } from '../../executor.js';

export interface Holder {
  jobId: string;
  kind: string;
  settlementDate: string;
  sinceAt: string;
}

/** The open job that works on a date or is the next to do so; null when the date is free. */
export async function findDateHolder(executor: Executor, settlementDate: string): Promise<Holder | null> {
  const [holder] = await rowsOf<Holder>(
    executor,
    `select j.id as "jobId", j.kind, i.settlement_date as "settlementDate", coalesce(i.started_at, j.created_at) as "sinceAt"
     from reconciliation.job_items i
     join reconciliation.jobs j on j.id = i.job_id
     where i.settlement_date = $1 and i.state in ('queued', 'waiting', 'running') and j.state in ('queued', 'running')
     order by i.state = 'running' desc, j.created_at, j.id
     limit 1`,
    [settlementDate],
  );
  return holder ?? null;
}
