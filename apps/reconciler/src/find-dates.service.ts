import {
  type Executor,
  findCalculatedSpan,
  findDayGaps,
  findDifficultyMismatches,
  findGapDates,
  findIngestedDates,
} from '@app/database';
import { DifficultyTable } from '@app/difficulty';
import {
  addDays,
  datesOfMonth,
  dayBoundsAt,
  firstUnsettledPeriod,
  largestGap,
  miningEpochsOf,
  settlementDateAt,
  settlementDatesBetween,
  WindfallError,
} from '@app/domain';
import { Inject, Injectable } from '@nestjs/common';
import { config } from './config.js';
import { type AnyRequest } from './job-steps.js';

export interface FoundDates {
  /** In the order in which they are to be begun. */
  dates: string[];
  /** What was found on the way, where the kind looks for something. */
  result: Record<string, unknown> | null;
}

const DEFAULT_DAYS = 2;

/** Finds the dates that a request is about. */
@Injectable()
export class FindDatesService {
  constructor(@Inject(DifficultyTable) private readonly difficulty: DifficultyTable) {}

  /** @throws {WindfallError} `impossible-settlement-date` when a date that is asked for has not begun yet */
  async find(executor: Executor, request: AnyRequest): Promise<FoundDates> {
    const nowAt = new Date().toISOString();
    const today = settlementDateAt(nowAt);
    switch (request.kind) {
      case 'range':
      case 'wind-generation':
        return found(begun(settlementDatesBetween(request.from, request.to ?? request.from), today));
      case 'ingest-month': {
        const { from = '', to = '~' } = request;
        return found(begunOfMonth(request.month, today).filter((date) => date >= from && date <= to));
      }
      case 'calculate':
        return found(
          await derivable(executor, begun(settlementDatesBetween(request.from, request.to ?? request.from), today)),
        );
      case 'summarize':
        return found(
          await derivable(
            executor,
            request.month === undefined
              ? begun(settlementDatesBetween(request.from ?? '', request.to ?? request.from ?? ''), today)
              : begunOfMonth(request.month, today),
          ),
        );
      case 'reconcile':
        return found(await findGapDates(executor, config.COVERAGE_FROM ?? null, today));
      case 'most-critical': {
        const unsettled = firstUnsettledPeriod(nowAt).settlementDate;
        const gap = largestGap(await findDayGaps(executor, config.COVERAGE_FROM ?? null, today, unsettled));
        return { dates: gap === null ? [] : [gap.settlementDate], result: { largestGap: gap } };
      }
      case 'daily-check': {
        const yesterday = addDays(today, -1);
        return found(settlementDatesBetween(addDays(today, -(request.days ?? DEFAULT_DAYS)), yesterday).reverse());
      }
      case 'difficulty-mismatch':
        return await this.mismatches(executor, request.apply === true);
      case 'bmu-mapping':
        return found([today]);
      default:
        return found(begun([request.date], today));
    }
  }

  private async mismatches(executor: Executor, apply: boolean): Promise<FoundDates> {
    const span = await findCalculatedSpan(executor);
    if (span === null) return { dates: [], result: { mismatches: [] } };
    const bounds = { fromAt: dayBoundsAt(span.from).startAt, toAt: dayBoundsAt(span.to).endAt };
    const retargets = await this.difficulty.readRetargets(bounds);
    const expected = settlementDatesBetween(span.from, span.to).flatMap((settlementDate) => {
      const mining = miningEpochsOf(settlementDate, retargets);
      return mining.blocked ? [] : mining.epochs.map((epoch) => ({ ...epoch, settlementDate }));
    });
    const mismatches = await findDifficultyMismatches(executor, expected);
    return { dates: apply ? mismatches.map(({ settlementDate }) => settlementDate) : [], result: { mismatches } };
  }
}

function found(dates: string[]): FoundDates {
  return { dates, result: null };
}

/** Nobody can ask for what has not begun. */
function begun(dates: string[], today: string): string[] {
  const last = dates.at(-1) ?? today;
  if (last <= today) return dates;
  throw new WindfallError(
    'impossible-settlement-date',
    `${last} has not begun yet; the newest settlement day is ${today}.`,
    { details: { allowed: `up to ${today}` } },
  );
}

/** Of a month that goes on, the dates so far. */
function begunOfMonth(month: string, today: string): string[] {
  const dates = datesOfMonth(month);
  begun(dates.slice(0, 1), today);
  return dates.filter((date) => date <= today);
}

/** One date is tried as it is asked for; of many, those of which something is stored. */
async function derivable(executor: Executor, dates: string[]): Promise<string[]> {
  const [from, to] = [dates[0], dates.at(-1)];
  if (from === undefined || to === undefined || dates.length === 1) return dates;
  return await findIngestedDates(executor, from, to);
}
