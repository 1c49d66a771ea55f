import { type Executor, run } from '../../executor.js';

export interface NewVerificationReport {
  /** Of the request that it answers. */
  id: string;
  jobId: string;
  settlementDate: string;
  sampling: 'progressive' | 'random' | 'fixed' | 'full';
  purpose: 'report' | 'repair' | 'proof';
  outcome: 'same' | 'differs' | 'unknown';
  confidence: string;
  periods: readonly object[];
  createdAt: string;
}

/** Stores what a verification found, and names it as the report of its job; a report that is stored already is left alone. */
export async function insertVerificationReport(transaction: Executor, report: NewVerificationReport): Promise<void> {
  await run(
    transaction,
    `with stored as (
       insert into reconciliation.verification_reports
         (id, job_id, settlement_date, sampling, purpose, outcome, confidence, periods, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (id) do nothing
       returning id, job_id
     )
     update reconciliation.jobs j set report_id = stored.id, updated_at = clock_timestamp()
     from stored where j.id = stored.job_id`,
    [
      report.id,
      report.jobId,
      report.settlementDate,
      report.sampling,
      report.purpose,
      report.outcome,
      report.confidence,
      JSON.stringify(report.periods),
      report.createdAt,
    ],
  );
}
