import { type Executor, rowsOf, run } from '../../executor.js';
import { type DayToAggregate } from './find-days-to-aggregate.js';

export interface StampedSummary {
  settlementDate: string;
  revision: number;
  derivedFrom: number;
}

/**
 * Records what the summaries of some days rest on, each with a new revision.
 *
 * Only days whose calculations are still the ones that were read are stamped and returned: a revision only grows, so an equal
 * one was there all the time. The others stay stale and are asked for again by the event of their newer calculations.
 */
export async function stampAggregatedDays(
  transaction: Executor,
  days: readonly Pick<DayToAggregate, 'settlementDate' | 'calculationRevision'>[],
): Promise<StampedSummary[]> {
  return await rowsOf<StampedSummary>(
    transaction,
    `insert into summary.aggregated_days as a (settlement_date, revision, derived_from)
     select c.settlement_date, nextval('summary.revision'), c.revision
     from unnest($1::date[], $2::bigint[]) as r (settlement_date, revision)
     join calculation.calculated_days c using (settlement_date)
     where c.revision = r.revision
     order by c.settlement_date
     on conflict (settlement_date) do update set
       revision = excluded.revision, derived_from = excluded.derived_from, aggregated_at = now()
     returning settlement_date as "settlementDate", revision, derived_from as "derivedFrom"`,
    [days.map((d) => d.settlementDate), days.map((d) => d.calculationRevision)],
  );
}

/** Notes that the summaries of some days were compared with what they rest on just now, whatever came of it. */
export async function noteAggregatedDays(transaction: Executor, settlementDates: readonly string[]): Promise<void> {
  await run(
    transaction,
    `update summary.aggregated_days set aggregated_at = now() where settlement_date = any($1::date[]) and aggregated_at < now()`,
    [settlementDates],
  );
}
