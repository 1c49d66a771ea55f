import {
  curtailmentRecordRows,
  type Executor,
  insertCurtailmentRecords,
  replaceCalculations,
  rebuildBitcoinDailySummaries,
  rebuildDailySummaries,
  rebuildMonthlySummaries,
  rebuildYearlySummaries,
  stampAggregatedDays,
  stampCalculatedDays,
} from '@app/database';
import { monthOf, settlementPeriodsOf, yearOf } from '@app/domain';

export interface Curtailment {
  period: number;
  farmId: string;
  leadParty: string | null;
  /** Signed as published. */
  volumeMwh: string;
  price: string;
  acceptanceId?: number | null;
}

export interface DayToStore {
  date: string;
  records?: readonly Curtailment[];
  /** Periods that could not be fetched, with what the source said. */
  failed?: Record<number, string>;
  /** Periods that had not settled when the day was fetched. */
  notSettled?: readonly number[];
  /** False: the source may still change it. */
  final?: boolean;
  /** How far derivation got; each step includes those before it. */
  derived?: 'ingested' | 'calculated' | 'summarised';
  /** Why there is no difficulty for it. */
  blocked?: string;
}

/** Bitcoin per MWh in these tests: round, so that sums can be done in the head. */
export const btcPerMwh = { M20S: '0.0007', S19J_PRO: '0.001', S9: '0.0003' } as const;

/** Puts a day into the tables as the services would, by their own statements. */
export async function storeDay(owner: Executor, day: DayToStore): Promise<void> {
  const { date, records = [], failed = {}, notSettled = [], derived = 'summarised' } = day;
  const ingestionRevision = await storePeriods(owner, day);
  const rows = curtailmentRecordRows(
    records.map((record, index) => ({
      settlementDate: date,
      settlementPeriod: record.period,
      side: 'bid',
      farmId: record.farmId,
      leadParty: record.leadParty,
      acceptanceId: record.acceptanceId === undefined ? 1000 + index : record.acceptanceId,
      bidOfferPairId: record.acceptanceId === null ? null : -1,
      runningNumber: record.acceptanceId === null ? index + 1 : 0,
      volumeMwh: record.volumeMwh,
      originalPriceGbpPerMwh: record.price,
      soFlag: true,
      cadlFlag: null,
      sourceCreatedAt: `${date}T08:15:00Z`,
    })),
  );
  await insertCurtailmentRecords(owner, [rows]);
  if (derived === 'ingested' || Object.keys(failed).length + notSettled.length === settlementPeriodsOf(date)) return;
  const calculationRevision = await calculate(owner, day, ingestionRevision);
  if (derived === 'summarised') await summarise(owner, date, calculationRevision);
}

async function storePeriods(owner: Executor, { date, failed = {}, notSettled = [], final = true }: DayToStore) {
  const expected = settlementPeriodsOf(date);
  const loaded = expected - Object.keys(failed).length - notSettled.length;
  const rows = (await owner.query(
    `insert into ingestion.settlement_days (settlement_date, fetch_number, revision, periods_expected, periods_loaded,
                                            source_final, fetched_at)
     values ($1, 1, case when $3 > 0 then nextval('ingestion.revision') end, $2, $3, $4, now())
     returning revision`,
    [date, expected, loaded, final],
  )) as { revision: number }[];
  await owner.query(
    `insert into ingestion.settlement_periods (settlement_date, settlement_period, state, cause_code, cause_detail, content_hash)
     select $1, p, case when $3::jsonb ? p::text then 'failed' when p = any($4::smallint[]) then 'not-settled' else 'fetched' end,
            case when $3::jsonb ? p::text then 'source-unavailable' end, $3::jsonb ->> p::text,
            case when not $3::jsonb ? p::text and not p = any($4::smallint[]) then 'hash' end
     from generate_series(1, $2::integer) p`,
    [date, expected, JSON.stringify(failed), notSettled],
  );
  return rows[0]?.revision ?? 0;
}

async function calculate(owner: Executor, { date, blocked }: DayToStore, derivedFrom: number): Promise<number> {
  const toPeriod = settlementPeriodsOf(date);
  const epoch = { fromPeriod: 1, toPeriod, difficulty: '121658450774825', blockSubsidyBtc: '3.125' };
  const factors = Object.entries(btcPerMwh).map(([minerModel, factor]) => ({
    settlementDate: date,
    minerModel,
    hashrateThs: '100',
    powerW: '3050',
    btcPerMwh: factor,
    ...epoch,
  }));
  if (blocked === undefined) await replaceCalculations(owner, [date], factors, 1);
  const { stamped } = await stampCalculatedDays(owner, [
    {
      settlementDate: date,
      derivedFrom,
      blocked: blocked === undefined ? null : { detail: blocked, periods: [1, 2] },
      provisional: false,
      mining: blocked === undefined ? [epoch] : [],
      rowsChanged: true,
    },
  ]);
  return stamped[0]?.revision ?? 0;
}

async function summarise(owner: Executor, settlementDate: string, calculationRevision: number): Promise<void> {
  await rebuildDailySummaries(owner, [settlementDate]);
  await rebuildBitcoinDailySummaries(owner, [settlementDate]);
  await rebuildMonthlySummaries(owner, [monthOf(settlementDate)]);
  await rebuildYearlySummaries(owner, [yearOf(settlementDate)]);
  await stampAggregatedDays(owner, [{ settlementDate, calculationRevision }]);
}
