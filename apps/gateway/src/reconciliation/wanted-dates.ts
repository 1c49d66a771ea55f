import { type DateRange } from '@app/database';
import { addDays, settlementDateAt } from '@app/domain';
import { type GatewayConfig } from '../config.js';

/** The dates that ought to be there; null when only dates ever fetched count. Today is not over, so it cannot be expected. */
export function wantedDates({ COVERAGE_FROM: from }: GatewayConfig, nowAt: string): DateRange | null {
  return from === undefined ? null : { from, to: addDays(settlementDateAt(nowAt), -1) };
}
