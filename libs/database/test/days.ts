import { randomUUID } from 'node:crypto';
import { type BitcoinFactor, type CurtailmentRecord, settlementPeriodsOf, settlementPeriodsUpTo } from '@app/domain';
import { type Executor, rowOf, rowsOf } from '../src/executor.js';
import { findDaysToCalculate } from '../src/queries/calculation/find-days-to-calculate.js';
import { replaceCalculations } from '../src/queries/calculation/replace-calculations.js';
import { stampCalculatedDays, type StampedCalculation } from '../src/queries/calculation/stamp-calculated-days.js';
import { drawFetchNumber } from '../src/queries/ingestion/draw-fetch-number.js';
import { type PeriodState } from '../src/queries/ingestion/find-settlement-periods.js';
import { lockSettlementDay } from '../src/queries/ingestion/lock-settlement-day.js';
import { type PeriodOutcome, recordSettlementPeriods } from '../src/queries/ingestion/record-settlement-periods.js';
import {
  curtailmentRecordRows,
  deleteCurtailmentRecords,
  insertCurtailmentRecords,
} from '../src/queries/ingestion/replace-curtailment-records.js';
import { type StampedDay, stampSettlementDay } from '../src/queries/ingestion/stamp-settlement-day.js';
import { findDaysToAggregate } from '../src/queries/summary/find-days-to-aggregate.js';
import { preferHashJoins } from '../src/queries/prefer-hash-joins.js';
import { lockYears } from '../src/queries/summary/lock-years.js';
import { rebuildBitcoinDailySummaries } from '../src/queries/summary/rebuild-bitcoin-daily-summaries.js';
import { rebuildDailySummaries } from '../src/queries/summary/rebuild-daily-summaries.js';
import { rebuildMonthlySummaries, rebuildYearlySummaries } from '../src/queries/summary/roll-up-summaries.js';
import { stampAggregatedDays, type StampedSummary } from '../src/queries/summary/stamp-aggregated-days.js';

/** Bitcoin per MWh in these tests: round, so that sums can be done in the head. */
export const btcPerMwh: Record<string, string> = { M20S: '0.0007', S19J_PRO: '0.001', S9: '0.0003' };

export function record(settlementDate: string, changes: Partial<CurtailmentRecord> = {}): CurtailmentRecord {
  return {
    settlementDate,
    settlementPeriod: 1,
    side: 'bid',
    farmId: 'T_VKNGW-1',
    leadParty: 'Viking',
    acceptanceId: 100,
    bidOfferPairId: -1,
    runningNumber: 0,
    volumeMwh: '-10',
    originalPriceGbpPerMwh: '-50',
    soFlag: true,
    cadlFlag: false,
    sourceCreatedAt: null,
    ...changes,
  };
}

export function outcome(
  settlementPeriod: number,
  state: PeriodState,
  changes: Partial<PeriodOutcome> = {},
): PeriodOutcome {
  const loaded = state === 'fetched' || state === 'fetched-empty';
  return {
    settlementPeriod,
    state,
    causeCode: state === 'failed' ? 'source-unavailable' : null,
    causeDetail: state === 'failed' ? 'HTTP 500, 5 attempts' : null,
    fetchedAt: loaded || state === 'failed' ? '2025-06-01T00:00:00Z' : null,
    sourceCreatedAt: null,
    answer: state === 'fetched' ? 'rows' : state === 'fetched-empty' ? 'empty' : null,
    rowCount: 0,
    contentHash: loaded ? 'hash' : null,
    uncountedUnitIds: [],
    ...changes,
  };
}

