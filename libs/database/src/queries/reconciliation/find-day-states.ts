import { type DayState, type MissingCause } from '@app/domain';
import { type Executor, rowsOf } from '../../executor.js';

/** What keeps a day from being complete, as the ledgers tell it. */
export interface StoredMissing {
  cause: MissingCause;
  /** Empty when it is not about single periods. */
  periods: number[];
  /** Null where the cause says it all. */
  detail: string | null;
}

export interface StoredDayState {
  settlementDate: string;
  state: DayState;
  /** Of the summaries; null while there are none. */
  revision: number | null;
  periodsExpected: number;
  periodsLoaded: number;
  missing: StoredMissing[];
}

/** State of each day of a range that was ever fetched, and what it lacks; a date never fetched has no row. */
export async function findDayStates(executor: Executor, from: string, to: string): Promise<StoredDayState[]> {
  return await rowsOf<StoredDayState>(
    executor,
    `select s.settlement_date as "settlementDate", s.state, s.summary_revision as revision,
            s.periods_expected as "periodsExpected", s.periods_loaded as "periodsLoaded", coalesce(m.missing, '[]') as missing
     from reconciliation.day_states_between($1, $2) s
     left join (
       select settlement_date,
              jsonb_agg(jsonb_build_object('cause', cause, 'periods', periods, 'detail', detail) order by cause, periods) as missing
       from reconciliation.missing_between($1, $2) group by settlement_date
     ) m using (settlement_date)
     order by s.settlement_date`,
    [from, to],
  );
}
