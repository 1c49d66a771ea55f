import { curtailmentIngestedV1, type EventOf, ingestionRequestedV1 } from '@app/contracts';
import {
  Database,
  deleteCurtailmentRecords,
  drawFetchNumber,
  type Executor,
  findSettlementPeriods,
  findStoredContent,
  insertCurtailmentRecords,
  lockSettlementDay,
  recordSettlementPeriods,
  type StampedDay,
  stampSettlementDay,
  type StoredContent,
  type StoredPeriod,
} from '@app/database';
import {
  contentHash,
  finalAt,
  periodStartAt,
  settledPeriodsOf,
  settlementPeriodsOf,
  settlementPeriodsUpTo,
} from '@app/domain';
import { addToOutbox, newEvent } from '@app/messaging';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { doubtNotFound, NO_RECORDS } from './doubt-not-found.js';
import {
  failTogether,
  isFailed,
  type LoadedPeriod,
  PeriodFetcher,
  type PeriodFetch,
} from './period-fetcher.service.js';
import { periodOutcomes } from './period-outcomes.js';
import { WindRegisterService, type WindUnits } from './wind-register.service.js';

export type IngestionRequest = EventOf<typeof ingestionRequestedV1>;

/** What one fetch brought home. */
interface DayFetch {
  settlementDate: string;
  fetchNumber: number;
  startedAt: string;
  /** How many of the day's periods the source ought to have; they are 1 to this number. */
  settled: number;
  periods: PeriodFetch[];
}

type Stored =
  | { superseded: false; day: StampedDay; periods: PeriodFetch[]; changed: number }
  | { superseded: true; covered: boolean };

type StoredDigest = Pick<StoredPeriod, 'settlementPeriod' | 'fetchedAt' | 'contentHash'>;

/** So often in a row can a fetch be overtaken before something is wrong. */
const MAX_FETCHES = 5;

/** Fetches a settlement day, or some of its periods, and puts its curtailment in the place of what was stored. */
@Injectable()
export class IngestDayService {
  private readonly logger = new Logger(IngestDayService.name);

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PeriodFetcher) private readonly periods: PeriodFetcher,
    @Inject(WindRegisterService) private readonly register: WindRegisterService,
  ) {}

  /**
   * Periods that cannot be fetched keep what is stored of them and are recorded as failed; fetching them again is for whoever
   * asked. A fetch that a newer one has overtaken stores nothing.
   *
   * @throws {WindfallError} `impossible-period` or of a settlement date, when there is no such day or period
   */
  async ingestDay(request: IngestionRequest): Promise<void> {
    requirePeriods(request.data);
    for (let fetches = 1; fetches <= MAX_FETCHES; fetches += 1) {
      const fetch = await this.fetch(request);
      const stored = await this.database.transaction((transaction) => this.store(transaction, fetch, request));
      this.log(fetch, stored);
      // The newer fetch may have been for other periods than these.
      if (!stored.superseded || stored.covered) return;
    }
    throw new Error(
      `${request.data.settlementDate} was overtaken ${MAX_FETCHES} times in a row by fetches of other periods`,
    );
  }

  private async fetch({ id, data: { settlementDate, periods } }: IngestionRequest): Promise<DayFetch> {
    const startedAt = new Date().toISOString();
    const { fetchNumber, registerVersion } = await drawFetchNumber(this.database, settlementDate, id);
    const settled = settledPeriodsOf(settlementDate, startedAt);
    const asked = (periods ?? settlementPeriodsUpTo(settlementPeriodsOf(settlementDate))).filter(
      (period) => period <= settled,
    );
    const fetched =
      asked.length === 0 ? [] : await this.fetchPeriods(settlementDate, [...new Set(asked)], registerVersion);
    return { settlementDate, fetchNumber, startedAt, settled, periods: fetched };
  }

  private async fetchPeriods(
    settlementDate: string,
    periods: readonly number[],
    registerVersion: number | null,
  ): Promise<PeriodFetch[]> {
    let windUnits: WindUnits;
    try {
      windUnits = await this.register.windUnits(registerVersion);
    } catch (error) {
      // Nobody can say which rows are wind's, and none must be taken for something else.
      return failTogether(periods, error);
    }
    return await Promise.all(
      periods.map((period) => this.periods.fetch(windUnits, settlementDate, period, { form: 'rows' })),
    );
  }

  private async store(transaction: Executor, fetch: DayFetch, request: IngestionRequest): Promise<Stored> {
    const { settlementDate, fetchNumber } = fetch;
    const periodsExpected = settlementPeriodsOf(settlementDate);
    const locked = await lockSettlementDay(transaction, settlementDate, periodsExpected);
    const stored = await findStored(transaction, request.data, periodsExpected);
    if (locked.fetchNumber > fetchNumber) return { superseded: true, covered: isCovered(fetch, stored) };

    const periods = doubtNotFound(fetch.periods, (period) => stored.get(period)?.contentHash);
    const changed = periods.filter((period): period is LoadedPeriod => isChanged(period, stored));
    await replaceRecords(transaction, settlementDate, changed, stored);
    await recordSettlementPeriods(transaction, settlementDate, periodOutcomes(periods, periodsExpected, fetch.settled));
    const contentChanged = changed.length > 0;
    const stamp = { settlementDate, fetchNumber, contentChanged, finalAt: finalAt(settlementDate) };
    const day = await stampSettlementDay(transaction, stamp);
    if (contentChanged) await announce(transaction, settlementDate, day, request);
    return { superseded: false, day, periods, changed: changed.length };
  }

  private log(fetch: DayFetch, stored: Stored): void {
    const { settlementDate, fetchNumber } = fetch;
    if (stored.superseded) {
      this.logger.log({ msg: 'overtaken by a newer fetch; nothing stored', settlementDate, fetchNumber });
      return;
    }
    const { day, periods, changed } = stored;
    this.logger.log({ msg: 'ingested', settlementDate, fetchNumber, fetched: periods.length, changed, ...day });
    const failed = periods.filter(isFailed);
    if (failed.length > 0) this.logger.warn({ msg: 'periods failed', settlementDate, fetchNumber, failed });
  }
}

