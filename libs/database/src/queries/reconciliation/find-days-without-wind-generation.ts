import { type Executor, rowsOf } from '../../executor.js';

/**
 * Days with curtailment whose wind generation was never asked for, or in vain and not lately; newest first.
 *
 * @param retryAfterSeconds how long ago a fetch failed that is to be tried again
 */
export async function findDaysWithoutWindGeneration(
  executor: Executor,
  { retryAfterSeconds, limit }: { retryAfterSeconds: number; limit: number },
): Promise<string[]> {
  const rows = await rowsOf<{ settlementDate: string }>(
    executor,
    `select d.settlement_date as "settlementDate"
     from ingestion.settlement_days d
     left join ingestion.wind_generation_days w using (settlement_date)
     where d.revision is not null
       and (w.settlement_date is null or (w.cause_code is not null and w.fetched_at < now() - make_interval(secs => $1)))
     order by d.settlement_date desc
     limit $2`,
    [retryAfterSeconds, limit],
  );
  return rows.map(({ settlementDate }) => settlementDate);
}
