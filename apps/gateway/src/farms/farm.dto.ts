import { settlementDate } from '@app/contracts';
import * as z from 'zod';
import { farmId, minerModel } from '../figures/farm-filter.js';
import { amounts, missingDates, potentialBtc, provenance } from '../figures/figures.js';
import { settlementMonth, settlementYear } from '../http/date-parameters.js';
import { format } from '../http/list.js';
import { listOf, wholeNumber } from '../http/page.js';

const shareOfTotal = z.number().nullable().meta({
  description: 'Part of the curtailed energy of all farms, 0 to 1; null: nothing is known, or nothing was curtailed',
  example: 0.082145,
});

/** What figures of a timeframe rest on; the same for all farms in it. */
const timeframe = {
  from: z.iso
    .date()
    .nullable()
    .meta({ description: 'First date; null: nothing was ever fetched', example: '2025-05-01' }),
  to: z.iso.date().nullable().meta({ description: 'Last date', example: '2025-05-31' }),
  ...provenance,
  missing: z.array(missingDates).meta({ description: 'What keeps the figures from being complete' }),
};

const farmFields = {
  farmId: z.string().meta({ description: 'Elexon BM unit id', example: 'T_VKNGW-1' }),
  name: z.string().nullable().meta({ description: 'Name in the register', example: 'Viking Wind Farm' }),
  leadParty: z
    .string()
    .nullable()
    .meta({ description: 'Company answering for it now', example: 'Viking Energy Wind Farm LLP' }),
  generationCapacityMw: z.number().nullable().meta({ description: 'Capacity in the register, MW', example: 443 }),
  ...amounts,
  potentialBtc,
  shareOfTotal,
};

export const farmFigures = z.object(farmFields).meta({ id: 'FarmFigures' });
export type FarmFigures = z.infer<typeof farmFigures>;
export const farmList = listOf(farmFigures).extend(timeframe);
export type FarmList = z.infer<typeof farmList>;

export const farm = z.object({ ...farmFields, ...timeframe }).meta({ id: 'Farm' });
export type Farm = z.infer<typeof farm>;

export const leadPartyFigures = z
  .object({
    leadParty: z.string().nullable().meta({
      description: 'Company as the register writes it; null: it did not say',
      example: 'Viking Energy Wind Farm LLP',
    }),
    farmIds: z.array(z.string()).meta({ description: 'BM units it answers or answered for', example: ['T_VKNGW-1'] }),
    ...amounts,
    potentialBtc,
    shareOfTotal,
  })
  .meta({ id: 'LeadPartyFigures' });
export type LeadPartyFigures = z.infer<typeof leadPartyFigures>;
export const leadPartyList = listOf(leadPartyFigures).extend(timeframe);
export type LeadPartyList = z.infer<typeof leadPartyList>;

const timeframeFields = {
  day: settlementDate.optional().meta({ description: 'A settlement date, such as 2025-05-26', format: 'date' }),
  month: settlementMonth.optional().meta({ description: 'A month instead, such as 2025-05' }),
  year: settlementYear.optional().meta({ description: 'A year instead, such as 2025' }),
  minerModel,
};

export interface TimeframeQuery {
  day?: string | undefined;
  month?: string | undefined;
  year?: string | undefined;
}

function atMostOne({ day, month, year }: TimeframeQuery, context: z.RefinementCtx): void {
  if ([day, month, year].filter((given) => given !== undefined).length < 2) return;
  const message = 'Give a day, a month or a year, or none of them for all there is.';
  const field = month === undefined || day === undefined ? 'year' : 'month';
  context.addIssue({ code: 'custom', path: [field], message });
}

export const farmsQuery = z.strictObject({ ...timeframeFields, format }).superRefine(atMostOne);
export type FarmsQuery = z.infer<typeof farmsQuery>;
export const farmQuery = z.strictObject(timeframeFields).superRefine(atMostOne);
export type FarmQuery = z.infer<typeof farmQuery>;

export const topQuery = z
  .strictObject({
    ...timeframeFields,
    limit: wholeNumber(1, 100)
      .default(10)
      .meta({ type: 'integer', description: 'How many farms, at most 100', default: 10 }),
    format,
  })
  .superRefine(atMostOne);
export type TopQuery = z.infer<typeof topQuery>;

export const farmParameter = z.object({ farmId });
