import {
  type CurtailmentRecord,
  contentHash,
  type ErrorCode,
  selectCurtailed,
  type StackRow,
  WindfallError,
} from '@app/domain';
import { type Answer, type InsightsClient, type RequestAllowance, SourceError } from '@app/elexon';
import { type WindUnits } from './wind-register.service.js';

/** What came of asking the source for one settlement period. */
export type PeriodFetch = LoadedPeriod | FailedPeriod;

export interface LoadedPeriod {
  readonly settlementPeriod: number;
  readonly fetchedAt: string;
  readonly answer: Answer<StackRow>['answer'];
  readonly records: readonly CurtailmentRecord[];
  readonly contentHash: string;
  readonly uncountedUnitIds: readonly string[];
  readonly sourceCreatedAt: string | null;
}

const ROWS_AT_FAULT: ReadonlySet<ErrorCode> = new Set(['conflicting-rows', 'missing-price', 'missing-flag']);

export interface FailedPeriod {
  readonly settlementPeriod: number;
  readonly fetchedAt: string;
  readonly failure: { readonly code: string; readonly detail: string };
}

/**
 * Asks the source for the bid side of a period and selects what is curtailment.
 *
 * An answer that does not come, or that cannot be believed, is an outcome to be recorded. Anything else is thrown.
 *
 * @param allowance of the work that this is part of, where that is limited
 */
export async function fetchPeriod(
  elexon: InsightsClient,
  windUnits: WindUnits,
  settlementDate: string,
  settlementPeriod: number,
  allowance?: RequestAllowance,
): Promise<PeriodFetch> {
  try {
    const { rows, answer } = await elexon.stack(settlementDate, settlementPeriod, { allowance });
    const { records, uncountedUnitIds } = selectCurtailed(rows, windUnits);
    const fetched = { settlementPeriod, fetchedAt: new Date().toISOString(), answer, records, uncountedUnitIds };
    return { ...fetched, contentHash: contentHash(records), sourceCreatedAt: latestStamp(rows) };
  } catch (error) {
    const failure = failureOf(error);
    if (failure === undefined) throw error;
    return { settlementPeriod, fetchedAt: new Date().toISOString(), failure };
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

function failureOf(error: unknown): FailedPeriod['failure'] | undefined {
  if (error instanceof SourceError) return { code: error.code, detail: error.detail };
  if (!(error instanceof WindfallError)) return undefined;
  return ROWS_AT_FAULT.has(error.code) ? { code: error.code, detail: error.message } : undefined;
}

function latestStamp(rows: readonly StackRow[]): string | null {
  let latest: string | null = null;
  for (const { createdDateTime } of rows) {
    if (createdDateTime !== null && (latest === null || createdDateTime > latest)) latest = createdDateTime;
  }
  return latest;
}
