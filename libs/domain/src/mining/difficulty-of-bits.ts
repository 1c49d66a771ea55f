/** The target of difficulty 1, which no target of the network exceeds. */
const EASIEST_TARGET = 0xffffn << 208n;
/** A mantissa that would make the target negative. */
const SIGN = 0x80_0000;

/**
 * The difficulty that a block's header states: the easiest target ÷ its own, rounded down to a whole number.
 *
 * @param bits compact form of the target, `bits` of the header: the first byte counts bytes, the other three begin the number
 * @returns whole number as text, such as '124932866006548', from '1' up
 * @throws {RangeError} when no header of the network could have such bits
 *
 * Source: Bitcoin developer reference, block headers, target nBits.
 * Example: difficultyOfBits(0x170240c3) = '124932866006548'
 */
export function difficultyOfBits(bits: number): string {
  const isCompact = Number.isInteger(bits) && bits > 0 && bits <= 0xffff_ffff && (bits & SIGN) === 0;
  const target = isCompact ? targetOf(bits) : 0n;
  if (target <= 0n || target > EASIEST_TARGET) throw new RangeError(`${bits} are not the bits of a block`);
  return String(EASIEST_TARGET / target);
}

function targetOf(bits: number): bigint {
  const mantissa = BigInt(bits & 0x7f_ffff);
  const shift = BigInt(8 * ((bits >>> 24) - 3));
  return shift >= 0n ? mantissa << shift : mantissa >> -shift;
}
