import { type Executor, rowsOf } from '../../executor.js';

/** How a job ended, with digests of what its dates held before and after. */
export interface EndedJob {
  jobId: string;
  kind: string;
  requestedBy: string;
  reason: string | null;
  outcome: 'completed' | 'failed' | 'cancelled';
  cause: { code: string; detail: string } | null;
  items: number;
  beforeDigest: string;
  afterDigest: string;
}

/** Those of some jobs that have ended. A date that was not begun has nothing in its digests but its name. */
export async function findEndedJobs(transaction: Executor, jobIds: readonly string[]): Promise<EndedJob[]> {
  return await rowsOf<EndedJob>(
    transaction,
    `select j.id as "jobId", j.kind, j.requested_by as "requestedBy", j.reason, j.state as outcome,
            case when j.cause is not null then jsonb_build_object('code', j.cause -> 'code', 'detail', j.cause -> 'detail') end as cause,
            d.items, d.before as "beforeDigest", d.after as "afterDigest"
     from reconciliation.jobs j
     cross join lateral (
       select count(*)::integer as items,
              encode(sha256(convert_to(coalesce(string_agg(concat_ws(' ', i.settlement_date, i.before), E'\\n' order by i.settlement_date), ''), 'UTF8')), 'hex') as before,
              encode(sha256(convert_to(coalesce(string_agg(concat_ws(' ', i.settlement_date, i.after), E'\\n' order by i.settlement_date), ''), 'UTF8')), 'hex') as after
       from reconciliation.job_items i
       where i.job_id = j.id
     ) d
     where j.id = any($1::uuid[]) and j.ended_at is not null
     order by j.created_at, j.id`,
    [jobIds],
  );
}
