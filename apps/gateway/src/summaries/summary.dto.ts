import * as z from 'zod';
import { figures, missing, missingDates } from '../figures/figures.js';
import { farmFilter, narrowed } from '../figures/farm-filter.js';
import { format } from '../http/list.js';
import { rangeQuery } from '../http/range.js';

const count = z.int().nullable();

export const dailySummary = z
  .object({
    settlementDate: z.iso.date().meta({ description: 'Settlement date', example: '2025-05-26' }),
    ...narrowed,
    periodsExpected: z.int().meta({ description: 'Settlement periods of the day: 46, 48 or 50', example: 48 }),
    periodsLoaded: z.int().meta({ description: 'Settlement periods that were fetched', example: 48 }),
    records: count.meta({ description: 'Stored curtailment records; null: nothing fetched', example: 4300 }),
    combinations: count.meta({ description: 'Different periods and farms among them', example: 2200 }),
    ...figures,
    missing: z.array(missing).meta({ description: 'What keeps the figures from being complete' }),
  })
  .meta({ id: 'DailySummary' });
export type DailySummary = z.infer<typeof dailySummary>;

const rollUp = {
  ...narrowed,
  daysExpected: z.int().meta({ description: 'Days of the calendar in it', example: 31 }),
  daysComplete: z.int().meta({ description: 'Days that are complete', example: 31 }),
  ...figures,
  missing: z.array(missingDates).meta({ description: 'What keeps the figures from being complete' }),
};

export const monthlySummary = z
  .object({ month: z.string().meta({ description: 'Month, YYYY-MM', example: '2025-05' }), ...rollUp })
  .meta({ id: 'MonthlySummary' });
export type MonthlySummary = z.infer<typeof monthlySummary>;

export const yearlySummary = z
  .object({ year: z.int().meta({ description: 'Year', example: 2025 }), ...rollUp })
  .meta({ id: 'YearlySummary' });
export type YearlySummary = z.infer<typeof yearlySummary>;

export const filterQuery = z.strictObject(farmFilter);
export const summariesQuery = rangeQuery({ ...farmFilter, format });
export type FilterQuery = z.infer<typeof filterQuery>;
export type SummariesQuery = z.infer<typeof summariesQuery>;
