import { instantOf } from '../settlement/instant.js';
import { PERIOD_MS, settlementDayOf } from '../settlement/settlement-day.js';
import { blockSubsidyAtMs } from './block-subsidy.js';
import { difficultyAtMs, type Retarget } from './difficulty.js';

/** Successive periods of a settlement day that are valued alike. */
export interface MiningEpoch {
  readonly fromPeriod: number;
  readonly toPeriod: number;
  /** Network difficulty, a whole number as text. */
  readonly difficulty: string;
  /** Decimal text. */
  readonly blockSubsidyBtc: string;
  /** In the newest known epoch: a retarget that is not known yet may have come before these periods. */
  readonly provisional: boolean;
}

/** How the periods of a day are valued, or which of them cannot be and why: then the whole day waits. */
export type MiningEpochs =
  | { readonly blocked: false; readonly epochs: MiningEpoch[] }
  | { readonly blocked: true; readonly detail: string; readonly periods: number[] };

/**
 * Difficulty and block subsidy of each period of a settlement day, chosen by the period's start: retargets and halvings
 * fall inside days, and a rule by date would value some periods wrongly.
 *
 * @param retargets in ascending order of time
 * @returns runs that cover the day without a gap, or the periods without a difficulty and a sentence saying why
 * @throws {WindfallError} as `parseSettlementDate`
 *
 * Source: docs/rules.md, rule 4.
 */
export function miningEpochsOf(date: string, retargets: readonly Retarget[]): MiningEpochs {
  const { startMs, periods } = settlementDayOf(date);
  const valueOf = (period: number) => valueAt(retargets, startMs + (period - 1) * PERIOD_MS);
  const [first, last] = [valueOf(1), valueOf(periods)];
  // Both only ever change with time: what holds at the beginning and at the end of most days holds for all between.
  if (first.known && last.known && first.retarget === last.retarget && first.blockSubsidyBtc === last.blockSubsidyBtc) {
    return { blocked: false, epochs: [epochOf(1, periods, first)] };
  }
  const epochs: MiningEpoch[] = [];
  const blocked: number[] = [];
  let firstDetail = '';
  for (let period = 1; period <= periods; period += 1) {
    const value = valueOf(period);
    if (value.known) append(epochs, epochOf(period, period, value));
    else if (blocked.push(period) === 1) firstDetail = value.detail;
  }
  if (blocked.length === 0) return { blocked: false, epochs };
  const firstBlocked = blocked[0] ?? 1;
  const instant = instantOf(startMs + (firstBlocked - 1) * PERIOD_MS);
  const detail =
    `No difficulty for ${date} from period ${firstBlocked} (${instant}): ${firstDetail}. ` +
    `A retarget is added by POST /api/difficulty.`;
  return { blocked: true, detail, periods: blocked };
}

/** What a day was valued with, as it is stored: nothing when it was blocked. */
export type ValuedEpochs = readonly Omit<MiningEpoch, 'provisional'>[];

/**
 * Whether a day that waits for another retarget is valued otherwise by those that are known now: it is no longer blocked or
 * provisional, or some of its periods turn out to lie in another epoch, be it the newest again.
 *
 * @param valued what a blocked or provisional day was valued with
 */
export function isRevalued(valued: ValuedEpochs, now: MiningEpochs): boolean {
  const wasBlocked = valued.length === 0;
  if (wasBlocked || now.blocked) return wasBlocked !== now.blocked;
  const isFinal = now.epochs.every((epoch) => !epoch.provisional);
  return (
    isFinal || now.epochs.length !== valued.length || now.epochs.some((epoch, index) => !alike(epoch, valued[index]))
  );
}

function alike(epoch: MiningEpoch, valued: ValuedEpochs[number] | undefined): boolean {
  return (
    epoch.fromPeriod === valued?.fromPeriod &&
    epoch.toPeriod === valued.toPeriod &&
    epoch.difficulty === valued.difficulty &&
    epoch.blockSubsidyBtc === valued.blockSubsidyBtc
  );
}

interface Value {
  retarget: Retarget;
  blockSubsidyBtc: string;
  newest: boolean;
}

function valueAt(
  retargets: readonly Retarget[],
  atMs: number,
): ({ known: true } & Value) | { known: false; detail: string } {
  const inForce = difficultyAtMs(retargets, atMs);
  return inForce.known ? { ...inForce, blockSubsidyBtc: blockSubsidyAtMs(atMs) } : inForce;
}

function epochOf(fromPeriod: number, toPeriod: number, { retarget, blockSubsidyBtc, newest }: Value): MiningEpoch {
  return { fromPeriod, toPeriod, difficulty: retarget.difficulty, blockSubsidyBtc, provisional: newest };
}

function append(epochs: MiningEpoch[], next: MiningEpoch): void {
  const last = epochs.at(-1);
  const alike =
    last?.difficulty === next.difficulty &&
    last.blockSubsidyBtc === next.blockSubsidyBtc &&
    last.provisional === next.provisional;
  if (alike) epochs[epochs.length - 1] = { ...last, toPeriod: next.toPeriod };
  else epochs.push(next);
}
