/** How several mechanisms of a subnet share an epoch (spec/epoch.md 10). Pure. */
import { fromInteger, safeDiv, saturatingAdd, saturatingMul, toU64, U64F64 } from "../numbers/fixed.ts";

/**
 * The rao of each mechanism.
 * @param split u16 parts summing to 65535, null = even
 */
export function mechanismEmissions(rao: bigint, count: number, split: readonly number[] | null): bigint[] {
  const shares = Array.from({ length: count }, (_, k) =>
    split === null ? rao / BigInt(count) : (rao * BigInt(split[k] ?? 0)) / 65_535n,
  );
  const given = shares.reduce((sum, share) => sum + share, 0n);
  shares[0] = (shares[0] ?? 0n) + rao - given;
  return shares;
}

/** The weight of each mechanism in the combined results, U64F64. */
export const mechanismWeights = (shares: readonly bigint[], rao: bigint): bigint[] =>
  shares.map((share, k) => {
    if (rao === 0n) return k === 0 ? U64F64.one : 0n;
    return safeDiv(U64F64, fromInteger(U64F64, share), fromInteger(U64F64, rao));
  });

/** acc + x * weight, floored to a whole number after every mechanism. */
export const combined = (accumulated: bigint, value: bigint, weight: bigint): bigint =>
  toU64(
    U64F64,
    saturatingAdd(
      U64F64,
      fromInteger(U64F64, accumulated),
      saturatingMul(U64F64, fromInteger(U64F64, value), weight),
    ),
  );
