import { type MinerModel } from '@app/domain';
import { type Executor, rowOf } from '../../executor.js';

export interface DayToCalculate {
  settlementDate: string;
  /** Of the ingested day that the calculations will rest on. */
  ingestionRevision: number;
  /** The calculations rest on that revision already. */
  upToDate: boolean;
}

/** What is to be calculated: for which days and which models. */
export interface DaysToCalculate {
  days: DayToCalculate[];
  models: MinerModel[];
}

/**
 * Days among those asked for whose calculations do not rest on the newest ingested content, and the miner models.
 *
 * @param everyDay also the days that are up to date: the difficulty may have changed
 */
export async function findDaysToCalculate(
  executor: Executor,
  settlementDates: readonly string[],
  everyDay: boolean,
): Promise<DaysToCalculate> {
  return await rowOf<DaysToCalculate>(
    executor,
    `select (
       select coalesce(json_agg(json_build_object(
                'settlementDate', d.settlement_date, 'ingestionRevision', d.revision,
                'upToDate', c.derived_from is not distinct from d.revision) order by d.settlement_date), '[]')
       from ingestion.settlement_days d
       left join calculation.calculated_days c using (settlement_date)
       where d.settlement_date = any($1::date[]) and d.revision is not null
         and ($2 or c.derived_from is distinct from d.revision)
     ) as days, (
       select json_agg(json_build_object('name', miner_model, 'hashrateThs', hashrate_ths::text, 'powerW', power_w::text)
                       order by position)
       from calculation.miner_models
     ) as models`,
    [settlementDates, everyDay],
  );
}
