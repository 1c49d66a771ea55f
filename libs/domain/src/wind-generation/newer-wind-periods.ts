import { canonicalDecimal } from '../decimal.js';
import { epochMsOf } from '../settlement/instant.js';

/** Mean output of all wind farms of a kind over one settlement period, as the source published it. */
export interface WindOutput {
  readonly settlementDate: string;
  readonly settlementPeriod: number;
  readonly kind: 'onshore' | 'offshore';
  /** Mean power, decimal text; the period's energy in MWh is half of it. */
  readonly meanMw: string;
  /** As published; docs/data-sources.md 5 suspects local time labelled Z, so it serves only to order versions. */
  readonly publishedAt: string;
}

export type WindReading = Pick<WindOutput, 'meanMw' | 'publishedAt'>;

/** What is known of a settlement period; null where the source has published nothing. */
export interface WindPeriod {
  readonly settlementDate: string;
  readonly settlementPeriod: number;
  readonly onshore: WindReading | null;
  readonly offshore: WindReading | null;
}

export interface NewerWindPeriods {
  /** The periods to store anew, whole, in order. */
  readonly periods: WindPeriod[];
  /** The dates on which some output is another than before; a later publication of the same output changes none. */
  readonly changedDates: ReadonlySet<string>;
}

/**
 * What published outputs change of what is known.
 *
 * For each period and kind the latest publication counts: an older one, such as a cache may still serve, changes nothing, and
 * nor does a period that the source no longer has, since nobody has published anything else of it. Of two publications of one
 * instant the one just read counts.
 *
 * @param stored    of any dates, each period once
 * @param published of the same dates, each period and kind once
 * @throws {RangeError} when a time of publication is not an instant
 */
export function newerWindPeriods(stored: readonly WindPeriod[], published: readonly WindOutput[]): NewerWindPeriods {
  const known = new Map(stored.map((period) => [keyOf(period), period]));
  const newer = new Map<string, WindPeriod>();
  const changedDates = new Set<string>();
  for (const { settlementDate, settlementPeriod, kind, meanMw, publishedAt } of published) {
    const key = keyOf({ settlementDate, settlementPeriod });
    const before = newer.get(key) ??
      known.get(key) ?? { settlementDate, settlementPeriod, onshore: null, offshore: null };
    const reading = before[kind];
    const lead = reading === null ? Infinity : epochMsOf(publishedAt) - epochMsOf(reading.publishedAt);
    const differs = reading === null || canonicalDecimal(reading.meanMw) !== canonicalDecimal(meanMw);
    if (lead < 0 || (lead === 0 && !differs)) continue;
    newer.set(key, { ...before, [kind]: { meanMw, publishedAt } });
    if (differs) changedDates.add(settlementDate);
  }
  const periods = [...newer].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, period]) => period);
  return { periods, changedDates };
}

function keyOf({ settlementDate, settlementPeriod }: Pick<WindPeriod, 'settlementDate' | 'settlementPeriod'>): string {
  return `${settlementDate} ${String(settlementPeriod).padStart(2, '0')}`;
}
