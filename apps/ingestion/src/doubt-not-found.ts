import { contentHash } from '@app/domain';
import { isFailed, type LoadedPeriod, type PeriodFetch } from './period-fetcher.service.js';

/** Digest of a period without curtailment. */
export const NO_RECORDS = contentHash([]);

/**
 * Turns a 404 into a failure where "no rows" is not to be believed: when it would wipe out records that are stored, and
 * when nothing that was asked for was found, which looks like a wrong address. Otherwise a 404 means no rows.
 *
 * @param storedHash of the records that are stored of a period; null or nothing while none ever were
 */
export function doubtNotFound(
  fetches: readonly PeriodFetch[],
  storedHash: (settlementPeriod: number) => string | null | undefined,
): PeriodFetch[] {
  const anyFound = fetches.some((fetch) => !isFailed(fetch) && fetch.answer !== 'not-found');
  return fetches.map((fetch) => {
    if (isFailed(fetch) || fetch.answer !== 'not-found') return fetch;
    if ((storedHash(fetch.settlementPeriod) ?? NO_RECORDS) !== NO_RECORDS) {
      return refused(fetch, 'HTTP 404 although records are stored, which are kept');
    }
    return anyFound ? fetch : refused(fetch, 'HTTP 404 for all that was asked; check ELEXON_BASE_URL');
  });
}

function refused({ settlementPeriod, fetchedAt }: LoadedPeriod, detail: string): PeriodFetch {
  return { settlementPeriod, fetchedAt, failure: { code: 'source-rejected', detail } };
}
