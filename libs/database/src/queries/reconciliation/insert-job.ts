import { type Step } from '@app/domain';
import { type Executor, run } from '../../executor.js';

export interface NewJob {
  id: string;
  kind: string;
  arguments: Record<string, unknown>;
  batchSize: number;
  requestedBy: string;
  /** Asked for by a schedule: it gives way to operators. */
  automatic: boolean;
  reason: string | null;
  /** What the job found before it began; null where it finds nothing. */
  result: Record<string, unknown> | null;
  traceparent: string | null;
  /** In the order in which they are begun. */
  items: readonly NewJobItem[];
}

export interface NewJobItem {
  settlementDate: string;
  steps: readonly Step[];
  /** Only one such item may run on a date; others only look. */
  exclusive: boolean;
}

/** Stores a job with an item for each date, all queued. A job without items has nothing to do and is done. */
export async function insertJob(transaction: Executor, job: NewJob): Promise<void> {
  await run(
    transaction,
    `with job as (
       insert into reconciliation.jobs
         (id, kind, state, arguments, batch_size, requested_by, automatic, reason, result, traceparent, ended_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, case $3 when 'completed' then now() end)
       returning id
     )
     insert into reconciliation.job_items (job_id, settlement_date, place, steps, exclusive, state)
     select job.id, u.settlement_date, u.place, u.steps, u.exclusive, 'queued'
     from job, unnest($11::date[], $12::jsonb[], $13::boolean[]) with ordinality as u (settlement_date, steps, exclusive, place)
     on conflict do nothing`,
    [
      job.id,
      job.kind,
      job.items.length === 0 ? 'completed' : 'queued',
      JSON.stringify(job.arguments),
      job.batchSize,
      job.requestedBy,
      job.automatic,
      job.reason,
      job.result === null ? null : JSON.stringify(job.result),
      job.traceparent,
      ...columnsOf(job.items),
    ],
  );
}

/** Adds items to a job, to be begun after those that it has; a date that it has already is left alone. */
export async function insertJobItems(
  transaction: Executor,
  jobId: string,
  items: readonly NewJobItem[],
): Promise<void> {
  await run(
    transaction,
    `insert into reconciliation.job_items (job_id, settlement_date, place, steps, exclusive, state)
     select $1, u.settlement_date, u.place + (select count(*) from reconciliation.job_items where job_id = $1), u.steps, u.exclusive,
            'queued'
     from unnest($2::date[], $3::jsonb[], $4::boolean[]) with ordinality as u (settlement_date, steps, exclusive, place)
     on conflict do nothing`,
    [jobId, ...columnsOf(items)],
  );
}

function columnsOf(items: readonly NewJobItem[]): [string[], string[], boolean[]] {
  return [
    items.map((item) => item.settlementDate),
    items.map((item) => JSON.stringify(item.steps)),
    items.map((item) => item.exclusive),
  ];
}
