import type { WindDays } from '../curtailment/wind-days.js';
import type { Revisions } from '../control/revisions.js';
import { latestRunOf } from './calculation-run.js';
import { drawRowCount, otherActionsOf } from './other-actions.js';
import { byPrice, stackRowsOf, type BalancingAction, type Side } from './stack-row.js';

/** A replay is for checking figures, not for weight: enough other rows to be passed over, no more. */
const OTHER_ROWS_BESIDE_A_RECORDING = 40;

/** The settlement stack of any period, as the latest calculation run and the revisions made since have it. */
export class SettlementStack {
  private readonly kept = new Map<string, Buffer>();
  private keptBytes = 0;

  constructor(
    private readonly seed: string,
    private readonly windDays: WindDays,
    private readonly otherUnitIds: readonly string[],
    private readonly revisions: Revisions,
    private readonly nowMs: () => number,
    /** How much is kept of what was answered, so as not to be made again. */
    private readonly keptLimitBytes: number,
  ) {}

  /**
   * When the period's present version was calculated, or null while it has not settled.
   *
   * @param period one that the day has
   */
  createdDateTimeOf(settlementDate: string, period: number): string | null {
    const run = latestRunOf(settlementDate, period, this.nowMs());
    if (run === null) return null;
    const revised = this.revisions.createdDateTimeOf(settlementDate, period);
    return revised !== null && revised > run.createdDateTime ? revised : run.createdDateTime;
  }

  /** The period's actions of one side in the order of the stack, revisions included; none before it has settled. */
  actionsOf(side: Side, settlementDate: string, period: number): BalancingAction[] {
    const run = latestRunOf(settlementDate, period, this.nowMs());
    if (run === null) return [];
    const wind = this.windDays.actionsOf(side, settlementDate, period, run.name);
    const otherCount = this.otherRowCount(side, settlementDate, period, wind.length);
    const others = otherActionsOf(this.seed, this.otherUnitIds, side, settlementDate, period, otherCount);
    return this.revisions.apply([...wind, ...others].sort(byPrice), side, settlementDate, period).sort(byPrice);
  }

  /** The body of the period's answer, ready to be sent. */
  answerOf(side: Side, settlementDate: string, period: number): Buffer {
    const createdDateTime = this.createdDateTimeOf(settlementDate, period) ?? '';
    const run = latestRunOf(settlementDate, period, this.nowMs())?.name;
    const key = [side, settlementDate, period, run, this.revisions.version].join('/');
    const kept = this.kept.get(key);
    if (kept !== undefined) return kept;
    const actions = this.actionsOf(side, settlementDate, period);
    const rows = stackRowsOf(actions, settlementDate, period, createdDateTime);
    const answer = Buffer.from(JSON.stringify({ metadata: { datasets: ['ISPSTACK'] }, data: rows }));
    this.keep(key, answer);
    return answer;
  }

  private otherRowCount(side: Side, settlementDate: string, period: number, windRows: number): number {
    switch (this.windDays.originOf(settlementDate)) {
      case 'recorded':
        return OTHER_ROWS_BESIDE_A_RECORDING;
      case 'recorded-empty':
        return 0;
      case 'generated':
        return Math.max(0, drawRowCount(this.seed, side, settlementDate, period) - windRows);
    }
  }

  private keep(key: string, answer: Buffer): void {
    this.kept.set(key, answer);
    this.keptBytes += answer.length;
    for (const [oldest, bytes] of this.kept) {
      if (this.keptBytes <= this.keptLimitBytes) break;
      this.kept.delete(oldest);
      this.keptBytes -= bytes.length;
    }
  }
}
