import { type WindPeriod } from '@app/domain';
import { type Executor, rowsOf } from '../../executor.js';

/** What is stored of the wind generation of some days, in order; a period of which nothing is known is left out. */
export async function findWindPeriods(executor: Executor, settlementDates: readonly string[]): Promise<WindPeriod[]> {
  return await rowsOf<WindPeriod>(
    executor,
    `select settlement_date as "settlementDate", settlement_period as "settlementPeriod",
            case when onshore_mw is not null then
              json_build_object('meanMw', onshore_mw::text, 'publishedAt', onshore_published_at) end as onshore,
            case when offshore_mw is not null then
              json_build_object('meanMw', offshore_mw::text, 'publishedAt', offshore_published_at) end as offshore
     from ingestion.wind_generation_data
     where settlement_date = any($1::date[])
     order by settlement_date, settlement_period`,
    [settlementDates],
  );
}
