import { addDays } from '@app/domain';

/** One settlement date of a made-up history. */
export interface HistoryDay {
  settlementDate: string;
  /** Different (period, farm) of its records; none on a calm day. */
  combinations: number;
}

/** The platform's history on the day that 68.46 % of its calculations were there. */
const FIRST_DATE = '2019-04-10';
const DAYS = 2_192;
const DAYS_WITH_DATA = 1_868;
const COMBINATIONS = 503_978;
/** Combinations of the calmest day with data, of the median, of nine in ten, and of the busiest. */
const QUANTILES = [1, 120, 563, 3_600] as const;
const SEED = 20_190_410;

/**
 * A history of the real one's size, with as uneven days: the same for each call.
 *
 * @param fraction of all days, from the first; the others keep their sizes in proportion
 */
export function historyDays(fraction = 1): HistoryDay[] {
  const days = Math.round(DAYS * fraction);
  const withData = Math.round(DAYS_WITH_DATA * fraction);
  const random = randomFrom(SEED);
  const sizes = shuffled(daySizes(withData, Math.round(COMBINATIONS * fraction)), random);
  const calm = new Set(shuffled(indexes(days), random).slice(0, days - withData));
  return indexes(days).map((index) => ({
    settlementDate: addDays(FIRST_DATE, index),
    combinations: calm.has(index) ? 0 : (sizes.pop() ?? 0),
  }));
}

/** So many sizes with the quantiles above, and with exactly this sum. */
function daySizes(count: number, sum: number): number[] {
  // Between the quantiles sizes grow geometrically; how late the busiest tenth grows is what the sum decides.
  let [early, late] = [0.2, 20];
  for (let step = 0; step < 60; step += 1) {
    const bend = (early + late) / 2;
    if (total(sizesOf(count, bend)) > sum) early = bend;
    else late = bend;
  }
  const sizes = sizesOf(count, late);
  // The rest is a handful, and goes to days in the middle, where it changes no quantile.
  const middle = Math.floor(count / 2);
  for (let rest = sum - total(sizes), at = 0; rest > 0; rest -= 1, at += 1) {
    const day = middle + (at % Math.max(1, Math.floor(count / 4)));
    sizes[day] = (sizes[day] ?? 0) + 1;
  }
  return sizes;
}

function sizesOf(count: number, bend: number): number[] {
  const [least, median, high, most] = QUANTILES;
  return indexes(count).map((index) => {
    const rank = count === 1 ? 1 : index / (count - 1);
    if (rank <= 0.5) return Math.round(least * (median / least) ** (rank / 0.5));
    if (rank <= 0.9) return Math.round(median * (high / median) ** ((rank - 0.5) / 0.4));
    return Math.round(high * (most / high) ** (((rank - 0.9) / 0.1) ** bend));
  });
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function indexes(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** Fisher and Yates' shuffle, of a copy. */
function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  const copy = [...items];
  for (let last = copy.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [copy[last], copy[other]] = [copy[other] as Item, copy[last] as Item];
  }
  return copy;
}

/** Marsaglia's xorshift with 32 bits: numbers from 0 up to but not 1, the same for the same seed on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
