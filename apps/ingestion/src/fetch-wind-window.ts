import { type ErrorCode, type WindOutput } from '@app/domain';
import { type InsightsClient, SourceError } from '@app/elexon';

/** What came of asking the source for the wind generation of some days. */
export type WindFetch = AnsweredWindFetch | FailedWindFetch;

export interface AnsweredWindFetch {
  readonly settlementDates: readonly string[];
  readonly askedAt: string;
  /** Of these days only; a period that the source does not have is left out. */
  readonly outputs: readonly WindOutput[];
}

export interface FailedWindFetch {
  readonly settlementDates: readonly string[];
  readonly failure: { readonly code: ErrorCode; readonly detail: string };
}

/** One row at fault spoils the whole answer, although it is of one day. */
const MAY_BE_ONE_DAY: ReadonlySet<ErrorCode> = new Set(['source-malformed', 'source-too-large']);

/**
 * Asks the source for the days of one window; for each by itself when what comes for all of them cannot be used.
 *
 * An answer that does not come, or that cannot be believed, is an outcome to be recorded. Anything else is thrown.
 *
 * @param settlementDates in order, at least one, no further apart than one question may reach
 */
export async function fetchWindWindow(
  elexon: InsightsClient,
  settlementDates: readonly string[],
): Promise<WindFetch[]> {
  const askedAt = new Date().toISOString();
  const [from = '', to = from] = [settlementDates[0], settlementDates.at(-1)];
  try {
    const { rows, answer } = await elexon.windAndSolar(from, to);
    if (answer === 'not-found') return [failed(settlementDates, 'source-rejected', 'HTTP 404; check ELEXON_BASE_URL')];
    const wanted = new Set(settlementDates);
    return [{ settlementDates, askedAt, outputs: rows.filter((row) => wanted.has(row.settlementDate)) }];
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    if (settlementDates.length === 1 || !MAY_BE_ONE_DAY.has(error.code)) {
      return [failed(settlementDates, error.code, error.detail)];
    }
    const single = await Promise.all(settlementDates.map((date) => fetchWindWindow(elexon, [date])));
    return single.flat();
  }
}

function failed(settlementDates: readonly string[], code: ErrorCode, detail: string): FailedWindFetch {
  return { settlementDates, failure: { code, detail } };
}
