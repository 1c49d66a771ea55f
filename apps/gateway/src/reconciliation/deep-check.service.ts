import {
  auditCalculationCounts,
  auditMonths,
  auditSettlementDays,
  auditSettlementPeriods,
  auditWindGenerationDays,
  beginCheck,
  compareCalculations,
  compareDailySummaries,
  compareDailyWindGeneration,
  compareMonthlySummaries,
  compareMonthlyWindGeneration,
  compareYearlySummaries,
  compareYearlyWindGeneration,
  Database,
  type DateRange,
  type DayToCheck,
  type Executor,
  findDaysToCheck,
  findMinerModels,
  findSuspectDays,
} from '@app/database';
import { DifficultyTable } from '@app/difficulty';
import {
  bitcoinFactorsOf,
  dayBoundsAt,
  FORMULA_VERSION,
  type Gap,
  type MinerModel,
  miningEpochsOf,
  monthOf,
  type Retarget,
  WindfallError,
  yearOf,
} from '@app/domain';
import { Injectable } from '@nestjs/common';
import pLimit from 'p-limit';
import { calculationGaps, ledgerGap, summaryGap, windGenerationGap } from './deep-gaps.js';

/** Half a year of rows fits into the memory of a join. */
const MONTHS_AT_ONCE = 6;
/** Checks are work for the database; more at once would only keep others from it. */
const AT_ONCE = 2;

/**
 * Compares all that is stored of a range with what it ought to be, row by row: what the ledgers say is not believed here.
 *
 * It looks at days whose calculations are said to rest on the newest content; what lags behind is a gap by the ledgers.
 */
@Injectable()
export class DeepCheckService {
  constructor(
    private readonly database: Database,
    private readonly difficulty: DifficultyTable,
  ) {}

  async check(range: DateRange): Promise<Gap[]> {
    const days = await findDaysToCheck(this.database, range);
    const limit = pLimit(AT_ONCE);
    const whole = [limit(() => this.checkMonthsLedger(range))];
    if (days.length > 0) {
      const models = await findMinerModels(this.database);
      whole.push(...spansOf(days).map((span) => limit(() => this.checkSpan(span, models))));
      whole.push(limit(() => this.checkRollUps(days)));
    }
    // Rows of dates outside of the days that are said to be there.
    whole.push(limit(() => this.auditRows(range)));
    whole.push(limit(() => this.checkWindGeneration(range)));
    return (await Promise.all(whole)).flat();
  }

  private async retargetsOf(from: string, to: string): Promise<Retarget[]> {
    const span = { fromAt: dayBoundsAt(from).startAt, toAt: dayBoundsAt(to).endAt };
    return await this.difficulty.readRetargets(span).catch((cause: unknown) => {
      throw new WindfallError('unavailable', 'The difficulty table cannot be read; try again soon.', { cause });
    });
  }

  private async checkSpan(span: DateRange, models: readonly MinerModel[]): Promise<Gap[]> {
    const retargets = await this.retargetsOf(span.from, span.to);
    return await this.database.transaction(async (transaction) => {
      await beginCheck(transaction);
      const days = await findDaysToCheck(transaction, span);
      const dates = days.map((day) => day.settlementDate);
      const factors = bitcoinFactorsOf(
        dates.map((settlementDate) => ({ settlementDate, mining: miningEpochsOf(settlementDate, retargets) })),
        models,
      );
      const suspects = await findSuspectDays(transaction, dates, factors, FORMULA_VERSION);
      const suspected = new Set(suspects);
      const differences =
        suspects.length === 0
          ? []
          : await compareCalculations(
              transaction,
              suspects,
              factors.filter((factor) => suspected.has(factor.settlementDate)),
              FORMULA_VERSION,
            );
      const summarised = days.filter((day) => day.summarised).map((day) => day.settlementDate);
      const summaries = await compareDailySummaries(transaction, summarised);
      return [
        ...differences.flatMap(calculationGaps),
        ...summaries.map((difference) => summaryGap(difference, difference.key)),
      ];
    });
  }

  private async checkRollUps(days: readonly DayToCheck[]): Promise<Gap[]> {
    const dates = days.filter((day) => day.summarised).map((day) => day.settlementDate);
    // A month or year is made right by summing one of its days.
    const dateOf = new Map(
      dates.flatMap((date) => [[monthOf(date), date] as const, [String(yearOf(date)), date] as const]),
    );
    return await this.database.transaction(async (transaction) => {
      await beginCheck(transaction);
      const found = [
        ...(await compareMonthlySummaries(transaction, [...new Set(dates.map(monthOf))])),
        ...(await compareYearlySummaries(transaction, [...new Set(dates.map(yearOf))])),
      ];
      return found.map((difference) => summaryGap(difference, dateOf.get(difference.key) ?? difference.key));
    });
  }

  private async checkWindGeneration(range: DateRange): Promise<Gap[]> {
    return await this.database.transaction(async (transaction) => {
      await beginCheck(transaction);
      const found = [
        ...(await compareDailyWindGeneration(transaction, range)),
        ...(await compareMonthlyWindGeneration(transaction, range)),
        ...(await compareYearlyWindGeneration(transaction, range)),
      ];
      return found.map(windGenerationGap);
    });
  }

  private async auditRows(range: DateRange): Promise<Gap[]> {
    const audits = [auditCalculationCounts, auditSettlementDays, auditSettlementPeriods, auditWindGenerationDays];
    return await this.audit(audits, range);
  }

  private async checkMonthsLedger(range: DateRange): Promise<Gap[]> {
    return await this.audit([auditMonths], range);
  }

  private async audit(
    audits: readonly ((executor: Executor, range: DateRange) => ReturnType<typeof auditMonths>)[],
    range: DateRange,
  ): Promise<Gap[]> {
    return await this.database.transaction(async (transaction) => {
      await beginCheck(transaction);
      const gaps: Gap[] = [];
      for (const audit of audits) gaps.push(...(await audit(transaction, range)).map(ledgerGap));
      return gaps;
    });
  }
}

/** The days in runs of some months. */
function spansOf(days: readonly DayToCheck[]): DateRange[] {
  const dates = days.map((day) => day.settlementDate);
  const months = [...new Set(dates.map(monthOf))];
  const spans: DateRange[] = [];
  for (let start = 0; start < months.length; start += MONTHS_AT_ONCE) {
    const some = new Set(months.slice(start, start + MONTHS_AT_ONCE));
    const within = dates.filter((date) => some.has(monthOf(date)));
    spans.push({ from: within[0] ?? '', to: within.at(-1) ?? '' });
  }
  return spans;
}
