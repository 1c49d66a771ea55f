import { type Executor, rowsOf } from '../../executor.js';

export interface StoredJob {
  id: string;
  kind: string;
  state: 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';
  arguments: Record<string, unknown>;
  totals: { items: number; completed: number; failed: number; blocked: number; cancelled: number; timeouts: number };
  cause: { code: string; detail: string; periods: number[] } | null;
  reportId: string | null;
  result: Record<string, unknown> | null;
  requestedBy: string;
  reason: string | null;
  createdAt: string;
  startedAt: string | null;
  updatedAt: string;
  endedAt: string | null;
}

/** Where a job stands among all jobs, newest first; the instant has the database's microseconds. */
export interface JobPosition {
  createdAt: string;
  id: string;
}

const columns = `
  j.id, j.kind, j.state, j.arguments, t.totals, j.cause, j.report_id as "reportId", j.result, j.requested_by as "requestedBy", j.reason,
  j.created_at as "createdAt", j.started_at as "startedAt", j.updated_at as "updatedAt", j.ended_at as "endedAt"`;
const totals = `
  cross join lateral (
    select jsonb_build_object(
      'items', count(*),
      'completed', count(*) filter (where i.state = 'completed'),
      'failed', count(*) filter (where i.state = 'failed'),
      'blocked', count(*) filter (where i.state = 'blocked'),
      'cancelled', count(*) filter (where i.state = 'cancelled'),
      'timeouts', count(*) filter (where i.cause ->> 'code' = 'timed-out')) as totals
    from reconciliation.job_items i where i.job_id = j.id
  ) t`;

/** The newest jobs, or those that follow a position; each with its place in the list. */
export async function findJobs(
  executor: Executor,
  filter: { state: StoredJob['state'] | null; kind: string | null },
  page: { after: JobPosition | null; limit: number },
): Promise<(StoredJob & { position: JobPosition })[]> {
  return await rowsOf<StoredJob & { position: JobPosition }>(
    executor,
    `select ${columns},
            jsonb_build_object('createdAt', to_char(j.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'id', j.id) as position
     from reconciliation.jobs j ${totals}
     where ($1::timestamptz is null or j.created_at < $1 or (j.created_at = $1 and j.id > $2::uuid))
       and ($4::text is null or j.state = $4) and ($5::text is null or j.kind = $5)
     order by j.created_at desc, j.id
     limit $3`,
    [page.after?.createdAt ?? null, page.after?.id ?? null, page.limit, filter.state, filter.kind],
  );
}

/** One job, or undefined when there is none with this id. */
export async function findJob(executor: Executor, id: string): Promise<StoredJob | undefined> {
  const [job] = await rowsOf<StoredJob>(
    executor,
    `select ${columns} from reconciliation.jobs j ${totals} where j.id = $1`,
    [id],
  );
  return job;
}
