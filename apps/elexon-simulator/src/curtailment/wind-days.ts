import type { CalculationRun } from '../stack/calculation-run.js';
import type { BalancingAction, Side } from '../stack/stack-row.js';
import type { GeneratedDays } from './generated-days.js';
import type { RecordedDays } from './recorded-days.js';

/** Where a date's curtailment comes from. `recorded-empty`: a date inside the recording on which nothing happened. */
export type DayOrigin = 'generated' | 'recorded' | 'recorded-empty';

/** What wind units did on any date: recorded where the recording reaches, generated everywhere else. */
export class WindDays {
  constructor(
    private readonly generated: GeneratedDays,
    private readonly recorded: RecordedDays | null,
  ) {}

  originOf(settlementDate: string): DayOrigin {
    if (!this.recorded?.covers(settlementDate)) return 'generated';
    return this.recorded.hasRows(settlementDate) ? 'recorded' : 'recorded-empty';
  }

  /** A recording is final: its two runs differ in nothing but their stamp. */
  actionsOf(side: Side, settlementDate: string, period: number, run: CalculationRun['name']): BalancingAction[] {
    return this.recorded?.covers(settlementDate)
      ? this.recorded.actionsOf(side, settlementDate, period)
      : this.generated.actionsOf(side, settlementDate, period, run);
  }

  /** How windy a date is, 0 the calmest of all days and 1 the windiest. */
  windinessOf(settlementDate: string): number {
    return this.generated.windinessOf(settlementDate);
  }
}