/** Stores a day whole, as ingestion does; each period of it is loaded unless `periods` says otherwise. */
export async function ingest(
  executor: Executor,
  settlementDate: string,
  records: readonly CurtailmentRecord[],
  options: { periods?: readonly PeriodOutcome[]; finalAt?: string; contentChanged?: boolean } = {},
): Promise<StampedDay> {
  const all = settlementPeriodsUpTo(settlementPeriodsOf(settlementDate));
  const { fetchNumber } = await drawFetchNumber(executor, settlementDate, randomUUID());
  await lockSettlementDay(executor, settlementDate, all.length);
  await deleteCurtailmentRecords(executor, settlementDate, all);
  await insertCurtailmentRecords(executor, [curtailmentRecordRows(records)]);
  const special = new Map(options.periods?.map((period) => [period.settlementPeriod, period]));
  await recordSettlementPeriods(
    executor,
    settlementDate,
    all.map((period) => special.get(period) ?? outcome(period, 'fetched')),
  );
  const { finalAt = '2025-05-31T00:00:00Z', contentChanged = true } = options;
  return await stampSettlementDay(executor, { settlementDate, fetchNumber, contentChanged, finalAt });
}

export function factorsOf(
  settlementDates: readonly string[],
  changes: Partial<BitcoinFactor> = {},
  perMwh = btcPerMwh,
): BitcoinFactor[] {
  return settlementDates.flatMap((settlementDate) =>
    Object.entries(perMwh).map(([minerModel, factor]) => ({
      settlementDate,
      fromPeriod: 1,
      toPeriod: settlementPeriodsOf(settlementDate),
      minerModel,
      hashrateThs: '100',
      powerW: '3050',
      difficulty: '121658450774825',
      blockSubsidyBtc: '3.125',
      btcPerMwh: factor,
      ...changes,
    })),
  );
}

/** Brings the calculations of some days in line with what was ingested; a blocked day has none. */
export async function calculate(
  executor: Executor,
  settlementDates: readonly string[],
  options: { factors?: readonly BitcoinFactor[]; blocked?: string; provisional?: boolean } = {},
): Promise<StampedCalculation[]> {
  const { blocked, provisional = false } = options;
  const factors = blocked === undefined ? (options.factors ?? factorsOf(settlementDates)) : [];
  const { days } = await findDaysToCalculate(executor, settlementDates, true);
  await preferHashJoins(executor);
  const changed = await replaceCalculations(executor, settlementDates, factors, 1);
  const { stamped } = await stampCalculatedDays(
    executor,
    days.map((day) => ({
      settlementDate: day.settlementDate,
      derivedFrom: day.ingestionRevision,
      blocked: blocked === undefined ? null : { detail: blocked, periods: [1, 2] },
      provisional,
      mining: [],
      rowsChanged: changed.includes(day.settlementDate),
    })),
  );
  return stamped;
}

/** Rebuilds the summaries of some days, their months and their years. */
export async function aggregate(executor: Executor, settlementDates: readonly string[]): Promise<StampedSummary[]> {
  const years = [...new Set(settlementDates.map((date) => Number(date.slice(0, 4))))];
  await lockYears(executor, years);
  const days = await findDaysToAggregate(executor, settlementDates, true);
  await preferHashJoins(executor);
  await rebuildDailySummaries(executor, settlementDates);
  await rebuildBitcoinDailySummaries(executor, settlementDates);
  await rebuildMonthlySummaries(executor, [...new Set(settlementDates.map((date) => date.slice(0, 7)))]);
  await rebuildYearlySummaries(executor, years);
  return await stampAggregatedDays(executor, days);
}

/** Where each row of a table lies and which transaction wrote it: equal before and after, nothing was written. */
export async function fingerprint(executor: Executor, table: string, where = 'true'): Promise<string[]> {
  const rows = await rowsOf<{ row: string }>(
    executor,
    `select ctid || ' ' || xmin || ' ' || t as row from ${table} t where ${where} order by 1`,
  );
  return rows.map(({ row }) => row);
}

export async function count(executor: Executor, table: string): Promise<number> {
  return (await rowOf<{ count: number }>(executor, `select count(*) from ${table}`)).count;
}
