// The TAO and alpha of one block over all subnets, the decay of registration prices, and moving prices: everything of
// the block step that touches every subnet in every block. Values outside the ordinary range (see `ordinary`) are left
// to the caller's big-integer form; nothing is rounded differently here (spec/emission.md 3 to 7 and 10).
import { multiplyHigh } from "../fixed";
import * as L from "./layout";
import { Q, smallPower, smallTrade, UNDECIDED } from "./power";
import { divideThreeByTwo, divideWide, fraction32, remainder } from "./wide";

const ONE32: u64 = 1 << 32;
/** Reserves and issuances of ordinary subnets are below this. */
const AMOUNT_BITS: u64 = 55;
const EXISTENTIAL_DEPOSIT: u64 = 500;
/** Below this a pool does not trade. */
const MIN_RESERVE: u64 = 1000000;

@unmanaged
class Economy {
  /** Columns of all netuids. */
  slab: usize;
  capacity: usize;
  /** u64 by netuid: decay factor of the registration price, Q32. */
  factors: usize;
  /** u32: eligible netuids, ascending. */
  eligible: usize;
  count: i32;
  /** u64 by position in `eligible`: share and later TAO emission, then whole TAO, alpha and excess to inject, alpha. */
  shares: usize;
  taoIn: usize;
  alphaIn: usize;
  excess: usize;
  alphaOut: usize;
  block: u32;
  rootSellFlag: bool;
  /** U96F32. */
  taoWeight: u64;
  ownerCut: u64;
  movingAlpha: u64;
  /** Minted TAO that is not spent yet. */
  credit: u64;
  /** What total stake and the accounts gained. */
  stakeGain: u64;
}

export function economyCreate(capacity: i32): usize {
  const address = heap.alloc(offsetof<Economy>());
  memory.fill(address, 0, offsetof<Economy>());
  const economy = changetype<Economy>(address);
  const rows = usize(capacity);
  const slabBytes = rows * (L.WORDS * 8 + L.HALF_WORDS * 4);
  economy.capacity = rows;
  economy.slab = heap.alloc(slabBytes);
  memory.fill(economy.slab, 0, slabBytes);
  economy.factors = heap.alloc(rows * 8);
  economy.eligible = heap.alloc(rows * 4);
  economy.shares = heap.alloc(rows * 8);
  economy.taoIn = heap.alloc(rows * 8);
  economy.alphaIn = heap.alloc(rows * 8);
  economy.excess = heap.alloc(rows * 8);
  economy.alphaOut = heap.alloc(rows * 8);
  return address;
}

export function economyFree(economy: Economy): void {
  heap.free(economy.slab);
  heap.free(economy.factors);
  heap.free(economy.eligible);
  heap.free(economy.shares);
  heap.free(economy.taoIn);
  heap.free(economy.alphaIn);
  heap.free(economy.excess);
  heap.free(economy.alphaOut);
  heap.free(changetype<usize>(economy));
}

/** Addresses: 0 columns, 1 decay factors, 2 whole TAO to inject, 3 alpha, 4 excess, 5 eligible netuids. */
export function economyPointer(economy: Economy, index: i32): usize {
  if (index == 0) return economy.slab;
  if (index == 1) return economy.factors;
  if (index == 2) return economy.taoIn;
  if (index == 3) return economy.alphaIn;
  if (index == 4) return economy.excess;
  return economy.eligible;
}

export function economyCredit(economy: Economy): u64 {
  return economy.credit;
}
export function economySetCredit(economy: Economy, credit: u64): void {
  economy.credit = credit;
}
export function economyStakeGain(economy: Economy): u64 {
  return economy.stakeGain;
}
export function economyEligibleCount(economy: Economy): i32 {
  return economy.count;
}

