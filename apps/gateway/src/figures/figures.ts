import { type StoredFigures } from '@app/database';
import { type DayState, type Missing, roundDecimal } from '@app/domain';
import { Big } from 'big.js';
import * as z from 'zod';

/** Rounds energy to the 6 places that are served; null stays unknown. */
export function mwhOf(text: string | null): number | null {
  return text === null ? null : Number(roundDecimal(text, 6));
}

/** Rounds money to pence. */
export function gbpOf(text: string | null): number | null {
  return text === null ? null : Number(roundDecimal(text, 2));
}

/** Rounds bitcoin to satoshis; it stays text, since a double cannot hold all of it. */
export function btcOf(text: string | null): string | null {
  return text === null ? null : roundDecimal(text, 8);
}

/** Bitcoin × price, rounded to 2 places once, from the unrounded bitcoin. */
export function valueOf(btc: string | null, price: string): number | null {
  return btc === null ? null : Number(roundDecimal(Big(btc).times(price).toFixed(), 2));
}

export const dayState = z.enum(['absent', 'partial', 'blocked', 'provisional', 'complete']).meta({
  description:
    'absent: nothing fetched; partial: periods missing or a derivation lags; blocked: no difficulty; provisional: may still change; complete',
  example: 'complete',
}) satisfies z.ZodType<DayState>;

export const missing = z
  .object({
    cause: z
      .enum([
        'not-settled',
        'not-fetched',
        'fetch-failed',
        'not-calculated',
        'difficulty-missing',
        'stale-revision',
        'surplus-rows',
        'summary-differs',
      ])
      .meta({ description: 'Why it is missing', example: 'fetch-failed' }),
    periods: z
      .array(z.int())
      .meta({ description: 'Settlement periods concerned; empty: not about single ones', example: [12, 30] }),
    detail: z.string().meta({ description: 'A sentence, or the words of the source', example: 'HTTP 500, 5 attempts' }),
    repair: z.string().nullable().meta({
      description: 'Command that repairs it; null when waiting is all there is to do',
      example: 'windfall date 2025-05-26',
    }),
  })
  .meta({ id: 'Missing' }) satisfies z.ZodType<Missing>;

export type MissingPeriods = z.infer<typeof missing>;

/** Of a month or year: the same cause on successive dates is one entry. */
export const missingDates = missing
  .extend({
    from: z.iso.date().meta({ description: 'First settlement date concerned', example: '2025-05-12' }),
    to: z.iso.date().meta({ description: 'Last settlement date concerned', example: '2025-05-13' }),
  })
  .meta({ id: 'MissingDates' });
export type MissingDates = z.infer<typeof missingDates>;

const mwh = z.number().nullable();

/** Energy, money and bitcoin of anything. */
export const amounts = {
  curtailedMwh: mwh.meta({
    description: 'Energy not produced, MWh to 6 places; null: not fetched',
    example: 75000.906,
  }),
  paymentGbp: z.number().nullable().meta({
    description: 'Net payment to the farms, GBP; negative when they paid to be switched off',
    example: 2310456.12,
  }),
  absolutePaymentGbp: z.number().nullable().meta({
    description: 'Sum of the sizes of the single payments, GBP',
    example: 2311000.1,
  }),
};

export const potentialBtc = z.record(z.string(), z.string().nullable()).meta({
  description: 'Bitcoin that each miner model could have made, 8 decimals; null: not known',
  example: { M20S: '47.98401234', S19J_PRO: '58.12345678', S9: '18.08812345' },
});

/** The part of F (figures of anything) that says what they rest on. */
export const provenance = {
  state: dayState,
  revision: z.int().nullable().meta({ description: 'Grows whenever the figures change; null: none yet', example: 7 }),
};

export const figures = {
  ...amounts,
  windOnshoreMwh: mwh.meta({
    description:
      'Onshore wind generation of the whole country, MWh: the sum of what is known; null: nothing is, or some farms only',
    example: 61234.5,
  }),
  windOffshoreMwh: mwh.meta({ description: 'Offshore wind generation, likewise', example: 140321.75 }),
  windPeriodsLoaded: z.int().nullable().meta({
    description: 'Settlement periods of which both kinds of generation are known; null: some farms only',
    example: 48,
  }),
  curtailedShare: z.number().nullable().meta({
    description:
      'Curtailed ÷ (onshore + offshore + curtailed), 0 to 1; null unless curtailment and both kinds of generation are known of the same half hours, all of each day',
    example: 0.271182,
  }),
  potentialBtc,
  ...provenance,
};

export function amountsOf(stored: Omit<StoredFigures, 'potentialBtc'>) {
  return {
    curtailedMwh: mwhOf(stored.curtailedMwh),
    paymentGbp: gbpOf(stored.paymentGbp),
    absolutePaymentGbp: gbpOf(stored.absolutePaymentGbp),
  };
}

export function bitcoinOf({ potentialBtc: exact }: Pick<StoredFigures, 'potentialBtc'>): Record<string, string | null> {
  return Object.fromEntries(Object.entries(exact).map(([model, btc]) => [model, btcOf(btc)]));
}
