import { isSettlementDate, parsePeriods, parseSettlementMonth, periodStartAt } from '@app/domain';
import * as z from 'zod';
import { reason } from '../reason.js';
import { sampling } from './sampling.js';
import { addFaultsOf, checkRange, settlementDate } from './settlement-date.js';

const periods = z.string().meta({
  description: 'One settlement period or a range of them; all of the day when left out',
  example: '44-48',
});
const batchSize = z.int().min(1).max(31).meta({ description: 'How many dates are worked on at once', example: 10 });
const farmId = z
  .string()
  .regex(/^[^\0\s]{1,40}$/, 'It must be the id of a BM unit')
  .meta({ description: 'Elexon BM unit id', example: 'T_VKNGW-1' });
const minerModel = z
  .string()
  .regex(/^[^\0]{1,40}$/, 'It must be the name of a miner model')
  .meta({ description: 'Miner model; all when left out', example: 'S9' });
const month = z
  .string()
  .superRefine((text, context) => {
    addFaultsOf(() => parseSettlementMonth(text), context);
  })
  .meta({ description: 'Month of settlement dates, YYYY-MM', example: '2025-05' });
const from = settlementDate.meta({ description: 'First settlement date', example: '2025-05-26' });
const to = settlementDate.meta({ description: 'Last settlement date, at most 366 days', example: '2025-05-31' });

/** What every kind takes. */
const always = {
  reason,
  onConflict: z.enum(['fail', 'queue']).optional().meta({
    description:
      'What to do when another job holds a date: fail, and answer 409 for the request as a whole, or queue, and wait for that date. A request for one date fails and any other queues unless told otherwise',
    example: 'queue',
  }),
  planHash: z
    .string()
    .regex(/^[0-9a-z]{1,12}-[0-9a-f]{64}$/, 'It must be the planHash of a plan')
    .optional()
    .meta({ description: 'Of the plan this is to carry out; refused with 409 when the world has moved since' }),
};

const ingest = z
  .strictObject({ kind: z.literal('ingest'), date: settlementDate, periods: periods.optional(), ...always })
  .superRefine(checkPeriods)
  .meta({ description: 'Fetches the date, or some of its periods, from Elexon again, and derives what follows' });

const ingestMonth = z
  .strictObject({
    kind: z.literal('ingest-month'),
    month,
    from: from.optional().meta({ description: 'First date of the month to fetch; its first when left out' }),
    to: to.optional().meta({ description: 'Last date of the month to fetch; its last when left out' }),
    batchSize: batchSize.optional(),
    ...always,
  })
  .superRefine((request, context) => {
    for (const field of ['from', 'to'] as const) {
      const date = request[field];
      if (date === undefined || !isSettlementDate(date) || date.startsWith(request.month)) continue;
      context.addIssue({ code: 'custom', path: [field], message: `${date} is not in ${request.month}.` });
    }
    checkOptionalRange(request, context);
  })
  .meta({ description: 'Fetches the dates of a month, as far as they have begun' });

const date = z.strictObject({ kind: z.literal('date'), date: settlementDate, ...always }).meta({
  description:
    'Completes the date: fetches what is absent, partial or stale, and compares calculations and summaries row by row',
});

const range = z
  .strictObject({ kind: z.literal('range'), from, to, batchSize: batchSize.optional(), ...always })
  .superRefine(checkRange)
  .meta({ description: 'Does for each date from first to last what `date` does for one' });

const reconcile = z
  .strictObject({ kind: z.literal('reconcile'), batchSize: batchSize.optional(), ...always })
  .meta({ description: 'Fills every gap among the dates that were ever ingested, newest first' });

const critical = z
  .strictObject({ kind: z.literal('critical'), date: settlementDate, periods: periods.optional(), ...always })
  .superRefine(checkPeriods)
  .meta({
    description:
      'With extra care: one period at a time, then everything derived is compared row by row, then all periods with the source',
  });

const mostCritical = z
  .strictObject({ kind: z.literal('most-critical'), ...always })
  .meta({ description: 'Does for the date with the largest gap what `critical` does' });

const sequence = z
  .strictObject({
    kind: z.literal('sequence'),
    date: settlementDate,
    batchSize: z.int().min(1).max(31).meta({ description: 'How many periods are fetched at a time', example: 4 }),
    ...always,
  })
  .meta({ description: 'Fetches the periods of one date in order, so many at a time' });

const spotFix = z
  .strictObject({
    kind: z.literal('spot-fix'),
    date: settlementDate,
    period: z.int().min(1).max(50).meta({ description: 'Settlement period', example: 12 }),
    farmId,
    ...always,
  })
  .superRefine(({ date: day, period }, context) => {
    if (isSettlementDate(day)) addFaultsOf(() => periodStartAt(day, period), context, ['period']);
  })
  .meta({ description: 'Calculates one combination again, for all miner models, and then its summaries' });

