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

/** Items of a job in the order of their dates, from the first or from after a date. Of one that waits, the cause is who holds its date. */
export async function findJobItems(
  executor: Executor,
  jobId: string,
  page: { after: string | null; limit: number },
): Promise<StoredJobItem[]> {
  return await rowsOf<StoredJobItem>(
    executor,
    `select i.settlement_date as "settlementDate", i.state, i.attempts, coalesce(i.cause, h.cause) as cause, i.before, i.after,
            i.started_at as "startedAt", i.ended_at as "endedAt"
     from reconciliation.job_items i
     left join lateral (
       select jsonb_build_object(
         'code', 'date-held', 'detail', format('Job %s (%s) holds the date.', j.id, j.kind), 'periods', '[]'::jsonb) as cause
       from reconciliation.job_items o
       join reconciliation.jobs j on j.id = o.job_id
       where i.state = 'waiting' and o.settlement_date = i.settlement_date and o.job_id <> i.job_id and o.exclusive
         and o.state in ('queued', 'waiting', 'running')
       order by o.state = 'running' desc, j.automatic, j.created_at, j.id
       limit 1
     ) h on true
     where i.job_id = $1 and ($2::date is null or i.settlement_date > $2)
     order by i.settlement_date
     limit $3`,
    [jobId, page.after, page.limit],
  );
}
