import { type Executor, run } from '../../executor.js';
import { type PeriodState } from './find-settlement-periods.js';

export interface PeriodOutcome {
  settlementPeriod: number;
  state: PeriodState;
  /** Set when and only when the state is `failed`. */
  causeCode: string | null;
  causeDetail: string | null;
  /** How the source answered, whether or not a row of it counted; null when it did not. */
  answer: 'rows' | 'empty' | 'not-found' | null;
  /** When the source answered or was last asked in vain; null when it was not asked. */
  fetchedAt: string | null;
  sourceCreatedAt: string | null;
  rowCount: number;
  /** Null when nothing was loaded: what is stored keeps its hash. */
  contentHash: string | null;
  uncountedUnitIds: readonly string[];
}

/**
 * Records what became of the periods of a day, by one statement.
 *
 * A failed period keeps the count, hash, stamp and uncounted units of the rows that are still stored. A period that was not
 * asked for this time (`not-fetched`, `not-settled`) never overwrites what is known of it.
 */
export async function recordSettlementPeriods(
  transaction: Executor,
  settlementDate: string,
  outcomes: readonly PeriodOutcome[],
): Promise<void> {
  await run(
    transaction,
    `insert into ingestion.settlement_periods as p (
       settlement_date, settlement_period, state, cause_code, cause_detail, answer, fetched_at, source_created_at, row_count,
       content_hash, uncounted_unit_ids)
     select $1::date, o.settlement_period, o.state, o.cause_code, o.cause_detail, o.answer, o.fetched_at, o.source_created_at, o.row_count,
            o.content_hash, array(select jsonb_array_elements_text(o.uncounted_unit_ids))
     from unnest($2::smallint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[],
                 $9::integer[], $10::text[], $11::jsonb[])
       as o (settlement_period, state, cause_code, cause_detail, answer, fetched_at, source_created_at, row_count, content_hash,
             uncounted_unit_ids)
     on conflict (settlement_date, settlement_period) do update set
       state = excluded.state, cause_code = excluded.cause_code, cause_detail = excluded.cause_detail,
       answer = excluded.answer, fetched_at = excluded.fetched_at,
       source_created_at = case when excluded.content_hash is null then p.source_created_at else excluded.source_created_at end,
       row_count = case when excluded.content_hash is null then p.row_count else excluded.row_count end,
       content_hash = coalesce(excluded.content_hash, p.content_hash),
       uncounted_unit_ids = case when excluded.content_hash is null then p.uncounted_unit_ids else excluded.uncounted_unit_ids end
     where excluded.state not in ('not-fetched', 'not-settled') or p.state in ('not-fetched', 'not-settled')`,
    [
      settlementDate,
      outcomes.map((o) => o.settlementPeriod),
      outcomes.map((o) => o.state),
      outcomes.map((o) => o.causeCode),
      outcomes.map((o) => o.causeDetail),
      outcomes.map((o) => o.answer),
      outcomes.map((o) => o.fetchedAt),
      outcomes.map((o) => o.sourceCreatedAt),
      outcomes.map((o) => o.rowCount),
      outcomes.map((o) => o.contentHash),
      outcomes.map((o) => JSON.stringify(o.uncountedUnitIds)),
    ],
  );
}
