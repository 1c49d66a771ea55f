import { type Executor, rowsOf } from '../../executor.js';

export interface WaitingDay {
  settlementDate: string;
  blocked: boolean;
}

/** Days that another retarget may change: blocked for want of a difficulty, or in the epoch that was the newest known. */
export async function findWaitingDays(executor: Executor): Promise<WaitingDay[]> {
  return await rowsOf<WaitingDay>(
    executor,
    `select settlement_date as "settlementDate", outcome = 'blocked' as blocked
     from calculation.calculated_days where outcome = 'blocked' or provisional order by settlement_date`,
  );
}
