import { type PeriodComparison, type RowDifferences } from './compare-period.js';

const WORDS: Record<keyof RowDifferences, string> = {
  missing: 'missing',
  surplus: 'surplus',
  changedVolume: 'of another volume',
  changedPrice: 'of another price',
  changedOther: 'otherwise changed',
};
const FARMS_NAMED = 5;

/**
 * What is wrong with a stored period, as a sentence for people; null when nothing is.
 *
 * Example: '1 row missing, 2 rows of another price: T_SGRWO-1, T_VKNGW-1.'
 */
export function describeDifferences({ outcome, stored, rows, farmIds, ledgerAgrees }: PeriodComparison): string | null {
  if (outcome === 'same') return null;
  if (stored === null) return 'The period was never stored.';
  const counts = (Object.keys(WORDS) as (keyof RowDifferences)[])
    .filter((kind) => rows[kind] > 0)
    .map((kind) => `${rows[kind]} ${rows[kind] === 1 ? 'row' : 'rows'} ${WORDS[kind]}`);
  const more = farmIds.length > FARMS_NAMED ? ` and ${farmIds.length - FARMS_NAMED} more` : '';
  const ofRows = counts.length === 0 ? '' : `${counts.join(', ')}: ${farmIds.slice(0, FARMS_NAMED).join(', ')}${more}.`;
  const ofLedger = ledgerAgrees ? '' : 'The stored rows are not those that were ingested.';
  return [ofRows, ofLedger].filter((sentence) => sentence !== '').join(' ');
}
