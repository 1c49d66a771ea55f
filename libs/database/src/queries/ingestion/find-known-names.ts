import { type Executor, rowOf } from '../../executor.js';

/** Whether a BM unit is in any version of the register, or has summaries from before there was one. */
export async function isKnownFarm(executor: Executor, farmId: string): Promise<boolean> {
  const { known } = await rowOf<{ known: boolean }>(
    executor,
    `select exists (select from ingestion.register_versions v join ingestion.bm_units u on u.version = v.version and u.farm_id = $1)
         or exists (select from summary.farm_yearly_summaries where farm_id = $1) as known`,
    [farmId],
  );
  return known;
}

/** Whether a company answers, or once answered, for any BM unit. */
export async function isKnownLeadParty(executor: Executor, leadParty: string): Promise<boolean> {
  const { known } = await rowOf<{ known: boolean }>(
    executor,
    `select exists (select from ingestion.bm_units where lead_party = $1)
         or exists (select from summary.farm_yearly_summaries where lead_party = $1) as known`,
    [leadParty],
  );
  return known;
}
