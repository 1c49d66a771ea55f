import * as z from 'zod';
import { dayState, provenance } from '../figures/figures.js';
import { format } from '../http/list.js';

const mw = z.number().nullable();

export const windMissing = z
  .object({
    cause: z
      .enum(['not-fetched', 'fetch-failed', 'not-published'])
      .meta({ description: 'Why it is missing, or may be out of date', example: 'not-published' }),
    detail: z.string().meta({ description: 'A sentence, or the words of the source', example: 'HTTP 500, 5 attempts' }),
    repair: z.string().nullable().meta({
      description: 'Command that asks the source again',
      example: 'windfall wind-generation 2025-05-26',
    }),
  })
  .meta({ id: 'WindMissing' });
export type WindMissing = z.infer<typeof windMissing>;

export const windPeriod = z
  .object({
    settlementPeriod: z.int().meta({ description: 'Settlement period, from 1', example: 12 }),
    startAt: z.iso.datetime().meta({ description: 'When it begins', example: '2025-05-26T04:30:00Z' }),
    onshoreMw: mw.meta({ description: 'Mean power of all onshore wind farms, MW; null: not known', example: 7484.653 }),
    offshoreMw: mw.meta({ description: 'Mean power of all offshore wind farms, MW', example: 11711.9 }),
    onshoreMwh: mw.meta({ description: 'Energy of the half hour, MWh: half of the mean power', example: 3742.3265 }),
    offshoreMwh: mw.meta({ description: 'Energy of the half hour, MWh', example: 5855.95 }),
    ...provenance,
    state: dayState.meta({
      description:
        'absent: neither kind is known; partial: one is not, or the newest fetch failed; provisional: the source may still change it; complete',
      example: 'complete',
    }),
    missing: z.array(windMissing).meta({ description: 'What keeps the figures from being complete' }),
  })
  .meta({ id: 'WindPeriod' });
export type WindPeriod = z.infer<typeof windPeriod>;

export const windGenerationQuery = z.strictObject({ format });
