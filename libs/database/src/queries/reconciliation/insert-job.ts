import { type Executor, run } from '../../executor.js';

export interface NewJob {
  id: string;
  kind: string;
  arguments: Record<string, unknown>;
  batchSize: number;
  requestedBy: string;
  reason: string | null;
  idempotencyKey: string | null;
  /** Of the whole request, so that the same key with another body is recognised. */
  requestHash: string;
  traceparent: string | null;
  settlementDates: readonly string[];
}

/** Stores a job with an item for each date, all queued. */
export async function insertJob(transaction: Executor, job: NewJob): Promise<void> {
  await run(
    transaction,
    `with job as (
       insert into reconciliation.jobs
         (id, kind, state, arguments, batch_size, requested_by, reason, idempotency_key, request_hash, traceparent)
       values ($1, $2, 'queued', $3, $4, $5, $6, $7, $8, $9)
       returning id
     )
     insert into reconciliation.job_items (job_id, settlement_date, state)
     select job.id, d.settlement_date, 'queued' from job, unnest($10::date[]) as d (settlement_date)`,
    [
      job.id,
      job.kind,
      JSON.stringify(job.arguments),
      job.batchSize,
      job.requestedBy,
      job.reason,
      job.idempotencyKey,
      job.requestHash,
      job.traceparent,
      job.settlementDates,
    ],
  );
}
