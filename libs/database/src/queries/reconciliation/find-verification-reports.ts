import { type Executor, rowsOf } from '../../executor.js';

interface StoredFigures {
  records: number;
  curtailedMwh: number;
  paymentGbp: number;
}

export interface StoredComparison {
  settlementPeriod: number;
  outcome: 'same' | 'differs' | 'failed';
  stored: StoredFigures | null;
  source: StoredFigures | null;
  detail: string | null;
}

/** What a verification found. */
export interface StoredFinding {
  sampling: 'progressive' | 'random' | 'fixed' | 'full';
  outcome: 'same' | 'differs' | 'unknown';
  confidence: string;
  periods: StoredComparison[];
}

/** What a date held, as its job noted it. */
export interface StoredDayFigures {
  revision: number | null;
  records: number | null;
  curtailedMwh: number | null;
  calculations: number | null;
}

/** A repair that came before a verification: what the date held before and after it, and what an earlier verification found. */
export interface StoredRepair {
  /** Null when the repair was made without looking. */
  found: StoredFinding | null;
  before: StoredDayFigures | null;
  /** Null until the job is through with the date. */
  after: StoredDayFigures | null;
}

export interface StoredVerificationReport extends StoredFinding {
  id: string;
  jobId: string;
  settlementDate: string;
  createdAt: string;
  /** Null when nothing was repaired before it. */
  repair: StoredRepair | null;
}

/** Where a report stands among all, newest first; the instant has the database's microseconds. */
export interface ReportPosition {
  createdAt: string;
  id: string;
}

const report = `
  r.id, r.job_id as "jobId", r.settlement_date as "settlementDate", r.sampling, r.outcome, r.confidence, r.periods,
  r.created_at as "createdAt",
  case r.purpose when 'proof' then jsonb_build_object('found', f.finding, 'before', i.before, 'after', i.after) end as repair`;
const repair = `
  left join reconciliation.job_items i using (job_id, settlement_date)
  left join lateral (
    select jsonb_build_object('sampling', e.sampling, 'outcome', e.outcome, 'confidence', e.confidence, 'periods', e.periods) as finding
    from reconciliation.verification_reports e
    where e.job_id = r.job_id and e.settlement_date = r.settlement_date and e.purpose = 'repair' and e.created_at <= r.created_at
    order by e.created_at desc limit 1
  ) f on true`;

/** One report, or undefined when there is none with this id. */
export async function findVerificationReport(
  executor: Executor,
  id: string,
): Promise<StoredVerificationReport | undefined> {
  const [found] = await rowsOf<StoredVerificationReport>(
    executor,
    `select ${report} from reconciliation.verification_reports r ${repair} where r.id = $1`,
    [id],
  );
  return found;
}

/** The newest reports of a range of settlement dates, or those that follow a position; each with its place in the list. */
export async function findVerificationReports(
  executor: Executor,
  { from, to }: { from: string | null; to: string | null },
  page: { after: ReportPosition | null; limit: number },
): Promise<(StoredVerificationReport & { position: ReportPosition })[]> {
  return await rowsOf<StoredVerificationReport & { position: ReportPosition }>(
    executor,
    `select ${report},
            jsonb_build_object('createdAt', to_char(r.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'id', r.id) as position
     from reconciliation.verification_reports r ${repair}
     where ($1::date is null or r.settlement_date >= $1) and ($2::date is null or r.settlement_date <= $2)
       and ($3::timestamptz is null or r.created_at < $3 or (r.created_at = $3 and r.id > $4::uuid))
     order by r.created_at desc, r.id
     limit $5`,
    [from, to, page.after?.createdAt ?? null, page.after?.id ?? null, page.limit],
  );
}
