import { type RegisteredUnit } from '@app/domain';
import { type Executor, rowsOf } from '../../executor.js';

/** All units of the newest version of the register; empty while none was ever stored. */
export async function findRegisteredUnits(executor: Executor): Promise<RegisteredUnit[]> {
  return await rowsOf<RegisteredUnit>(
    executor,
    `select farm_id as "farmId", national_grid_bm_unit as "nationalGridBmUnit", name, fuel_type as "fuelType",
            lead_party as "leadParty", generation_capacity_mw as "generationCapacityMw", counted_as_wind as "countedAsWind"
     from ingestion.bm_units
     where version = (select max(version) from ingestion.register_versions)
     order by farm_id`,
  );
}

/** The newest version of the register; null while none was ever stored. */
export async function findRegisterVersion(executor: Executor): Promise<number | null> {
  const [newest] = await rowsOf<{ version: number | null }>(
    executor,
    `select max(version) as version from ingestion.register_versions`,
  );
  return newest?.version ?? null;
}
