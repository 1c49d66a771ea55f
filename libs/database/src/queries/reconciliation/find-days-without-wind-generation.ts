import { type Executor, rowsOf } from '../../executor.js';

/**
 * Days with curtailment whose wind generation was never asked for, or in vain and not lately, and days that cannot be summed since
 * somebody altered their half hours; newest first.
 *
 * @param retryAfterSeconds how long ago a fetch failed that is to be tried again
 */
export async function findDaysWithoutWindGeneration(
  executor: Executor,
  { retryAfterSeconds, limit }: { retryAfterSeconds: number; limit: number },
): Promise<string[]> {
  const rows = await rowsOf<{ settlementDate: string }>(
    executor,
    `select settlement_date as "settlementDate"
     from ingestion.settlement_days d
     full join ingestion.wind_generation_days w using (settlement_date)
     left join summary.daily_wind_generation g using (settlement_date)
     where d.revision is not null and w.settlement_date is null
       or d.revision is not null and w.cause_code is not null and w.fetched_at < now() - make_interval(secs => $1)
       -- The half hours of the few days that lag are looked at, not those of all.
       or w.cause_code is null and w.revision is not null and g.derived_from is distinct from w.revision
         and w.content_hash is distinct from (
           select s.content_hash from ingestion.wind_generation_sums s where s.settlement_date = w.settlement_date)
     order by settlement_date desc
     limit $2`,
    [retryAfterSeconds, limit],
  );
  return rows.map(({ settlementDate }) => settlementDate);
}
