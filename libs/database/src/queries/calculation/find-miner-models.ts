import { type MinerModel } from '@app/domain';
import { type Executor, rowsOf } from '../../executor.js';

/** The miner models that are calculated, in the order in which they are served. */
export async function findMinerModels(executor: Executor): Promise<MinerModel[]> {
  return await rowsOf<MinerModel>(
    executor,
    `select miner_model as name, hashrate_ths as "hashrateThs", power_w as "powerW"
     from calculation.miner_models order by position`,
  );
}