// @ts-ignore: decorator
@inline
function word(economy: Economy, column: usize, netuid: u32): usize {
  return economy.slab + ((column * economy.capacity + usize(netuid)) << 3);
}
// @ts-ignore: decorator
@inline
function half(economy: Economy, column: usize, netuid: u32): usize {
  return economy.slab + L.WORDS * economy.capacity * 8 + ((column * economy.capacity + usize(netuid)) << 2);
}
// @ts-ignore: decorator
@inline
function get(economy: Economy, column: usize, netuid: u32): u64 {
  return load<u64>(word(economy, column, netuid));
}
// @ts-ignore: decorator
@inline
function set(economy: Economy, column: usize, netuid: u32, value: u64): void {
  store<u64>(word(economy, column, netuid), value);
}
// @ts-ignore: decorator
@inline
function raise(economy: Economy, column: usize, netuid: u32, amount: u64): void {
  const address = word(economy, column, netuid);
  store<u64>(address, load<u64>(address) + amount);
}
// @ts-ignore: decorator
@inline
function flag(economy: Economy, column: usize, netuid: u32): u32 {
  return load<u32>(half(economy, column, netuid));
}
// @ts-ignore: decorator
@inline
function at(economy: Economy, position: i32): u32 {
  return load<u32>(economy.eligible + (usize(position) << 2));
}
// @ts-ignore: decorator
@inline
function listed(list: usize, position: i32): u64 {
  return load<u64>(list + (usize(position) << 3));
}
// @ts-ignore: decorator
@inline
function list(list: usize, position: i32, value: u64): void {
  store<u64>(list + (usize(position) << 3), value);
}

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

/** First issuance of each lower emission. */
const THRESHOLDS: StaticArray<u64> = [
  10500000000000000, 15750000000000000, 18375000000000000, 19687500000000000, 20343750000000000, 20671875000000000,
  20835937500000000, 20917968750000000, 20958984375000000, 20979492187500000, 20989746093750000, 20994873046875000,
  20997436523437500, 20998718261718750, 20999359130859375, 20999679565429688, 20999839782714844, 20999919891357422,
  20999959945678711, 20999979972839356, 20999989986419678, 20999994993209839, 20999997496604920, 20999998748302460,
  20999999374151230, 20999999687075615, 20999999843537808, 20999999921768904, 20999999960884452, 20999999980442226,
];

/** Rao of alpha per block at an issuance. */
function blockEmission(issuance: u64): u64 {
  let halvings = 0;
  while (halvings < 30 && issuance >= unchecked(THRESHOLDS[halvings])) halvings++;
  return halvings == 30 ? 0 : 1000000000 >> u64(halvings);
}

/** Integer part and fraction of the last price. */
let priceHigh: u64 = 0;
let priceLow: u64 = 0;

