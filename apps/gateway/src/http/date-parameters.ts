import { addFaultsOf, settlementDate } from '@app/contracts';
import { parseSettlementMonth, parseSettlementYear } from '@app/domain';
import * as z from 'zod';

export const settlementMonth = z
  .string()
  .superRefine((text, context) => addFaultsOf(() => parseSettlementMonth(text), context))
  .meta({ description: 'Month of settlement dates', example: '2025-05' });

export const settlementYear = z
  .string()
  .superRefine((text, context) => addFaultsOf(() => parseSettlementYear(text), context))
  .meta({ description: 'Year of settlement dates', example: '2025' });

export const dateParameter = z.object({ date: settlementDate });
export const monthParameter = z.object({ yearMonth: settlementMonth });
export const yearParameter = z.object({ year: settlementYear });