const dailyCheck = z
  .strictObject({
    kind: z.literal('daily-check'),
    days: z.int().min(1).max(366).optional().meta({ description: 'How many dates, up to yesterday', example: 2 }),
    force: z.boolean().optional().meta({ description: 'Fetch them in any case', example: false }),
    batchSize: batchSize.optional(),
    ...always,
  })
  .meta({ description: 'Compares the newest dates with the source and repairs what differs or is missing' });

const calculate = z
  .strictObject({
    kind: z.literal('calculate'),
    from,
    to: to.optional().meta({ description: 'Last settlement date; the first when left out' }),
    minerModel: minerModel.optional(),
    ...always,
  })
  .superRefine(checkOptionalRange)
  .meta({ description: 'Compares the calculations of some dates row by row and mends them; then their summaries' });

const summarize = z
  .strictObject({
    kind: z.literal('summarize'),
    from: from.optional(),
    to: to.optional().meta({ description: 'Last settlement date; the first when left out' }),
    month: month.optional(),
    ...always,
  })
  .superRefine((request, context) => {
    checkOptionalRange(request, context);
    const { month: whole, from: first, to: last } = request;
    if ((whole === undefined) !== (first === undefined) && (first !== undefined || last === undefined)) return;
    const message = 'Give either a month, or the first date and, if there are more, the last.';
    context.addIssue({ code: 'custom', path: [whole === undefined ? 'from' : 'month'], message });
  })
  .meta({ description: 'Compares the summaries of some dates, their months and years with what they are the sum of' });

const fix = z
  .strictObject({ kind: z.literal('fix'), date: settlementDate, sampling: sampling.optional(), ...always })
  .meta({ description: 'Compares the date with the source, and fetches and derives it again where it differs' });

const forceFix = z
  .strictObject({ kind: z.literal('force-fix'), date: settlementDate, sampling: sampling.optional(), ...always })
  .meta({
    description: 'Fetches the date and derives all of it again without asking, then compares it with the source',
  });

const apply = z
  .boolean()
  .optional()
  .meta({ description: 'Mend what is found; it is only told when left out', example: false });

const difficultyMismatch = z
  .strictObject({ kind: z.literal('difficulty-mismatch'), apply, ...always })
  .meta({ description: 'Compares the difficulty of each calculation with the difficulty store, per period' });

const bmuMapping = z.strictObject({ kind: z.literal('bmu-mapping'), apply, ...always }).meta({
  description:
    'Fetches the register of BM units and tells what is new, gone or changed; applied, a new version is stored, and dates on which a new wind farm was not counted are fetched again',
});

const windGeneration = z
  .strictObject({
    kind: z.literal('wind-generation'),
    from,
    to: to.optional().meta({ description: 'Last settlement date; the first when left out' }),
    batchSize: batchSize.optional(),
    ...always,
  })
  .superRefine(checkOptionalRange)
  .meta({ description: 'Fetches the onshore and offshore wind generation of each period' });

/** What an operator asks for; each kind takes its own fields and no others. */
export const jobRequest = z
  .discriminatedUnion('kind', [
    ingest,
    ingestMonth,
    date,
    range,
    reconcile,
    critical,
    mostCritical,
    sequence,
    spotFix,
    dailyCheck,
    calculate,
    summarize,
    fix,
    forceFix,
    difficultyMismatch,
    bmuMapping,
    windGeneration,
  ])
  .meta({ id: 'JobRequest' });

/** Asks for a comparison with the source, which changes nothing and so takes another scope. */
export const verifyRequest = z.strictObject({
  kind: z.literal('verify'),
  date: settlementDate.optional().meta({ description: 'Settlement date; today when left out', example: '2025-05-26' }),
  sampling: sampling.optional(),
  reason,
});

export type JobRequest = z.infer<typeof jobRequest>;
export type VerifyRequest = z.infer<typeof verifyRequest>;
export type JobKind = (JobRequest | VerifyRequest)['kind'];

function checkPeriods(
  { date: day, periods: text }: { date: string; periods?: string },
  context: z.RefinementCtx,
): void {
  if (text === undefined || !isSettlementDate(day)) return;
  addFaultsOf(() => parsePeriods(text, day), context, ['periods']);
}

function checkOptionalRange(request: { from?: string; to?: string }, context: z.RefinementCtx): void {
  if (request.from !== undefined && request.to !== undefined)
    checkRange({ from: request.from, to: request.to }, context);
}
