import { bitcoinPerMwh, type MinerModel } from './potential-bitcoin.js';
import { type MiningEpochs } from './mining-epochs.js';

/** What turns the MWh of some periods of a day into bitcoin for one miner model. */
export interface BitcoinFactor {
  readonly settlementDate: string;
  readonly fromPeriod: number;
  readonly toPeriod: number;
  readonly minerModel: string;
  readonly hashrateThs: string;
  readonly powerW: string;
  readonly difficulty: string;
  readonly blockSubsidyBtc: string;
  readonly btcPerMwh: string;
}

/**
 * One factor for each run of periods of each day and each miner model; none for a blocked day, so that nothing is calculated
 * for it.
 *
 * @throws {RangeError} when a constant of a model, a difficulty or a subsidy is not above 0
 */
export function bitcoinFactorsOf(
  days: readonly { settlementDate: string; mining: MiningEpochs }[],
  models: readonly MinerModel[],
): BitcoinFactor[] {
  // Two weeks of days share an epoch, and the division to 30 decimals is what takes time.
  const known = new Map<string, string>();
  const factorOf = (difficulty: string, blockSubsidyBtc: string, model: MinerModel): string => {
    const key = `${model.name}/${difficulty}/${blockSubsidyBtc}`;
    const factor = known.get(key) ?? bitcoinPerMwh({ difficulty, blockSubsidyBtc, model });
    known.set(key, factor);
    return factor;
  };
  return days.flatMap(({ settlementDate, mining }) =>
    (mining.blocked ? [] : mining.epochs).flatMap(({ fromPeriod, toPeriod, difficulty, blockSubsidyBtc }) =>
      models.map((model) => ({
        settlementDate,
        fromPeriod,
        toPeriod,
        minerModel: model.name,
        hashrateThs: model.hashrateThs,
        powerW: model.powerW,
        difficulty,
        blockSubsidyBtc,
        btcPerMwh: factorOf(difficulty, blockSubsidyBtc, model),
      })),
    ),
  );
}
