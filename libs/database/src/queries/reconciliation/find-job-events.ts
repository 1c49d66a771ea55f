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

/** Events of a job that follow one, at most so many; undefined when there is no such job. */
export async function findJobEvents(
  executor: Executor,
  jobId: string,
  { after, limit }: { after: number; limit: number },
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
                    where job_id = j.id and sequence > $2 order by sequence limit $3) e), '[]') as events
     from reconciliation.jobs j
     where j.id = $1`,
    [jobId, after, limit],
  );
  return found;
}