/** @throws {WindfallError} when there is no such day, or no such period in it */
function requirePeriods({ settlementDate, periods }: IngestionRequest['data']): void {
  for (const period of periods ?? [1]) periodStartAt(settlementDate, period);
}

/** What is stored of each period: as the ledger has it or, for a request that does not rely on it, as the rows are. */
async function findStored(
  transaction: Executor,
  { settlementDate, compareRows }: IngestionRequest['data'],
  periodsExpected: number,
): Promise<ReadonlyMap<number, StoredDigest>> {
  const stored =
    compareRows === true
      ? (await findStoredContent(transaction, settlementDate, settlementPeriodsUpTo(periodsExpected))).map(digestOf)
      : await findSettlementPeriods(transaction, settlementDate);
  return new Map(stored.map((period) => [period.settlementPeriod, period]));
}

function digestOf({ settlementPeriod, fetchedAt, contentHash: noted, records }: StoredContent): StoredDigest {
  const isStored = noted !== null || records.length > 0;
  return { settlementPeriod, fetchedAt, contentHash: isStored ? contentHash(records) : null };
}

/** Whether all that this fetch was for has been asked for since it began. */
function isCovered({ periods, startedAt }: DayFetch, stored: ReadonlyMap<number, StoredDigest>): boolean {
  return periods.every(({ settlementPeriod }) => (stored.get(settlementPeriod)?.fetchedAt ?? '') >= startedAt);
}

function isChanged(period: PeriodFetch, stored: ReadonlyMap<number, StoredDigest>): boolean {
  return !isFailed(period) && period.contentHash !== stored.get(period.settlementPeriod)?.contentHash;
}

async function replaceRecords(
  transaction: Executor,
  settlementDate: string,
  changed: readonly LoadedPeriod[],
  stored: ReadonlyMap<number, StoredDigest>,
): Promise<void> {
  const outdated = changed
    .map(({ settlementPeriod }) => settlementPeriod)
    .filter((period) => (stored.get(period)?.contentHash ?? NO_RECORDS) !== NO_RECORDS);
  if (outdated.length > 0) await deleteCurtailmentRecords(transaction, settlementDate, outdated);
  await insertCurtailmentRecords(
    transaction,
    changed.map((period) => period.records),
  );
}

async function announce(
  transaction: Executor,
  settlementDate: string,
  day: StampedDay,
  request: IngestionRequest,
): Promise<void> {
  if (day.revision === null) throw new Error(`${settlementDate} has changed and got no revision`);
  const data = {
    settlementDate,
    revision: day.revision,
    periodsExpected: day.periodsExpected,
    periodsLoaded: day.periodsLoaded,
    recordCount: day.records,
    combinationCount: day.combinations,
    curtailedMwh: Number(day.curtailedMwh),
  };
  const ingested = newEvent(curtailmentIngestedV1, data, { source: 'ingestion', causation: request });
  await addToOutbox(transaction, 'ingestion', [ingested]);
}
