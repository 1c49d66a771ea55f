import { type WindPeriod } from '@app/domain';
import { type Executor, run } from '../../executor.js';

/** Stores any number of periods by one statement, each in the place of what is stored of it; the caller has locked their days. */
export async function storeWindPeriods(transaction: Executor, periods: readonly WindPeriod[]): Promise<void> {
  await run(
    transaction,
    `insert into ingestion.wind_generation_data (
       settlement_date, settlement_period, onshore_mw, onshore_published_at, offshore_mw, offshore_published_at)
     select * from unnest($1::date[], $2::smallint[], $3::numeric[], $4::timestamptz[], $5::numeric[], $6::timestamptz[])
     on conflict (settlement_date, settlement_period) do update set
       onshore_mw = excluded.onshore_mw, onshore_published_at = excluded.onshore_published_at,
       offshore_mw = excluded.offshore_mw, offshore_published_at = excluded.offshore_published_at`,
    [
      periods.map((p) => p.settlementDate),
      periods.map((p) => p.settlementPeriod),
      periods.map((p) => p.onshore?.meanMw ?? null),
      periods.map((p) => p.onshore?.publishedAt ?? null),
      periods.map((p) => p.offshore?.meanMw ?? null),
      periods.map((p) => p.offshore?.publishedAt ?? null),
    ],
  );
}
