import { Database, type FarmFilter, isKnownFarm, isKnownLeadParty } from '@app/database';
import { type ErrorCode, WindfallError } from '@app/domain';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { type FieldFault } from '../problems/problem.js';

/** A name as the register writes it. Control characters are in none, and Postgres takes no NUL. */
const name = z.string().regex(/^[^\p{Cc}]{1,200}$/u, 'It must be a name without control characters.');

export const farmId = name.meta({ description: 'Elexon BM unit id', example: 'T_VKNGW-1' });

// Without an example: Swagger UI would fill it in, and ask for less than everything.
/** Query parameters that narrow figures down to some farms. */
export const farmFilter = {
  farmId: name.optional().meta({ description: 'Elexon BM unit id, such as T_VKNGW-1' }),
  leadParty: name.optional().meta({ description: 'Company answering for the BM units, as the register writes it' }),
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
