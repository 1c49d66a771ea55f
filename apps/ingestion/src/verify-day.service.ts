import { type DataOf, type EventOf, verificationCompletedV1, verificationRequestedV1 } from '@app/contracts';
import { Database, findStoredContent, type StoredContent } from '@app/database';
import {
  type CurtailmentRecord,
  comparePeriod,
  contentHash,
  describeDifferences,
  firstSample,
  furtherSample,
  largestSample,
  type PeriodFigures,
  settledPeriodsOf,
  storedFiguresOf,
  verdictOf,
  WindfallError,
} from '@app/domain';
import { RequestAllowance } from '@app/elexon';
import { Bus, newEvent, publishEvent } from '@app/messaging';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { doubtNotFound } from './doubt-not-found.js';
import { failTogether, isFailed, PeriodFetcher, type PeriodFetch } from './period-fetcher.service.js';
import { WindRegisterService, type WindUnits } from './wind-register.service.js';

export type VerificationRequest = EventOf<typeof verificationRequestedV1>;
type ComparedPeriod = DataOf<typeof verificationCompletedV1>['periods'][number];

/** A period that fails takes up to five attempts; a source that fails every fifth request needs 1.25 on average. */
const REQUESTS_PER_PERIOD = 2;

/** One verification under way. */
interface Verification {
  readonly settlementDate: string;
  readonly startedAt: string;
  readonly allowance: RequestAllowance;
  readonly fetches: PeriodFetch[];
}

/**
 * Compares what is stored of a settlement day with the source and tells what it found. It writes nothing to the database, and
 * keeps nothing: a process that dies in the middle leaves no trace, and the request is worked on again from its beginning.
 */
@Injectable()
export class VerifyDayService {
  private readonly logger = new Logger(VerifyDayService.name);

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(PeriodFetcher) private readonly periods: PeriodFetcher,
    @Inject(WindRegisterService) private readonly register: WindRegisterService,
    @Inject(Bus) private readonly bus: Bus,
  ) {}

  /**
   * A period that cannot be compared is a finding of its own. The sample depends on the request alone, so that a repeat looks
   * at the same periods.
   *
   * @throws {WindfallError} of a settlement date, when there is no such day; `superseded` when the day was ingested meanwhile
   */
  async verifyDay(request: VerificationRequest): Promise<void> {
    const { requestId, jobId, settlementDate, sampling } = request.data;
    const startedAt = new Date().toISOString();
    const periods = await this.compareSample(request.data, startedAt);
    const verdict = verdictOf(
      settledPeriodsOf(settlementDate, startedAt),
      periods.map(({ outcome }) => outcome),
    );
    const data = { requestId, jobId, settlementDate, sampling, ...verdict, periods };
    await publishEvent(this.bus, newEvent(verificationCompletedV1, data, { source: 'ingestion', causation: request }));
    this.logger.log({ msg: 'verified', settlementDate, sampling, periods: periods.length, ...verdict });
  }

  private async compareSample(
    { settlementDate, sampling, seed }: VerificationRequest['data'],
    startedAt: string,
  ): Promise<ComparedPeriod[]> {
    const allowance = new RequestAllowance(REQUESTS_PER_PERIOD * largestSample(sampling, settlementDate));
    const verification = { settlementDate, startedAt, allowance, fetches: [] };
    const first = firstSample(sampling, settlementDate, startedAt, String(seed));
    const compared = await this.compareMore(verification, first);
    if (!compared.some(({ outcome }) => outcome === 'differs')) return compared;
    const further = furtherSample(sampling, settlementDate, startedAt, String(seed), first);
    return further.length === 0 ? compared : await this.compareMore(verification, further);
  }

  /** Fetches further periods and compares all that were fetched so far. */
  private async compareMore(verification: Verification, periods: readonly number[]): Promise<ComparedPeriod[]> {
    if (periods.length === 0) return [];
    const { settlementDate, fetches } = verification;
    fetches.push(...(await this.fetch(verification, periods)));
    fetches.sort((a, b) => a.settlementPeriod - b.settlementPeriod);
    const content = await findStoredContent(
      this.database,
      settlementDate,
      fetches.map(({ settlementPeriod }) => settlementPeriod),
    );
    refuseOvertaken(verification, content);
    const stored = new Map(content.map((period) => [period.settlementPeriod, period]));
    const believed = doubtNotFound(fetches, (period) => contentHash(stored.get(period)?.records ?? []));
    return believed.map((fetch) => compared(fetch, stored.get(fetch.settlementPeriod)));
  }

  private async fetch({ settlementDate, allowance }: Verification, periods: readonly number[]): Promise<PeriodFetch[]> {
    let windUnits: WindUnits;
    try {
      windUnits = await this.register.windUnitsReadOnly();
    } catch (error) {
      return failTogether(periods, error);
    }
    return await Promise.all(
      periods.map((period) => this.periods.fetch(windUnits, settlementDate, period, { form: 'json', allowance })),
    );
  }
}

/** What was stored after the source was asked may rest on a newer answer, and would differ for no fault of its own. */
function refuseOvertaken({ settlementDate, startedAt }: Verification, content: readonly StoredContent[]): void {
  if (content.every(({ fetchedAt }) => fetchedAt === null || fetchedAt < startedAt)) return;
  const message = `${settlementDate} was ingested while it was compared with the source; it is compared again.`;
  throw new WindfallError('superseded', message, { details: { settlementDate } });
}

function compared(fetch: PeriodFetch, content: StoredContent | undefined): ComparedPeriod {
  const { settlementPeriod } = fetch;
  const stored = content ?? { records: [], contentHash: null };
  if (isFailed(fetch)) {
    const { detail } = fetch.failure;
    return { settlementPeriod, outcome: 'failed', stored: figuresOf(storedFiguresOf(stored)), source: null, detail };
  }
  const comparison = comparePeriod(stored, JSON.parse(fetch.records) as CurtailmentRecord[]);
  return {
    settlementPeriod,
    outcome: comparison.outcome,
    stored: figuresOf(comparison.stored),
    source: figuresOf(comparison.source),
    detail: describeDifferences(comparison),
  };
}

/** They are rounded already; numbers are for whoever reads them. */
function figuresOf(figures: PeriodFigures | null): ComparedPeriod['stored'] {
  if (figures === null) return null;
  const { records, curtailedMwh, paymentGbp } = figures;
  return { records, curtailedMwh: Number(curtailedMwh), paymentGbp: Number(paymentGbp) };
}
