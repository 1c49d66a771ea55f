import { type Executor, rowsOf } from '../../executor.js';

/** The difficulty and block subsidy that a run of periods of a day is to be calculated with. */
export interface ExpectedEpoch {
  settlementDate: string;
  fromPeriod: number;
  toPeriod: number;
  difficulty: string;
  blockSubsidyBtc: string;
}

export interface DifficultyMismatch {
  settlementDate: string;
  /** Whose calculations were made with another difficulty or block subsidy. */
  periods: number[];
}

/** First and last date that has calculations; null when there are none. */
export async function findCalculatedSpan(executor: Executor): Promise<{ from: string; to: string } | null> {
  const [span] = await rowsOf<{ from: string | null; to: string }>(
    executor,
    `select min(settlement_date) as "from", max(settlement_date) as "to" from calculation.calculated_days`,
  );
  return span === undefined || span.from === null ? null : { from: span.from, to: span.to };
}

/** Dates and periods whose calculations were made with another difficulty than they ought to, or ought not to be there. */
export async function findDifficultyMismatches(
  executor: Executor,
  expected: readonly ExpectedEpoch[],
): Promise<DifficultyMismatch[]> {
  return await rowsOf<DifficultyMismatch>(
    executor,
    `select h.settlement_date as "settlementDate",
            array_agg(distinct h.settlement_period order by h.settlement_period) as periods
     from calculation.historical_bitcoin_calculations h
     left join unnest($1::date[], $2::smallint[], $3::smallint[], $4::numeric[], $5::numeric[])
       as e (settlement_date, from_period, to_period, difficulty, block_subsidy_btc)
       on e.settlement_date = h.settlement_date and h.settlement_period between e.from_period and e.to_period
     where (h.difficulty, h.block_subsidy_btc) is distinct from (e.difficulty, e.block_subsidy_btc)
     group by h.settlement_date
     order by h.settlement_date desc`,
    [
      expected.map((e) => e.settlementDate),
      expected.map((e) => e.fromPeriod),
      expected.map((e) => e.toPeriod),
      expected.map((e) => e.difficulty),
      expected.map((e) => e.blockSubsidyBtc),
    ],
  );
}
