import { type EventOf, windGenerationIngestedV1, windGenerationRequestedV1 } from '@app/contracts';
import {
  Database,
  deleteWindPeriods,
  drawWindFetchNumber,
  type Executor,
  findAlteredWindDays,
  findWindPeriods,
  lockWindGenerationDays,
  recordFailedWindFetch,
  type StampedWindDay,
  stampWindGenerationDays,
  storeWindPeriods,
} from '@app/database';
import { finalAt, newerWindPeriods, settlementPeriodsOf, windowsOf } from '@app/domain';
import { InsightsClient, WIND_WINDOW_DAYS } from '@app/elexon';
import { addToOutbox, newEvent } from '@app/messaging';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { type AnsweredWindFetch, fetchWindWindow, type WindFetch } from './fetch-wind-window.js';

export type WindGenerationRequest = EventOf<typeof windGenerationRequestedV1>;

/** Fetches what all wind farms produced on some days, and corrects what was stored of it. */
@Injectable()
export class IngestWindGenerationService {
  private readonly logger = new Logger(IngestWindGenerationService.name);

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(InsightsClient) private readonly elexon: InsightsClient,
  ) {}

  /**
   * A fetch that fails leaves what is stored and is recorded; fetching again is for whoever asked. Days that a newer fetch has
   * reached are left to it.
   *
   * @throws {WindfallError} of a settlement date, when there is no such day
   */
  async ingestDays(request: WindGenerationRequest): Promise<void> {
    const windows = windowsOf(request.data.settlementDates, WIND_WINDOW_DAYS);
    const fetchNumber = await drawWindFetchNumber(this.database);
    // One after the other: what else wants to be fetched shall find room between them.
    for (const window of windows) {
      for (const fetch of await fetchWindWindow(this.elexon, window)) await this.store(fetch, fetchNumber, request);
    }
  }

  private async store(fetch: WindFetch, fetchNumber: number, request: WindGenerationRequest): Promise<void> {
    const { days, discardedDates } = await this.database.transaction(async (transaction) => {
      const ledgers = fetch.settlementDates.map((settlementDate) => {
        return { settlementDate, periodsExpected: settlementPeriodsOf(settlementDate) };
      });
      const settlementDates = await lockWindGenerationDays(transaction, ledgers, fetchNumber);
      if (settlementDates.length === 0) return nothing;
      if ('outputs' in fetch) return await correct(transaction, { ...fetch, settlementDates }, fetchNumber, request);
      await recordFailedWindFetch(transaction, { settlementDates, fetchNumber }, fetch.failure);
      return nothing;
    });
    if (discardedDates.length > 0) {
      const settlementDates = discardedDates;
      this.logger.warn({ msg: 'altered half hours of wind generation discarded', fetchNumber, settlementDates });
    }
    for (const day of days) this.logger.log({ msg: 'wind generation ingested', fetchNumber, ...day });
    if ('failure' in fetch) this.logger.warn({ msg: 'wind generation failed', fetchNumber, ...fetch });
  }
}

interface Correction {
  readonly days: readonly StampedWindDay[];
  /** Days whose half hours somebody had altered. */
  readonly discardedDates: readonly string[];
}

const nothing: Correction = { days: [], discardedDates: [] };

const lostFailure = {
  code: 'source-unavailable',
  detail: 'The half hours had been altered and are gone; the source has none to replace them with.',
};

/**
 * Stores what is newer than what is known of the days, and announces those whose figures it changes. A day whose half hours
 * somebody altered becomes what the source says of it, and nothing else: not even a time of publication can be believed of
 * it, which would keep out what the source says. Where the source says nothing, it is asked again later.
 */
async function correct(
  transaction: Executor,
  { settlementDates, askedAt, outputs }: AnsweredWindFetch,
  fetchNumber: number,
  request: WindGenerationRequest,
): Promise<Correction> {
  const discardedDates = await findAlteredWindDays(transaction, settlementDates);
  if (discardedDates.length > 0) await deleteWindPeriods(transaction, discardedDates);
  const ours = new Set(settlementDates);
  const published = outputs.filter((output) => ours.has(output.settlementDate));
  const { periods, changedDates } = newerWindPeriods(await findWindPeriods(transaction, settlementDates), published);
  if (periods.length > 0) await storeWindPeriods(transaction, periods);
  const days = await stampWindGenerationDays(transaction, {
    settlementDates,
    fetchNumber,
    changedDates: [...changedDates, ...discardedDates],
    askedAt,
    finalAt: settlementDates.map(finalAt),
  });
  const answered = new Set(published.map((output) => output.settlementDate));
  const lost = discardedDates.filter((date) => !answered.has(date));
  if (lost.length > 0) await recordFailedWindFetch(transaction, { settlementDates: lost, fetchNumber }, lostFailure);
  const events = days.flatMap(({ settlementDate, revision, renewed }) => {
    if (revision === null || !renewed) return [];
    const data = { settlementDate, revision };
    return [newEvent(windGenerationIngestedV1, data, { source: 'ingestion', causation: request })];
  });
  await addToOutbox(transaction, 'ingestion', events);
  return { days, discardedDates };
}
