// The price of a pool, the root proportion of a subnet, and whether a pool is ordinary enough for both.
import { multiplyHigh } from "../fixed";
import * as L from "./layout";
import { Q } from "./power";
import { Economy, flag, get } from "./state";
import { divideWide, fraction32 } from "./wide";

/** Reserves and issuances of ordinary subnets are below this. */
export const AMOUNT_BITS: u64 = 55;

/** Integer part and fraction of the last price. */
export let priceHigh: u64 = 0;
export let priceLow: u64 = 0;

/** TAO per alpha as U64F64; tao < 2^15 * alpha, and a weight within its bounds. */
export function computePrice(tao: u64, alpha: u64, weight: u64): void {
  if (alpha == 0) {
    priceHigh = 0;
    priceLow = 0;
    return;
  }
  const base = Q - weight;
  const w1 = base / weight;
  const w0 = divideWide(base - w1 * weight, 0, weight);
  const r1 = tao / alpha;
  const r0 = divideWide(tao - r1 * alpha, 0, alpha);
  let low = multiplyHigh(w0, r0);
  let high = w1 * r1;
  const cross1 = w1 * r0;
  low += cross1;
  high += multiplyHigh(w1, r0) + u64(low < cross1);
  const cross2 = w0 * r1;
  low += cross2;
  high += multiplyHigh(w0, r1) + u64(low < cross2);
  priceHigh = high;
  priceLow = low;
}

// @ts-ignore: decorator
@inline
export function weightOf(economy: Economy, netuid: u32): u64 {
  return flag(economy, L.POOL_INITIALISED, netuid) == 0 ? Q / 2 : get(economy, L.QUOTE_WEIGHT, netuid);
}

/** Whether a price can be computed here. */
// @ts-ignore: decorator
@inline
export function ordinaryPool(tao: u64, alpha: u64, weight: u64): bool {
  return (
    (tao | alpha) >> AMOUNT_BITS == 0 && (tao >> 15 < alpha || alpha == 0) && weight >= Q / 100 && weight <= Q - Q / 100
  );
}

/** Weighted root TAO against the alpha issuance, with 32 fraction bits. */
export function rootProportion(economy: Economy, issuance: u64): u64 {
  const root = get(economy, L.TAO, 0);
  const low = root * economy.taoWeight;
  const high = multiplyHigh(root, economy.taoWeight);
  const sumLow = low + (issuance << 32);
  const sumHigh = high + (issuance >> 32) + u64(sumLow < low);
  return (sumLow | sumHigh) == 0 ? 0 : fraction32(high, low, sumHigh, sumLow);
}

/** floor(a * b / 2^32) where it fits in 64 bits. */
// @ts-ignore: decorator
@inline
export function multiply32(a: u64, b: u64): u64 {
  return (multiplyHigh(a, b) << 32) | ((a * b) >> 32);
}
