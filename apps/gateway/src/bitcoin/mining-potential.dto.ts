import { settlementDate } from '@app/contracts';
import * as z from 'zod';
import { farmFilter, minerModel, narrowed } from '../figures/farm-filter.js';
import { amounts, missing, missingDates, potentialBtc, provenance } from '../figures/figures.js';

const value = z.number().nullable();

export const miningEpoch = z
  .object({
    fromPeriod: z.int().meta({ description: 'First settlement period', example: 1 }),
    toPeriod: z.int().meta({ description: 'Last settlement period', example: 48 }),
    difficulty: z.string().meta({ description: 'Network difficulty, no unit', example: '121658450774825' }),
    blockSubsidyBtc: z.string().meta({ description: 'Subsidy of a block, BTC', example: '3.125' }),
  })
  .meta({ id: 'MiningEpoch' });

/** Of a month or year: a run may begin on one date and end on another. */
const datedMiningEpoch = miningEpoch
  .extend({
    from: z.iso.date().meta({ description: 'Settlement date of its first period', example: '2025-05-17' }),
    to: z.iso.date().meta({ description: 'Settlement date of its last period', example: '2025-05-30' }),
  })
  .meta({ id: 'DatedMiningEpoch' });

const valuation = {
  ...narrowed,
  minerModel: z.string().nullable().meta({ description: 'The model asked for', example: null }),
  curtailedMwh: amounts.curtailedMwh,
  potentialBtc,
  price: value.meta({ description: 'The price of one bitcoin that was given', example: null }),
  currency: z.string().nullable().meta({ description: 'The currency of the price that was given', example: null }),
  value: z.union([value, z.record(z.string(), value)]).meta({
    description:
      'Bitcoin × price, 2 places: of the model asked for, or of each when none was; null without a price or without bitcoin',
    example: null,
  }),
  ...provenance,
};
const mining = { description: 'Difficulty and subsidy in force, by period; none where nothing was calculated' };

export const dailyPotential = z
  .object({
    settlementDate: z.iso.date().meta({ description: 'Settlement date', example: '2025-05-26' }),
    ...valuation,
    mining: z.array(miningEpoch).meta(mining),
    missing: z.array(missing).meta({ description: 'What keeps the figures from being complete' }),
  })
  .meta({ id: 'DailyMiningPotential' });
export type DailyPotential = z.infer<typeof dailyPotential>;

const rollUp = {
  ...valuation,
  mining: z.array(datedMiningEpoch).meta(mining),
  missing: z.array(missingDates).meta({ description: 'What keeps the figures from being complete' }),
};

export const monthlyPotential = z
  .object({ month: z.string().meta({ description: 'Month, YYYY-MM', example: '2025-05' }), ...rollUp })
  .meta({ id: 'MonthlyMiningPotential' });
export type MonthlyPotential = z.infer<typeof monthlyPotential>;

export const yearlyPotential = z
  .object({ year: z.int().meta({ description: 'Year', example: 2025 }), ...rollUp })
  .meta({ id: 'YearlyMiningPotential' });
export type YearlyPotential = z.infer<typeof yearlyPotential>;

const valuationQuery = {
  minerModel,
  ...farmFilter,
  price: z
    .string()
    .regex(/^\d{1,12}(\.\d{1,8})?$/, 'It must be a decimal of at least 0.')
    .optional()
    .meta({ description: 'Price of one bitcoin, such as 81000.50' }),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'It must be three capital letters.')
    .optional()
    .meta({
      description: 'Currency of the price, such as GBP; it is only repeated',
    }),
};
export const potentialQuery = z.strictObject(valuationQuery);
export const dailyPotentialQuery = z.strictObject({ date: settlementDate, ...valuationQuery });
export type PotentialQuery = z.infer<typeof potentialQuery>;
export type DailyPotentialQuery = z.infer<typeof dailyPotentialQuery>;
