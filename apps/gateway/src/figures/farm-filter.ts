import { type FarmFilter } from '@app/database';
import * as z from 'zod';

/** A name as the register writes it. Control characters are in none, and Postgres takes no NUL. */
const name = z.string().regex(/^[^\p{Cc}]{1,200}$/u, 'It must be a name without control characters.');

export const minerModel = name
  .optional()
  .meta({ description: 'Miner model, such as S19J_PRO; /api/miner-models lists them' });

export const farmId = name.meta({ description: 'Elexon BM unit id', example: 'T_VKNGW-1' });

// Without an example: Swagger UI would fill it in, and ask for less than everything.
/** Query parameters that narrow figures down to some farms. */
export const farmFilter = {
  farmId: name.optional().meta({ description: 'Elexon BM unit id, such as T_VKNGW-1' }),
  leadParty: name.optional().meta({ description: 'Company answering for the BM units, as the register writes it' }),
};

/** Set in an answer that is about some farms only. */
export const narrowed = {
  farmId: z.string().optional().meta({ description: 'The BM unit asked for', example: 'T_VKNGW-1' }),
  leadParty: z
    .string()
    .optional()
    .meta({ description: 'The lead party asked for', example: 'Viking Energy Wind Farm LLP' }),
};

/** Says in the answer which farms it is about. */
export function narrowedTo({ farmId, leadParty }: FarmFilter): { farmId?: string; leadParty?: string } {
  return { ...(farmId !== null && { farmId }), ...(leadParty !== null && { leadParty }) };
}
