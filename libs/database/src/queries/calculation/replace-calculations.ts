import { type BitcoinFactor, type Narrowing } from '@app/domain';
import { type Executor, rowsOf } from '../../executor.js';
import { wantedCalculations, wantedParameters } from './wanted-calculations.js';

const key = ['settlement_date', 'settlement_period', 'farm_id', 'miner_model'];
const values = [
  'curtailed_mwh',
  'difficulty',
  'block_subsidy_btc',
  'hashrate_ths',
  'power_w',
  'formula_version',
  'potential_btc',
];
const columns = [...key, ...values];

/** Whether a row of calculations is among those that are looked at; the parameters follow those of `wantedCalculations`. */
function among(row: string): string {
  return `($12::text is null or ${row}.miner_model = $12) and ($13::smallint is null or ${row}.settlement_period = $13)
         and ($14::text is null or ${row}.farm_id = $14)`;
}

function narrowingParameters(only: Narrowing | null) {
  return [only?.minerModel ?? null, only?.settlementPeriod ?? null, only?.farmId ?? null];
}

/**
 * Brings the calculations of some days in line with what they ought to be, by one statement for all days: deletes those that
 * ought not to be there, or not with these values, and inserts those that are not there. A day without factors loses all. What
 * is right is not written.
 *
 * The caller holds the lock on the dates, so no row can conflict and the dear `ON CONFLICT` is not needed.
 *
 * @param only which calculations are looked at; all when null
 * @returns the dates on which something was deleted or inserted
 */
export async function replaceCalculations(
  transaction: Executor,
  settlementDates: readonly string[],
  factors: readonly BitcoinFactor[],
  formulaVersion: number,
  only: Narrowing | null = null,
): Promise<string[]> {
  const rows = await rowsOf<{ settlementDate: string }>(
    transaction,
    // What is inserted waits for what is deleted: the two may have the same key.
    `with ${wantedCalculations},
     difference as materialized (
       select w.*, h.settlement_date as gone_date, h.settlement_period as gone_period, h.farm_id as gone_farm, h.miner_model as gone_model
       from (select * from wanted w where ${among('w')}) w
       full join (
         select * from calculation.historical_bitcoin_calculations h where h.settlement_date = any($1::date[]) and ${among('h')}
       ) h on ${key.map((column) => `h.${column} = w.${column}`).join(' and ')}
       where h.settlement_date is null or w.settlement_date is null
         or not (${values.map((column) => `h.${column} = w.${column}`).join(' and ')})
     ),
     deleted as (
       delete from calculation.historical_bitcoin_calculations h
       using difference d
       where h.settlement_date = any($1::date[]) and h.settlement_date = d.gone_date and h.settlement_period = d.gone_period
         and h.farm_id = d.gone_farm and h.miner_model = d.gone_model and d.gone_date is not null
       returning 1
     ),
     inserted as (
       insert into calculation.historical_bitcoin_calculations (${columns.join(', ')})
       select ${columns.map((column) => `d.${column}`).join(', ')} from difference d
       where d.settlement_date is not null and (select count(*) from deleted) >= 0
     )
     select distinct coalesce(settlement_date, gone_date) as "settlementDate" from difference`,
    [...wantedParameters(settlementDates, factors, formulaVersion), ...narrowingParameters(only)],
  );
  return rows.map((row) => row.settlementDate);
}
