import { RETARGET_BLOCKS, type Retarget } from './difficulty.js';

/** A block so deep under the newest one will not be replaced by another any more. */
const FINAL_DEPTH = 6;
/** The network changes its difficulty by no more than this factor at a time. */
const GREATEST_FACTOR = 4n;

/**
 * Heights of the retargets that are not known, from the first known one up to the newest that is final.
 *
 * @param known     at least one
 * @param tipHeight of the newest block there is
 */
export function missingRetargetHeights(known: readonly Retarget[], tipHeight: number): number[] {
  const heights = new Set(known.map(({ height }) => height));
  const missing: number[] = [];
  const finalHeight = tipHeight - FINAL_DEPTH + 1;
  for (let height = Math.min(...heights); height <= finalHeight; height += RETARGET_BLOCKS) {
    if (!heights.has(height)) missing.push(height);
  }
  return missing;
}

/**
 * Why some retargets cannot be those of the network; undefined when they can.
 *
 * @param retargets by height, none left out
 *
 * Source: Bitcoin developer reference, mining: every 2016 blocks, by a factor of four at most. Times grow too: two weeks
 * apart or so, they are out of reach of the two hours by which a miner's clock may be wrong.
 */
export function faultOfSuccession(retargets: readonly Retarget[]): string | undefined {
  for (const [index, next] of retargets.entries()) {
    const before = retargets[index - 1];
    if (before === undefined) continue;
    if (next.height !== before.height + RETARGET_BLOCKS) {
      return `${next.height} does not follow ${before.height} by ${RETARGET_BLOCKS} blocks`;
    }
    if (next.fromUnix <= before.fromUnix) return `${next.height} is not later than ${before.height}`;
    const [was, is] = [BigInt(before.difficulty), BigInt(next.difficulty)];
    if (is > was * GREATEST_FACTOR || is * GREATEST_FACTOR < was) {
      return `the difficulty goes from ${was} at ${before.height} to ${is} at ${next.height}, by more than a factor of four`;
    }
  }
  return undefined;
}
