import { type ValuedEpochs } from '@app/domain';
import { type Executor, rowsOf } from '../../executor.js';

export interface WaitingDay {
  settlementDate: string;
  /** What it was valued with; nothing when it is blocked. */
  valued: ValuedEpochs;
}

/** Days that another retarget may change: blocked for want of a difficulty, or in the epoch that was the newest known. */
export async function findWaitingDays(executor: Executor): Promise<WaitingDay[]> {
  return await rowsOf<WaitingDay>(
    executor,
    `select settlement_date as "settlementDate", mining as valued
     from calculation.calculated_days where outcome = 'blocked' or provisional order by settlement_date`,
  );
}
