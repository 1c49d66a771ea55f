import { settlementDate } from '@app/contracts';
import { type Gap } from '@app/domain';
import * as z from 'zod';
import { formatOrText } from '../http/list.js';
import { cursorOf, limit, listOf } from '../http/page.js';

export const analysisQuery = z
  .strictObject({
    from: settlementDate
      .optional()
      .meta({ description: 'First settlement date; the first there is when left out', example: '2025-05-01' }),
    to: settlementDate
      .optional()
      .meta({ description: 'Last settlement date; today when left out', example: '2025-05-31' }),
    deep: z.enum(['true', 'false']).optional().meta({
      description: 'Whether to compare all rows with each other instead of believing the ledgers',
      example: 'false',
    }),
    cursor: cursorOf(z.int().min(0)),
    limit,
    format: formatOrText,
  })
  .superRefine(({ from, to }, context) => {
    if (from === undefined || to === undefined || from <= to) return;
    context.addIssue({ code: 'custom', path: ['to'], message: `It must not be before from, ${from}.` });
  });
export type AnalysisQuery = z.infer<typeof analysisQuery>;

export const gap = z
  .object({
    settlementDate: z.iso.date().meta({ description: 'Settlement date', example: '2025-05-26' }),
    cause: z
      .enum([
        'not-fetched',
        'fetch-failed',
        'not-calculated',
        'difficulty-missing',
        'stale-revision',
        'surplus-rows',
        'summary-differs',
        'calculation-differs',
        'ledger-differs',
      ])
      .meta({ description: 'Why there is a gap', example: 'not-calculated' }),
    periods: z
      .array(z.int())
      .meta({ description: 'Settlement periods concerned; empty: not about single ones', example: [12] }),
    missingCalculations: z.int().meta({ description: 'Calculations that are not there, as far as known', example: 63 }),
    surplusCalculations: z.int().meta({ description: 'Calculations that nothing accounts for', example: 0 }),
    detail: z.string().meta({ description: 'A sentence', example: '63 calculations are not there' }),
    repair: z.string().meta({ description: 'Command that repairs it', example: 'windfall date 2025-05-26' }),
  })
  .meta({ id: 'AnalysedGap' }) satisfies z.ZodType<Gap>;

export const analysis = listOf(gap).extend({
  months: z
    .array(
      z.object({
        month: z.string().meta({ description: 'Month of settlement dates', example: '2025-05' }),
        gaps: z.int().meta({ description: 'Gaps of its dates', example: 12 }),
      }),
    )
    .meta({ description: 'Gaps of each month that has any, most first; of all pages' }),
});
export type Analysis = z.infer<typeof analysis>;
