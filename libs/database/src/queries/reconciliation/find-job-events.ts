import { type Executor, rowsOf } from '../../executor.js';

export interface StoredJobEvent {
  /** From 1 for each job, without gaps. */
  sequence: number;
  at: string;
  /** Null when it is about the job as a whole. */
  settlementDate: string | null;
  data: Record<string, unknown>;
}

export interface JobEvents {
  events: StoredJobEvent[];
  /** Whether the job had ended at the same instant: then no more follow unless it is resumed. */
  ended: boolean;
}

/**
 * Events of a job that follow one, at most so many; undefined when there is no such job.
 *
 * @param after null: those since it was queued last, when it came in or was resumed
 */
export async function findJobEvents(
  executor: Executor,
  jobId: string,
  { after, limit }: { after: number | null; limit: number },
): Promise<JobEvents | undefined> {
  const [found] = await rowsOf<JobEvents>(
    executor,
    `select j.ended_at is not null as ended,
            coalesce((
              select jsonb_agg(jsonb_build_object(
                'sequence', e.sequence,
                'at', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                'settlementDate', e.settlement_date,
                'data', e.data) order by e.sequence)
              from (select * from reconciliation.job_events
                    where job_id = j.id and sequence > a.sequence order by sequence limit $3) e), '[]') as events
     from reconciliation.jobs j
     cross join lateral (
       -- One without any date was never queued.
       select coalesce($2, max(q.sequence) - 1, 0) as sequence from reconciliation.job_events q
       where $2::integer is null and q.job_id = j.id and q.settlement_date is null and q.data ->> 'state' = 'queued'
     ) a
     where j.id = $1`,
    [jobId, after, limit],
  );
  return found;
}
