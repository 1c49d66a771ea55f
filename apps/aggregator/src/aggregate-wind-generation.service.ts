import { summaryUpdatedV1 } from '@app/contracts';
import {
  Database,
  type Executor,
  findAlteredWindDays,
  lockYears,
  rebuildDailyWindGeneration,
  rebuildMonthlyWindGeneration,
  rebuildYearlyWindGeneration,
  renewDailyWindGeneration,
  type SummedWindDay,
} from '@app/database';
import { daysToRenew, monthOf, type WrittenSummaries, yearOf } from '@app/domain';
import { addToOutbox, newEvent } from '@app/messaging';
import { traceFields } from '@app/runtime';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { type CausesByDate } from './aggregate-days.service.js';

/** Rebuilds the sums of wind generation of any number of settlement days, then of their months, then of their years. */
@Injectable()
export class AggregateWindGenerationService {
  private readonly logger = new Logger(AggregateWindGenerationService.name);

  constructor(@Inject(Database) private readonly database: Database) {}

  /** In one transaction. What is right already is not written again, and not announced. */
  async aggregateDays(causes: CausesByDate): Promise<void> {
    const { days, alteredDates } = await this.database.transaction(async (transaction) => ({
      days: await rebuild(transaction, causes),
      alteredDates: await findAlteredWindDays(transaction, [...causes.keys()]),
    }));
    for (const day of days) {
      const trace = traceFields(causes.get(day.settlementDate)?.traceparent);
      this.logger.log({ msg: 'wind generation aggregated', ...day, ...trace });
    }
    for (const settlementDate of alteredDates) {
      const repair = `windfall wind-generation ${settlementDate}`;
      this.logger.warn({ msg: 'wind generation not summed: it is not what was fetched', settlementDate, repair });
    }
  }
}

async function rebuild(transaction: Executor, causes: CausesByDate): Promise<SummedWindDay[]> {
  const dates = [...causes.keys()].sort();
  const years = [...new Set(dates.map(yearOf))];
  await lockYears(transaction, years);
  const written = await rebuildDailyWindGeneration(transaction, dates);
  const months = await rebuildMonthlyWindGeneration(transaction, [...new Set(dates.map(monthOf))]);
  const summed = { dates: [], months, years: await rebuildYearlyWindGeneration(transaction, years) };
  const days = [...written, ...(await renewBeneath(transaction, summed, dates, written))];
  const events = days.map((day) => {
    const month = monthOf(day.settlementDate);
    const data = { ...day, input: 'wind-generation' as const, month, year: String(yearOf(day.settlementDate)) };
    return newEvent(summaryUpdatedV1, data, { source: 'aggregator', causation: causes.get(day.settlementDate) });
  });
  await addToOutbox(transaction, 'summary', events);
  return days;
}

/** Draws new revisions beneath the months and years that changed although no day of theirs did. */
async function renewBeneath(
  transaction: Executor,
  summed: WrittenSummaries,
  dates: readonly string[],
  written: readonly SummedWindDay[],
): Promise<SummedWindDay[]> {
  const fresh = new Set(written.map((day) => day.settlementDate));
  const days = dates.map((settlementDate) => ({ settlementDate, upToDate: !fresh.has(settlementDate) }));
  const renewed = daysToRenew(days, summed).filter((day) => day.upToDate);
  return renewed.length === 0
    ? []
    : await renewDailyWindGeneration(
        transaction,
        renewed.map((day) => day.settlementDate),
      );
}
