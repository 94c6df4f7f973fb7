// What each eligible subnet gets of a block's TAO, before anything changes (spec/emission.md 3 to 5).
import * as L from "./layout";
import { AMOUNT_BITS, computePrice, multiply32, ordinaryPool, priceHigh, priceLow, rootProportion, weightOf } from "./pool";
import { at, Economy, flag, get, list, listed, set } from "./state";
import { divideWide } from "./wide";

const ONE32: u64 = 1 << 32;

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
