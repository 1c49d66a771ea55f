import { monthOf, yearOf } from '../settlement/settlement-date.js';

/** A day whose summaries were rebuilt. */
export interface RebuiltDay {
  readonly settlementDate: string;
  /** They rest on the newest of what is beneath already. */
  readonly upToDate: boolean;
}

/** Of which days, months and years some row was written. */
export interface WrittenSummaries {
  readonly dates: readonly string[];
  readonly months: readonly string[];
  readonly years: readonly number[];
}

/**
 * The days that get a new revision: those that were not up to date or whose rows changed. A month or year that changed although
 * none of its days did was damaged itself; its revision is the newest of its days, so those that were rebuilt get new ones.
 */
export function daysToRenew<Day extends RebuiltDay>(
  days: readonly Day[],
  { dates, months, years }: WrittenSummaries,
): Day[] {
  const written = new Set(dates);
  const changed = days.filter((day) => !day.upToDate || written.has(day.settlementDate));
  const changedDates = changed.map((day) => day.settlementDate);
  const damagedMonths = without(months, changedDates.map(monthOf));
  const damagedYears = without(years, changedDates.map(yearOf));
  const renewed = new Set(changed);
  return days.filter(
    (day) =>
      renewed.has(day) ||
      damagedMonths.has(monthOf(day.settlementDate)) ||
      damagedYears.has(yearOf(day.settlementDate)),
  );
}

function without<Key>(keys: readonly Key[], others: readonly Key[]): Set<Key> {
  return new Set(keys.filter((key) => !others.includes(key)));
}