/** TAO per alpha as U64F64; tao < 2^15 * alpha, and a weight within its bounds. */
function computePrice(tao: u64, alpha: u64, weight: u64): void {
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
function weightOf(economy: Economy, netuid: u32): u64 {
  return flag(economy, L.POOL_INITIALISED, netuid) == 0 ? Q / 2 : get(economy, L.QUOTE_WEIGHT, netuid);
}

/** Whether a price can be computed here. */
// @ts-ignore: decorator
@inline
function ordinaryPool(tao: u64, alpha: u64, weight: u64): bool {
  return (
    (tao | alpha) >> AMOUNT_BITS == 0 && (tao >> 15 < alpha || alpha == 0) && weight >= Q / 100 && weight <= Q - Q / 100
  );
}

/** Whether everything that an eligible subnet's share, terms and split need is in range. */
function ordinary(economy: Economy, netuid: u32): bool {
  const movingPrice = get(economy, L.MOVING_PRICE, netuid);
  const counters =
    get(economy, L.PENDING_SERVER, netuid) |
    get(economy, L.PENDING_VALIDATOR, netuid) |
    get(economy, L.PENDING_ROOT, netuid) |
    get(economy, L.PENDING_OWNER_CUT, netuid) |
    get(economy, L.ALPHA_RECYCLED, netuid) |
    get(economy, L.PROTOCOL_ALPHA, netuid);
  return (
    flag(economy, L.MECHANISM, netuid) == 1 &&
    movingPrice >> 40 == 0 &&
    counters >> 62 == 0 &&
    get(economy, L.ALPHA_OUT, netuid) >> AMOUNT_BITS == 0 &&
    ordinaryPool(get(economy, L.TAO, netuid), get(economy, L.ALPHA_IN, netuid), weightOf(economy, netuid))
  );
}

/** Weighted root TAO against the alpha issuance, with 32 fraction bits. */
function rootProportion(economy: Economy, issuance: u64): u64 {
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
function multiply32(a: u64, b: u64): u64 {
  return (multiplyHigh(a, b) << 32) | ((a * b) >> 32);
}

/**
 * Shares of the eligible subnets, U64F64; an exact 1.0 is 2^64, which only one subnet can have: it is stored as 0 and
 * its position answered by `whole`.
 */
let whole: i32 = -1;

/** floor(part * 2^64 / sum) for every listed part, `sumHigh` set where the sum is exactly 2^64. */
function normalise(economy: Economy, sum: u64, sumHigh: u64, wholeBefore: i32): void {
  // A part of 2^64 is the only one that is not 0, and stays the whole.
  whole = wholeBefore;
  if (wholeBefore >= 0 || sumHigh != 0) return;
  for (let i = 0; i < economy.count; i++) {
    const part = listed(economy.shares, i);
    if (part == sum) {
      whole = i;
      list(economy.shares, i, 0);
    } else list(economy.shares, i, divideWide(part, 0, sum));
  }
}

/** Section 4: the shares before and after emission-disabled subnets are taken out, and the TAO of each. */
function computeShares(economy: Economy): void {
  const count = economy.count;
  let prices: u64 = 0;
  for (let i = 0; i < count; i++) {
    const price = get(economy, L.MOVING_PRICE, at(economy, i));
    list(economy.shares, i, price);
    prices += price;
  }
  economy.rootSellFlag = prices > ONE32;
  whole = -1;
  if (prices == 0) {
    for (let i = 0; i < count; i++) list(economy.shares, i, 0);
  } else normalise(economy, prices, 0, -1);

  // Weighted by what miners were really paid; where everybody withheld everything, the shares stay.
  let sum: u64 = 0;
  let sumHigh: u64 = 0;
  let weightedWhole = -1;
  for (let i = 0; i < count; i++) {
    const burned = get(economy, L.MINER_BURNED, at(economy, i));
    const kept = burned >= ONE32 ? 0 : ONE32 - burned;
    let weighted: u64;
    if (i == whole) {
      weighted = kept << 32;
      if (kept == ONE32) weightedWhole = i;
    } else weighted = multiply32(listed(economy.shares, i), kept);
    list(economy.alphaOut, i, weighted);
    sum += weighted;
    sumHigh += u64(sum < weighted);
  }
  if ((sum | sumHigh) != 0 || weightedWhole >= 0) {
    for (let i = 0; i < count; i++) list(economy.shares, i, listed(economy.alphaOut, i));
    normalise(economy, sum, sumHigh, weightedWhole);
  }

  let disabled = false;
  for (let i = 0; i < count; i++) disabled = disabled || flag(economy, L.EMISSION_ENABLED, at(economy, i)) == 0;
  if (disabled) {
    sum = 0;
    sumHigh = 0;
    for (let i = 0; i < count; i++) {
      if (flag(economy, L.EMISSION_ENABLED, at(economy, i)) == 0) {
        list(economy.shares, i, 0);
        if (whole == i) whole = -1;
      }
      const share = listed(economy.shares, i);
      sum += share;
      sumHigh += u64(sum < share);
    }
    if (whole < 0 && (sum | sumHigh) != 0) normalise(economy, sum, sumHigh, -1);
  }

  // e = minted * share, narrowed to 32 fraction bits: below 2^62.
  const minted = economy.credit;
  for (let i = 0; i < count; i++)
    list(economy.shares, i, i == whole ? minted << 32 : multiply32(minted, listed(economy.shares, i)));
}

/** Section 5 for all eligible subnets, before anything changes. */
function computeTerms(economy: Economy): void {
  for (let i = 0; i < economy.count; i++) {
    const netuid = at(economy, i);
    const tao = get(economy, L.TAO, netuid);
    const alpha = get(economy, L.ALPHA_IN, netuid);
    const emission = listed(economy.shares, i);
    const issuance = alpha + get(economy, L.ALPHA_OUT, netuid);
    const alphaOut = blockEmission(issuance);
    computePrice(tao, alpha, weightOf(economy, netuid));
    const price = (priceHigh << 32) | (priceLow >> 32);
    const cap = rootProportion(economy, issuance) * alphaOut;
    let alphaIn: u64 = 0;
    let taoIn = emission;
    if (price != 0) {
      const high = emission >> 32;
      // A quotient past 64 bits is above any cap.
      const over = high >= price;
      if (!over) alphaIn = divideWide(high, emission << 32, price);
      if (over || alphaIn > cap) {
        alphaIn = cap;
        taoIn = multiply32(cap, price);
      }
    }
    const excess = emission > taoIn ? emission - taoIn : 0;
    list(economy.taoIn, i, taoIn >> 32);
    list(economy.alphaIn, i, alphaIn >> 32);
    list(economy.excess, i, excess >> 32);
    list(economy.alphaOut, i, alphaOut);
  }
}

/**
 * Finds the eligible subnets and computes what each gets of the minted TAO. Changes no column.
 * @returns 0 if a subnet is outside the ordinary range
 */
export function economyTerms(economy: Economy, minted: u64, taoWeight: u64, ownerCut: u32): i32 {
  economy.credit = minted;
  economy.stakeGain = 0;
  economy.taoWeight = taoWeight;
  economy.ownerCut = divideWide(0, u64(ownerCut) << 32, 65535);
  let count = 0;
  for (let netuid: u32 = 1; usize(netuid) < economy.capacity; netuid++) {
    if (
      flag(economy, L.EXISTS, netuid) == 0 ||
      flag(economy, L.FIRST_EMISSION_BLOCK, netuid) == L.NOT_STARTED ||
      flag(economy, L.SUBTOKEN_ENABLED, netuid) != 1 ||
      flag(economy, L.REGISTRATION_ALLOWED, netuid) != 1
    )
      continue;
    if (!ordinary(economy, netuid)) return 0;
    store<u32>(economy.eligible + (usize(count) << 2), netuid);
    count++;
  }
  economy.count = count;
  if (get(economy, L.TAO, 0) >> AMOUNT_BITS != 0 || minted > 1000000000) return 0;
  computeShares(economy);
  computeTerms(economy);
  return 1;
}

/** parts * (a * b) / Q to the nearest, halves up: two words, the upper one in `scaledHigh`. */
let scaledHigh: u64 = 0;
function scaledProduct(parts: u64, a: u64, b: u64): u64 {
  const low = a * b;
  const high = multiplyHigh(a, b);
  let p0 = low * parts;
  const middle = high * parts;
  let p1 = middle + multiplyHigh(low, parts);
  let p2 = multiplyHigh(high, parts) + u64(p1 < middle);
  p0 += Q / 2;
  const carry = u64(p0 < Q / 2);
  p1 += carry;
  p2 += u64(p1 < carry);
  scaledHigh = divideWide(p2, p1, Q);
  return divideWide(remainder, p0, Q);
}

/** The quote weight that keeps the price of an ordinary pool with reserves (spec/pool.md 6). */
function adjustedWeight(tao: u64, alpha: u64, weight: u64, dTao: u64, dAlpha: u64): u64 {
  const baseLow = scaledProduct(Q - weight, tao, alpha + dAlpha);
  const baseHigh = scaledHigh;
  const quoteLow = scaledProduct(weight, alpha, tao + dTao);
  const quoteHigh = scaledHigh;
  const sumLow = baseLow + quoteLow;
  const sumHigh = baseHigh + quoteHigh + u64(sumLow < baseLow);
  const n0 = quoteLow * Q;
  const middle = quoteHigh * Q;
  const n1 = middle + multiplyHigh(quoteLow, Q);
  const n2 = multiplyHigh(quoteHigh, Q) + u64(n1 < middle);
  return divideThreeByTwo(n2, n1, n0, sumHigh, sumLow);
}

/** Section 6 for one subnet. @returns false, and nothing changed, where the big-integer form has to do it */
function inject(economy: Economy, position: i32): bool {
  const netuid = at(economy, position);
  let taoIn = listed(economy.taoIn, position);
  let alphaIn = listed(economy.alphaIn, position);
  const excess = listed(economy.excess, position);
  const tao = get(economy, L.TAO, netuid);
  const alpha = get(economy, L.ALPHA_IN, netuid);
  const account = get(economy, L.ACCOUNT, netuid);
  const flow = get(economy, L.PROTOCOL_FLOW, netuid);
  const initialised = flag(economy, L.POOL_INITIALISED, netuid) != 0;
  const weight = weightOf(economy, netuid);
  if (tao == 0 || alpha < MIN_RESERVE || account < EXISTENTIAL_DEPOSIT || account >> 62 != 0) return false;
  if (alphaIn >> AMOUNT_BITS != 0 || (flow + (1 << 62)) >> 63 != 0) return false;
  let adjusted = adjustedWeight(tao, alpha, weight, taoIn, alphaIn);
  const accepted = adjusted >= Q / 100 && adjusted <= Q - Q / 100;
  if (!accepted) {
    if (!initialised) return false;
    taoIn = 0;
    alphaIn = 0;
    adjusted = weight;
  }
  let credit = economy.credit;
  let bought: u64 = 0;
  const buying = excess > 0 && credit >= excess;
  if (buying) {
    if (adjusted < Q / 10 || adjusted > Q - Q / 10) return false;
    bought = smallTrade(tao, excess, alpha, adjusted, Q - adjusted);
    if (bought == UNDECIDED || bought == 0) return false;
    credit -= excess;
  }
  const injecting = taoIn > 0 && credit >= taoIn;
  if (injecting) credit -= taoIn;
  const spent = (buying ? excess : 0) + (injecting ? taoIn : 0);

  set(economy, L.QUOTE_WEIGHT, netuid, adjusted);
  store<u32>(half(economy, L.POOL_INITIALISED, netuid), 1);
  set(economy, L.EXCESS_TAO, netuid, buying ? excess : 0);
  set(economy, L.TAO_IN_EMISSION, netuid, injecting ? taoIn : 0);
  set(economy, L.ALPHA_IN_EMISSION, netuid, alphaIn);
  set(economy, L.TAO, netuid, tao + spent);
  set(economy, L.ACCOUNT, netuid, account + spent);
  set(economy, L.ALPHA_IN, netuid, alpha - bought + alphaIn);
  set(economy, L.PROTOCOL_FLOW, netuid, flow + spent);
  if (buying) {
    raise(economy, L.ALPHA_OUT, netuid, bought);
    raise(economy, L.PROTOCOL_ALPHA, netuid, bought);
    const low = get(economy, L.VOLUME_LOW, netuid) + excess;
    set(economy, L.VOLUME_LOW, netuid, low);
    if (low < excess) raise(economy, L.VOLUME_HIGH, netuid, 1);
  }
  economy.credit = credit;
  economy.stakeGain += spent;
  return true;
}

/** Section 6 from a position on. @returns the first position that the caller has to do, or the count */
export function economyInject(economy: Economy, from: i32): i32 {
  let position = from;
  while (position < economy.count && inject(economy, position)) position++;
  return position;
}

/** Section 7 for all eligible subnets. */
export function economyEmit(economy: Economy): void {
  for (let i = 0; i < economy.count; i++) {
    const netuid = at(economy, i);
    const emitted = listed(economy.alphaOut, i);
    raise(economy, L.ALPHA_OUT, netuid, emitted);
    set(economy, L.ALPHA_OUT_EMISSION, netuid, emitted);
    let rest = emitted << 32;
    if (flag(economy, L.OWNER_CUT_ENABLED, netuid) == 1) {
      const cut = emitted * economy.ownerCut;
      rest -= cut;
      raise(economy, L.PENDING_OWNER_CUT, netuid, cut >> 32);
    }
    const issuance = get(economy, L.ALPHA_IN, netuid) + get(economy, L.ALPHA_OUT, netuid);
    const root = multiply32(rootProportion(economy, issuance), rest) >> 1;
    const server = rest >> 1;
    raise(economy, L.PENDING_SERVER, netuid, server >> 32);
    raise(economy, L.PENDING_VALIDATOR, netuid, (rest - server - root) >> 32);
    if (economy.rootSellFlag) raise(economy, L.PENDING_ROOT, netuid, root >> 32);
    else {
      raise(economy, L.ALPHA_OUT, netuid, 0 - (root >> 32));
      raise(economy, L.ALPHA_RECYCLED, netuid, root >> 32);
    }
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
