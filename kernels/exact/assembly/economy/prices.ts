// Registration prices and moving prices (spec/subnets.md 6.1, spec/emission.md 10), and the power of a small trade.
import { multiplyHigh } from "../fixed";
import * as L from "./layout";
import { AMOUNT_BITS, computePrice, multiply32, ordinaryPool, priceHigh, priceLow, rootProportion, weightOf } from "./pool";
import { smallPower } from "./power";
import { at, Economy, flag, get, listed, set } from "./state";
import { divideWide } from "./wide";

/** Lowers the registration price of every subnet by its factor and clamps it. */
export function economyDecayBurns(economy: Economy): void {
  for (let netuid: u32 = 0; usize(netuid) < economy.capacity; netuid++) {
    if (flag(economy, L.EXISTS, netuid) == 0) continue;
    const factor = load<u64>(economy.factors + (usize(netuid) << 3));
    const burn = get(economy, L.BURN, netuid);
    let decayed = (multiplyHigh(burn, factor) << 32) | ((burn * factor) >> 32);
    const low = get(economy, L.MIN_BURN, netuid);
    const high = get(economy, L.MAX_BURN, netuid);
    if (decayed < low) decayed = low;
    if (decayed > high) decayed = high;
    set(economy, L.BURN, netuid, decayed);
  }
}

/** Moving price of one subnet (10.1). */
function moveMovingPrice(economy: Economy, netuid: u32): void {
  const first = flag(economy, L.FIRST_EMISSION_BLOCK, netuid);
  const before: u32 = first == 0 ? 0 : first - 1;
  const age: u64 = economy.block > before ? u64(economy.block - before) : 0;
  const halving = get(economy, L.EMA_PRICE_HALVING_BLOCKS, netuid);
  const old = get(economy, L.MOVING_PRICE, netuid);
  // alpha = movingAlpha * age / (age + halving), with 64 fraction bits; an age over 0 blocks counts fully.
  let alpha: u64 = 0;
  if (age > 0) {
    const total = age + halving;
    alpha = halving == 0 ? economy.movingAlpha << 32 : multiply32(economy.movingAlpha, divideWide(age, 0, total));
  }
  if (alpha == 0) return;
  const moved = priceHigh != 0 ? alpha : multiplyHigh(alpha, priceLow);
  // (1 - alpha) * old, floored: old - ceil(alpha * old), old having 64 fraction bits in two words.
  const oldLow = old << 32;
  const oldHigh = old >> 32;
  const product = alpha * oldHigh + multiplyHigh(alpha, oldLow) + u64(alpha * oldLow != 0);
  const keptLow = oldLow - product;
  const keptHigh = oldHigh - u64(oldLow < product);
  const sumLow = keptLow + moved;
  const sumHigh = keptHigh + u64(sumLow < moved);
  set(economy, L.MOVING_PRICE, netuid, (sumHigh << 32) | (sumLow >> 32));
}

/**
 * Moving prices and stored root proportions of the first `count` listed subnets from a position on, after everything the block did to the pools.
 * @returns the first position that the caller has to do, or the count
 */
export function economyPrices(
  economy: Economy,
  from: i32,
  count: i32,
  block: u32,
  taoWeight: u64,
  movingAlpha: u64,
): i32 {
  economy.block = block;
  economy.taoWeight = taoWeight;
  economy.movingAlpha = movingAlpha;
  for (let i = from; i < count; i++) {
    const netuid = at(economy, i);
    const tao = get(economy, L.TAO, netuid);
    const alpha = get(economy, L.ALPHA_IN, netuid);
    const alphaOut = get(economy, L.ALPHA_OUT, netuid);
    const weight = weightOf(economy, netuid);
    const halving = get(economy, L.EMA_PRICE_HALVING_BLOCKS, netuid);
    const root = get(economy, L.TAO, 0);
    const fits =
      flag(economy, L.MECHANISM, netuid) == 1 &&
      ordinaryPool(tao, alpha, weight) &&
      (alphaOut | root) >> AMOUNT_BITS == 0 &&
      halving >> 62 == 0 &&
      get(economy, L.MOVING_PRICE, netuid) >> 40 == 0 &&
      economy.movingAlpha >> 20 == 0;
    if (!fits) return i;
    computePrice(tao, alpha, weight);
    moveMovingPrice(economy, netuid);
    set(economy, L.ROOT_PROPORTION, netuid, rootProportion(economy, alpha + alphaOut));
  }
  return count;
}

/** The power function of a small trade, or 2^64 - 1 where the chain's own series has to decide. */
export function economyPower(x: u64, dx: u64, en: u64, ed: u64): u64 {
  return smallPower(x, dx, en, ed);
}
