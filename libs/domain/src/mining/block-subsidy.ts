import { epochMsOf } from '../settlement/instant.js';

/** The height at which the subsidy halves next; when that block comes is not known yet. */
export const NEXT_HALVING_HEIGHT = 1_050_000;

const FIRST_SUBSIDY_BTC = '50';

/** Block subsidy from each halving on, latest first. Source: block header times (docs/data-sources.md 11). */
const HALVINGS = [
  { height: 840_000, fromAt: '2024-04-20T00:09:27Z', blockSubsidyBtc: '3.125' },
  { height: 630_000, fromAt: '2020-05-11T19:23:43Z', blockSubsidyBtc: '6.25' },
  { height: 420_000, fromAt: '2016-07-09T16:46:13Z', blockSubsidyBtc: '12.5' },
  { height: 210_000, fromAt: '2012-11-28T15:24:38Z', blockSubsidyBtc: '25' },
].map((halving) => ({ ...halving, fromMs: epochMsOf(halving.fromAt) }));

/**
 * Bitcoin per block, fees left out, in force at an instant. It knows of no halving after block 840000:
 * `difficultyAt` refuses the epoch in which the next one falls.
 *
 * @param at ISO 8601; a settlement period is valued with the subsidy at its start
 * @returns decimal text, such as '6.25'
 * @throws {RangeError} when `at` is not an instant
 */
export function blockSubsidyAt(at: string): string {
  return blockSubsidyAtMs(epochMsOf(at));
}

/** As `blockSubsidyAt`, for milliseconds since 1970. */
export function blockSubsidyAtMs(epochMs: number): string {
  return HALVINGS.find(({ fromMs }) => fromMs <= epochMs)?.blockSubsidyBtc ?? FIRST_SUBSIDY_BTC;
}
