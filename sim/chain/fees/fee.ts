/** What a transaction costs (spec/governance-and-accounts.md 2.1). */
import type { CallData } from "../calls/call.ts";
import { perbillMulNearest } from "../numbers/integers.ts";
import { callWeight, isFree } from "./weights.ts";

/** Rao per picosecond of time weight, parts of 10^9. */
const WEIGHT_FEE = 500_000n;
/** Time weight of any transaction, picoseconds. */
const BASE_WEIGHT = 115_480_000n;
/** Time weight of the transaction extension that checks for coldkey swaps, picoseconds. */
const EXTENSION_WEIGHT = 67_583_000n;

/** Rao for a time weight, an exact half rounded down. */
export const weightToFee = (weight: bigint): bigint => perbillMulNearest(WEIGHT_FEE, weight);

/** The calls that a batch carries. */
const innerCalls = ({ call, args }: CallData): readonly CallData[] =>
  call.startsWith("Utility.") ? (args as { readonly calls: readonly CallData[] }).calls : [];

/** Time weight of a call with the calls it carries, picoseconds. */
function totalWeight(call: CallData): bigint {
  return innerCalls(call).reduce((sum, inner) => sum + totalWeight(inner), callWeight(call.call));
}

/**
 * The fee of a transaction, rao.
 * @param length encoded bytes
 * @param tip rao on top, for the block author
 */
export function transactionFee(call: CallData, length: number, tip: bigint): bigint {
  if (isFree(call.call)) return 0n;
  return weightToFee(BASE_WEIGHT) + BigInt(length) + weightToFee(totalWeight(call) + EXTENSION_WEIGHT) + tip;
}
