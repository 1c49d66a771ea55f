import { type Executor, rowsOf } from '../../executor.js';

export interface StoredJobItemFigures {
  revision: number | null;
  records: number | null;
  curtailedMwh: number | null;
  calculations: number | null;
}

export interface StoredJobItem {
  settlementDate: string;
  state: 'queued' | 'waiting' | 'running' | 'completed' | 'failed' | 'blocked' | 'cancelled';
  attempts: number;
  cause: { code: string; detail: string; periods: number[] } | null;
  before: StoredJobItemFigures | null;
  after: StoredJobItemFigures | null;
  startedAt: string | null;
  endedAt: string | null;
}

/** Items of a job in the order of their dates, from the first or from after a date. */
export async function findJobItems(
  executor: Executor,
  jobId: string,
  page: { after: string | null; limit: number },
): Promise<StoredJobItem[]> {
  return await rowsOf<StoredJobItem>(
    executor,
    `select settlement_date as "settlementDate", state, attempts, cause, before, after, started_at as "startedAt",
            ended_at as "endedAt"
     from reconciliation.job_items
     where job_id = $1 and ($2::date is null or settlement_date > $2)
     order by settlement_date
     limit $3`,
    [jobId, page.after, page.limit],
  );
}
