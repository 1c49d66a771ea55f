import { Big } from 'big.js';

/**
 * The shortest decimal that stands for a double, without an exponent.
 *
 * The API writes its numbers as JSON doubles; the shortest decimal that reads back as the same double is the text it sent.
 *
 * @param value finite
 * @returns such as "-0.004166666666666667", "12", "0.0000001"; zero is "0" whatever its sign
 */
export function decimalText(value: number): string {
  const text = String(value);
  return text.includes('e') ? new Big(text).toFixed() : text;
}
