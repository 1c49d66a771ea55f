import { Database, type FarmFilter, isKnownFarm, isKnownLeadParty } from '@app/database';
import { WindfallError } from '@app/domain';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';

/** Query parameters that narrow figures down to some farms. */
export const farmFilter = {
  farmId: z.string().min(1).max(60).optional().meta({ description: 'Elexon BM unit id', example: 'T_VKNGW-1' }),
  leadParty: z.string().min(1).max(200).optional().meta({
    description: 'Company answering for the BM units, as the register writes it',
    example: 'Viking Energy Wind Farm LLP',
  }),
};

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

  /** @throws {WindfallError} `unknown-farm` */
  async requireFarm(farmId: string): Promise<void> {
    if (await isKnownFarm(this.database, farmId)) return;
    const message = `No BM unit ${farmId} is in the register; /api/farms lists those that are.`;
    throw new WindfallError('unknown-farm', message, { details: { farmId } });
  }

  private async requireLeadParty(leadParty: string): Promise<void> {
    if (await isKnownLeadParty(this.database, leadParty)) return;
    const message = `No lead party ${leadParty} is in the register; /api/lead-parties lists those that are.`;
    throw new WindfallError('unknown-lead-party', message, { details: { leadParty } });
  }
}
