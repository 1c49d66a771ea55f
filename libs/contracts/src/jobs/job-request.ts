import { isSettlementDate, parsePeriods } from '@app/domain';
import { z } from 'zod';
import { reason } from '../reason.js';
import { addFaultsOf, checkRange, settlementDate } from './settlement-date.js';

const periods = z.string().meta({
  description: 'One settlement period or a range of them; all of the day when left out',
  example: '44-48',
});

const batchSize = z.int().min(1).max(31).meta({ description: 'How many dates are worked on at once', example: 10 });

/** What every kind takes. */
const always = {
  reason,
  onConflict: z.enum(['fail', 'queue']).optional().meta({
    description:
      'What to do when another job holds a date: answer 409, or wait for it. One date fails and many dates queue unless told otherwise',
    example: 'queue',
  }),
};

const ingest = z
  .strictObject({ kind: z.literal('ingest'), date: settlementDate, periods: periods.optional(), ...always })
  .superRefine(({ date, periods: text }, context) => {
    if (text === undefined || !isSettlementDate(date)) return;
    addFaultsOf(() => parsePeriods(text, date), context, ['periods']);
  })
  .meta({ description: 'Fetches the date, or some of its periods, from Elexon again, and derives everything anew' });

const date = z.strictObject({ kind: z.literal('date'), date: settlementDate, ...always }).meta({
  description: 'Completes the date: fetches what is absent, partial or stale, then calculations and summaries',
});

const range = z
  .strictObject({
    kind: z.literal('range'),
    from: settlementDate,
    to: settlementDate,
    batchSize: batchSize.optional(),
    ...always,
  })
  .superRefine(checkRange)
  .meta({ description: 'Does for each date from first to last what `date` does for one' });

/** What an operator asks for; each kind takes its own fields and no others. */
export const jobRequest = z.discriminatedUnion('kind', [ingest, date, range]).meta({ id: 'JobRequest' });

export type JobRequest = z.infer<typeof jobRequest>;
export type JobKind = JobRequest['kind'];
