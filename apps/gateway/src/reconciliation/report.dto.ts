import { checkRange, jobItemFigures, sampling, settlementDate } from '@app/contracts';
import * as z from 'zod';
import { format } from '../http/list.js';
import { cursorOf, limit } from '../http/page.js';

const reportId = z.uuid().meta({ description: 'Id of the report', example: '0d8ee1a4-6f3f-4b87-a2b5-8f2f2d1a9c11' });

export const reportParameter = z.object({ id: reportId });

export const reportsQuery = z
  .strictObject({
    from: settlementDate
      .optional()
      .meta({ description: 'First settlement date; any when left out', example: '2025-05-26' }),
    to: settlementDate
      .optional()
      .meta({ description: 'Last settlement date; any when left out', example: '2025-05-28' }),
    cursor: cursorOf(z.strictObject({ createdAt: z.iso.datetime().regex(/^2/), id: z.uuid() })),
    limit,
    format,
  })
  .superRefine(({ from, to }, context) => {
    if (from !== undefined && to !== undefined) checkRange({ from, to }, context);
  });
export type ReportsQuery = z.infer<typeof reportsQuery>;

const periodFigures = z
  .object({
    records: z.int().meta({ description: 'Accepted bid rows that are curtailment', example: 90 }),
    curtailedMwh: z.number().meta({ description: 'Curtailed energy, MWh', example: 1562.518875 }),
    paymentGbp: z.number().meta({ description: 'Payment, GBP; positive is paid to the farms', example: 48134.5 }),
  })
  .meta({ id: 'PeriodFigures' });

const comparedPeriod = z
  .object({
    settlementPeriod: z.int().meta({ description: 'Settlement period', example: 12 }),
    outcome: z
      .enum(['same', 'differs', 'failed'])
      .meta({ description: 'failed: the source could not be read, so nobody knows', example: 'differs' }),
    stored: periodFigures.nullable().meta({ description: 'What is stored; null when nothing ever was' }),
    source: periodFigures.nullable().meta({ description: 'What the source says; null when it could not be read' }),
    detail: z
      .string()
      .nullable()
      .meta({ description: 'What differs, or why it could not be compared', example: '1 row missing: T_VKNGW-1.' }),
  })
  .meta({ id: 'ComparedPeriod' });

const outcome = z.enum(['same', 'differs', 'unknown']).meta({
  description: 'differs: some period does; unknown: none is known to, and some could not be compared',
  example: 'differs',
});
const confidence = z.string().meta({
  description: 'What the compared periods prove of the whole day',
  example: '15 of 48 periods agree; with 95 % confidence fewer than 8 differ.',
});
const periods = z.array(comparedPeriod).meta({ description: 'Each period that was looked at, in order' });

const side = z
  .object({
    ...jobItemFigures.shape,
    outcome: outcome
      .nullable()
      .meta({ description: 'What a verification found; null when the repair did not look first' }),
    confidence: confidence.nullable().meta({ description: 'What that proved of the whole day; null likewise' }),
    periods,
  })
  .meta({ id: 'RepairedDay' });

export const verificationReport = z
  .object({
    id: reportId,
    jobId: z.uuid().meta({ description: 'Job that asked for it', example: '0197a2b4-6d2c-7c31-9f0e-3a1d5c7e9b20' }),
    settlementDate: z.iso.date().meta({ description: 'Settlement date compared', example: '2025-05-26' }),
    sampling,
    outcome,
    differs: z.boolean().meta({ description: 'Whether some period differs', example: true }),
    confidence,
    periods,
    before: side.nullable().meta({ description: 'The day before a repair; null when nothing was repaired' }),
    after: side.nullable().meta({ description: 'The day after it' }),
    repair: z
      .string()
      .nullable()
      .meta({ description: 'Command that repairs it; null when nothing differs', example: 'windfall fix 2025-05-26' }),
    createdAt: z.iso.datetime().meta({ description: 'When it was found', example: '2025-06-01T08:00:04.000Z' }),
  })
  .meta({ id: 'VerificationReport' });
export type VerificationReport = z.infer<typeof verificationReport>;
