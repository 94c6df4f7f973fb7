/** Who gets what of a batch of orders; pure arithmetic in rao (spec/governance-and-accounts.md 13). */
import { U64_MAX } from "../numbers/integers.ts";

/** floor(price * alpha). @param price U64F64 */
export const worthOf = (price: bigint, alpha: bigint): bigint => (price * alpha) >> 64n;

/** floor(tao / price) with the truncated quotient of U64F64; null where it is no u64. @param price U64F64 */
export function alphaOf(price: bigint, tao: bigint): bigint | null {
  if (price === 0n) return null;
  const alpha = ((tao << 128n) / price) >> 64n;
  return alpha > U64_MAX ? null : alpha;
}

/** floor(pot * part / whole), 0 of nothing. */
export const shareOfPot = (pot: bigint, part: bigint, whole: bigint): bigint =>
  whole === 0n ? 0n : (pot * part) / whole;
