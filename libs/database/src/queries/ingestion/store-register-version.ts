import { type RegisteredUnit } from '@app/domain';
import { type Executor, rowsOf, run } from '../../executor.js';

/**
 * Stores a new version of the register unless the newest one has the same content.
 *
 * @returns the version stored, or null when nothing changed
 */
export async function storeRegisterVersion(
  transaction: Executor,
  contentHash: string,
  fetchedAt: string,
  units: readonly RegisteredUnit[],
): Promise<number | null> {
  // A statement of its own: the next one has to see what whoever held the lock before has stored.
  await run(transaction, `select pg_advisory_xact_lock(hashtext('ingestion.register_versions'))`);
  const [stored] = await rowsOf<{ version: number }>(
    transaction,
    `with newest as (select content_hash from ingestion.register_versions order by version desc limit 1),
          added as (
            insert into ingestion.register_versions (content_hash, fetched_at)
            select $1, $2 where $1 is distinct from (select content_hash from newest)
            returning version
          ),
          units as (
            insert into ingestion.bm_units (version, farm_id, national_grid_bm_unit, name, fuel_type, lead_party,
                                            generation_capacity_mw, counted_as_wind)
            select added.version, u.* from added, unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                                                         $8::numeric[], $9::boolean[]) as u
          )
     select version from added`,
    [
      contentHash,
      fetchedAt,
      units.map((u) => u.farmId),
      units.map((u) => u.nationalGridBmUnit),
      units.map((u) => u.name),
      units.map((u) => u.fuelType),
      units.map((u) => u.leadParty),
      units.map((u) => u.generationCapacityMw),
      units.map((u) => u.countedAsWind),
    ],
  );
  return stored?.version ?? null;
}
