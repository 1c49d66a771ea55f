import { calculationCompletedV1, type CloudEvent } from '@app/contracts';
import {
  type CalculatedDay,
  Database,
  type Executor,
  findDaysToCalculate,
  lockDates,
  recountCalculations,
  replaceCalculations,
  stampCalculatedDays,
  type StampedCalculation,
} from '@app/database';
import { DifficultyTable } from '@app/difficulty';
import {
  bitcoinFactorsOf,
  dayBoundsAt,
  FORMULA_VERSION,
  type MiningEpochs,
  miningEpochsOf,
  type Narrowing,
  WindfallError,
} from '@app/domain';
import { addToOutbox, newEvent } from '@app/messaging';
import { traceFields } from '@app/runtime';
import { Inject, Injectable, Logger } from '@nestjs/common';

/** The days to calculate, each with the event that asks for it, if one does. */
export type CausesByDate = ReadonlyMap<string, CloudEvent | undefined>;

/** Calculates the potential bitcoin of any number of settlement days in one transaction. */
@Injectable()
export class CalculateDaysService {
  private readonly logger = new Logger(CalculateDaysService.name);

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(DifficultyTable) private readonly difficulty: DifficultyTable,
  ) {}

  /**
   * Brings the calculations of some days in line with what was ingested and with the difficulty as it is known now. What is
   * already right is not written again.
   *
   * @param everyDay also the days whose calculations rest on the newest content: the difficulty may have changed, or a row
   * @param only some of the calculations, and only of days that rest on the newest content
   * @throws {WindfallError} `superseded` when a day was ingested anew meanwhile; nothing is stored then
   */
  async calculateDays(
    causes: CausesByDate,
    { everyDay, only = null }: { everyDay: boolean; only?: Narrowing | null },
  ): Promise<void> {
    const dates = [...causes.keys()].sort();
    const epochsOf = await this.miningEpochs(dates);
    const stamped = await this.database.transaction((transaction) =>
      this.replace(transaction, dates, epochsOf, { everyDay, only }, causes),
    );
    for (const day of stamped) {
      this.logger.log({ msg: 'calculated', ...day, ...traceFields(causes.get(day.settlementDate)?.traceparent) });
    }
  }

  private async miningEpochs(dates: readonly string[]): Promise<(date: string) => MiningEpochs> {
    const bounds = dates.map(dayBoundsAt);
    const retargets = await this.difficulty.readRetargets({
      fromAt: bounds[0]?.startAt ?? '',
      toAt: bounds.at(-1)?.endAt ?? '',
    });
    return (date) => miningEpochsOf(date, retargets);
  }

  private async replace(
    transaction: Executor,
    dates: readonly string[],
    epochsOf: (date: string) => MiningEpochs,
    { everyDay, only }: { everyDay: boolean; only: Narrowing | null },
    causes: CausesByDate,
  ): Promise<StampedCalculation[]> {
    await lockDates(transaction, 'calculation', dates);
    const { days: due, models } = await findDaysToCalculate(transaction, dates, everyDay);
    const days = only === null ? due : due.filter((day) => day.upToDate);
    if (days.length === 0) return [];
    const found = days.map((day) => ({ ...day, mining: epochsOf(day.settlementDate) }));
    const concerned = found.map((day) => day.settlementDate);
    // Before rows are deleted: a count that is too low would fall below 0.
    if (everyDay) await recountCalculations(transaction, concerned);
    const factors = bitcoinFactorsOf(found, models);
    const changed = new Set(await replaceCalculations(transaction, concerned, factors, FORMULA_VERSION, only));
    const { stamped, superseded } = await stampCalculatedDays(
      transaction,
      found.map((day) => calculatedDay(day, changed.has(day.settlementDate))),
    );
    refuseSuperseded(superseded);
    await addToOutbox(
      transaction,
      'calculation',
      stamped.map((data) =>
        newEvent(calculationCompletedV1, data, { source: 'calculator', causation: causes.get(data.settlementDate) }),
      ),
    );
    return stamped;
  }
}

interface FoundDay {
  settlementDate: string;
  ingestionRevision: number;
  mining: MiningEpochs;
}

function calculatedDay({ settlementDate, ingestionRevision, mining }: FoundDay, rowsChanged: boolean): CalculatedDay {
  const epochs = mining.blocked ? [] : mining.epochs;
  return {
    settlementDate,
    derivedFrom: ingestionRevision,
    blocked: mining.blocked ? { detail: mining.detail, periods: mining.periods } : null,
    provisional: epochs.some((epoch) => epoch.provisional),
    mining: epochs.map(({ fromPeriod, toPeriod, difficulty, blockSubsidyBtc }) => ({
      fromPeriod,
      toPeriod,
      difficulty,
      blockSubsidyBtc,
    })),
    rowsChanged,
  };
}

function refuseSuperseded(dates: readonly string[]): void {
  if (dates.length === 0) return;
  throw new WindfallError(
    'superseded',
    `${dates.join(', ')} was ingested anew while it was calculated; it is calculated again from the newer content.`,
  );
}
