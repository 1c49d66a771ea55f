import { type CloudEvent, summaryUpdatedV1 } from '@app/contracts';
import {
  Database,
  type Executor,
  findDaysToAggregate,
  lockYears,
  noteAggregatedDays,
  rebuildBitcoinDailySummaries,
  rebuildDailySummaries,
  rebuildMonthlySummaries,
  rebuildYearlySummaries,
  stampAggregatedDays,
  type StampedSummary,
} from '@app/database';
import { daysToRenew, monthOf, yearOf } from '@app/domain';
import { addToOutbox, newEvent } from '@app/messaging';
import { traceFields } from '@app/runtime';
import { Inject, Injectable, Logger } from '@nestjs/common';

/** The days to aggregate, each with the event that asks for it. */
export type CausesByDate = ReadonlyMap<string, CloudEvent>;

/** Rebuilds the summaries of any number of settlement days, then of their months, then of their years, in one transaction. */
@Injectable()
export class AggregateDaysService {
  private readonly logger = new Logger(AggregateDaysService.name);

  constructor(@Inject(Database) private readonly database: Database) {}

  /** @param everyDay also the days whose summaries rest on the newest calculations: a row may have been damaged */
  async aggregateDays(causes: CausesByDate, { everyDay }: { everyDay: boolean }): Promise<void> {
    const dates = [...causes.keys()].sort();
    const stamped = await this.database.transaction((transaction) =>
      this.rebuild(transaction, dates, everyDay, causes),
    );
    for (const day of stamped) {
      this.logger.log({ msg: 'aggregated', ...day, ...traceFields(causes.get(day.settlementDate)?.traceparent) });
    }
  }

  private async rebuild(
    transaction: Executor,
    dates: readonly string[],
    everyDay: boolean,
    causes: CausesByDate,
  ): Promise<StampedSummary[]> {
    await lockYears(transaction, yearsOf(dates));
    const days = await findDaysToAggregate(transaction, dates, everyDay);
    if (days.length === 0) return [];
    const concerned = days.map((day) => day.settlementDate);
    const energy = await rebuildDailySummaries(transaction, concerned);
    const bitcoin = await rebuildBitcoinDailySummaries(transaction, concerned);
    const months = await rebuildMonthlySummaries(transaction, [...new Set(concerned.map(monthOf))]);
    const years = await rebuildYearlySummaries(transaction, yearsOf(concerned));
    // What was found right has no effect: no revision, no event.
    const renewed = daysToRenew(days, { dates: [...energy, ...bitcoin], months, years });
    const stamped = await stampAggregatedDays(transaction, renewed);
    if (everyDay) await noteAggregatedDays(transaction, concerned);
    await addToOutbox(
      transaction,
      'summary',
      stamped.map((day) => {
        const data = { ...day, month: monthOf(day.settlementDate), year: String(yearOf(day.settlementDate)) };
        return newEvent(summaryUpdatedV1, data, { source: 'aggregator', causation: causes.get(day.settlementDate) });
      }),
    );
    return stamped;
  }
}

function yearsOf(dates: readonly string[]): number[] {
  return [...new Set(dates.map(yearOf))];
}
