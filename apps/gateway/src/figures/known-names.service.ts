import { Database, type FarmFilter, findMinerModels, isKnownFarm, isKnownLeadParty } from '@app/database';
import { type ErrorCode, WindfallError } from '@app/domain';
import { Injectable } from '@nestjs/common';
import { type FieldFault } from '../problems/problem.js';

/** Tells a name nobody has from a farm or company that simply was not curtailed. */
@Injectable()
export class KnownNames {
  constructor(private readonly database: Database) {}

  /**
   * The filter that a query asks for.
   *
   * @throws {WindfallError} `unknown-farm`, `unknown-lead-party`
   */
  async filterOf({ farmId, leadParty }: { farmId?: string; leadParty?: string }): Promise<FarmFilter> {
    await Promise.all([
      farmId === undefined ? undefined : this.requireFarm(farmId),
      leadParty === undefined ? undefined : this.requireLeadParty(leadParty),
    ]);
    return { farmId: farmId ?? null, leadParty: leadParty ?? null };
  }

  /** @throws {WindfallError} `unknown-miner-model` */
  async requireMinerModel(minerModel: string | undefined): Promise<void> {
    if (minerModel === undefined) return;
    const names = (await findMinerModels(this.database)).map(({ name }) => name);
    if (names.includes(minerModel)) return;
    throw unknownName('unknown-miner-model', 'minerModel', `There is no miner model ${minerModel}.`, names.join(', '));
  }

  private async requireFarm(farmId: string): Promise<void> {
    if (await isKnownFarm(this.database, farmId)) return;
    throw unknownName('unknown-farm', 'farmId', `No BM unit ${farmId} is in the register.`, 'listed by /api/farms');
  }

  private async requireLeadParty(leadParty: string): Promise<void> {
    if (await isKnownLeadParty(this.database, leadParty)) return;
    const detail = `No lead party ${leadParty} is in the register.`;
    throw unknownName('unknown-lead-party', 'leadParty', detail, 'listed by /api/lead-parties');
  }
}

/** That something is asked for which does not exist, naming the field that asks for it and where those are that do. */
export function unknownName(code: ErrorCode, field: string, detail: string, allowed: string): WindfallError {
  const errors: FieldFault[] = [{ field, detail, allowed }];
  return new WindfallError(code, detail, { details: { errors } });
}
