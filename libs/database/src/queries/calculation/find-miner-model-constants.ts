import { type Executor, rowsOf } from '../../executor.js';

export interface MinerModelConstants {
  minerModel: string;
  hashrateThs: string;
  powerW: string;
  /** Where the constants are from. */
  source: string;
}

/** The miner models with where their constants are from, in the order in which they are served. */
export async function findMinerModelConstants(executor: Executor): Promise<MinerModelConstants[]> {
  return await rowsOf<MinerModelConstants>(
    executor,
    `select miner_model as "minerModel", hashrate_ths as "hashrateThs", power_w as "powerW", source
     from calculation.miner_models order by position`,
  );
}
