import { contentHash } from '@app/domain';
import { type Asked, InsightsClient, NotJson, type RequestAllowance } from '@app/elexon';
import { Inject, Injectable } from '@nestjs/common';
import { PERIOD_READER, type PeriodReader } from './period-reader.js';
import {
  failureOf,
  type PeriodAnswer,
  type PeriodContent,
  type PeriodFailure,
  type PeriodReading,
  type RecordsForm,
  recordsText,
} from './read-period.js';
import { type WindUnits } from './wind-register.service.js';

/** What came of asking the source for one settlement period. */
export type PeriodFetch = LoadedPeriod | FailedPeriod;

export interface LoadedPeriod extends Omit<PeriodContent, 'answer'> {
  readonly settlementPeriod: number;
  readonly fetchedAt: string;
  readonly answer: PeriodContent['answer'] | 'not-found';
}

export interface FailedPeriod {
  readonly settlementPeriod: number;
  readonly fetchedAt: string;
  readonly failure: PeriodFailure;
}

/** Of this content is a 404. */
const NOTHING = {
  recordCount: 0,
  contentHash: contentHash([]),
  uncountedUnitIds: [],
  sourceCreatedAt: null,
};

/** Fetches and reads single periods. */
@Injectable()
export class PeriodFetcher {
  constructor(
    @Inject(InsightsClient) private readonly elexon: InsightsClient,
    @Inject(PERIOD_READER) private readonly reader: PeriodReader,
  ) {}

  /**
   * Asks the source for the bid side of a period and selects what is curtailment.
   *
   * An answer that does not come, or that cannot be believed, is an outcome to be recorded. Anything else is thrown.
   *
   * @param form      in which the records are wanted
   * @param allowance of the work that this is part of, where that is limited
   */
  async fetch(
    windUnits: WindUnits,
    settlementDate: string,
    settlementPeriod: number,
    { form, allowance }: { form: RecordsForm; allowance?: RequestAllowance },
  ): Promise<PeriodFetch> {
    try {
      const read = (asked: Asked, body: Uint8Array<ArrayBuffer>): Promise<PeriodReading> =>
        this.read({ asked, body, windUnits, form });
      const reading = await this.elexon.stack(settlementDate, settlementPeriod, read, { allowance });
      const fetchedAt = new Date().toISOString();
      if (reading === null) {
        return { settlementPeriod, fetchedAt, answer: 'not-found', records: recordsText([], form), ...NOTHING };
      }
      const { unknownFields: _, ...content } = reading;
      return { settlementPeriod, fetchedAt, ...content };
    } catch (error) {
      const failure = failureOf(error);
      if (failure === undefined) throw error;
      return { settlementPeriod, fetchedAt: new Date().toISOString(), failure };
    }
  }

  private async read(answer: PeriodAnswer): Promise<PeriodReading> {
    const reading = await this.reader.read(answer);
    if ('notJson' in reading) throw new NotJson(reading.notJson);
    return reading;
  }
}

export function isFailed(fetch: PeriodFetch): fetch is FailedPeriod {
  return 'failure' in fetch;
}

/** Each of these periods failed, since what all of them need could not be had. */
export function failTogether(settlementPeriods: readonly number[], error: unknown): FailedPeriod[] {
  const failure = failureOf(error);
  if (failure === undefined) throw error;
  const fetchedAt = new Date().toISOString();
  return settlementPeriods.map((settlementPeriod) => ({ settlementPeriod, fetchedAt, failure }));
}
