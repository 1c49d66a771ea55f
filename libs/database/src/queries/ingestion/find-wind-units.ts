import { type Executor, rowsOf } from '../../executor.js';

export interface WindUnit {
  farmId: string;
  leadParty: string | null;
}

/** Wind units of one version of the register. */
export interface WindUnitsOfVersion {
  version: number;
  units: WindUnit[];
}

/** The units that count as wind in the newest version of the register; null while no register was ever stored. */
export async function findWindUnits(executor: Executor): Promise<WindUnitsOfVersion | null> {
  const [newest] = await rowsOf<WindUnitsOfVersion>(
    executor,
    `select r.version, (
       select coalesce(json_agg(json_build_object('farmId', farm_id, 'leadParty', lead_party) order by farm_id), '[]')
       from ingestion.bm_units u where u.version = r.version and counted_as_wind) as units
     from ingestion.register_versions r order by r.version desc limit 1`,
  );
  return newest ?? null;
}
