/** With how much alpha a new pool starts: the lock cost at the median price (spec/subnets.md 1). */
import { fromInteger, saturatingAdd, saturatingDiv, toU64, U64F64 } from "../numbers/fixed.ts";
import { ROOT, type NetworkState } from "../state/network.ts";
import { priceOf } from "../swap/books.ts";

/** Median of prices above 0, U64F64: the mean of the two middle ones for an even count, 1 for none. */
export function medianPrice(prices: readonly bigint[]): bigint {
  const sorted = prices.filter((price) => price > 0n).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const middle = sorted.length >> 1;
  const high = sorted[middle];
  if (high === undefined) return U64F64.one;
  if (sorted.length % 2 === 1) return high;
  return saturatingDiv(U64F64, saturatingAdd(U64F64, sorted[middle - 1] ?? 0n, high), 2n * U64F64.one);
}

/** The median spot price of all subnets, U64F64. */
export const medianSubnetPrice = (state: NetworkState): bigint =>
  medianPrice(state.netuids.filter((netuid) => netuid !== ROOT).map((netuid) => priceOf(state, netuid)));

/** Alpha beside `tao` rao at `price`, rao. */
export const initialAlpha = (tao: bigint, price: bigint): bigint =>
  toU64(U64F64, saturatingDiv(U64F64, fromInteger(U64F64, tao), price));
