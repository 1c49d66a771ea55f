/**
 * Upper limit of how many of a day's periods differ from the source, as far as a sample tells, with 95 % confidence.
 *
 * It is the smallest number of differing periods that is refuted: were there so many, a sample of this size would show so
 * few of them in at most one case of twenty. Exact, by counting samples in whole numbers.
 *
 * @param population how many periods there are, ≥ sampled
 * @param sampled    how many of them were compared, ≥ differing
 * @param differing  how many of those differ, ≥ 0
 * @returns with 95 % confidence fewer than this differ; `population` + 1 when not even all of them differing is refuted
 * @throws {RangeError} when the arguments are not whole numbers in this order
 *
 * Source: one-sided Clopper-Pearson limit of the hypergeometric distribution (sampling without replacement); docs/adr/0014.
 * Example: fewerThan(48, 5, 0) = 21, since C(27,5) / C(48,5) = 0.0471 and C(28,5) / C(48,5) = 0.0574
 */
export function fewerThan(population: number, sampled: number, differing: number): number {
  if (![population, sampled, differing].every(Number.isInteger) || differing < 0 || differing > sampled) {
    throw new RangeError(`${differing} of ${sampled} is not a count of a sample`);
  }
  if (sampled > population) throw new RangeError(`${population} periods have no sample of ${sampled}`);
  const samples = choose(population, sampled);
  for (let total = differing; total <= population; total += 1) {
    let showingNoMore = 0n;
    for (let shown = 0; shown <= differing; shown += 1) {
      showingNoMore += choose(total, shown) * choose(population - total, sampled - shown);
    }
    if (20n * showingNoMore <= samples) return total;
  }
  return population + 1;
}

/** How many ways there are to take `taken` out of `count` things. */
function choose(count: number, taken: number): bigint {
  if (taken > count) return 0n;
  let ways = 1n;
  for (let n = 1; n <= taken; n += 1) ways = (ways * BigInt(count - taken + n)) / BigInt(n);
  return ways;
}
