import { type Executor, rowsOf } from '../../executor.js';

export interface WindUnit {
  farmId: string;
  leadParty: string | null;
}

/** The units that count as wind in the newest version of the register; empty while no register was ever stored. */
export async function findWindUnits(executor: Executor): Promise<WindUnit[]> {
  return await rowsOf<WindUnit>(
    executor,
    `select farm_id as "farmId", lead_party as "leadParty" from ingestion.bm_units
     where counted_as_wind and version = (select max(version) from ingestion.register_versions)
     order by farm_id`,
  );
}
