// The root claims of one coldkey on one hotkey, on all subnets (spec/staking.md 10.2 to 10.4): what is owed is sold and
// staked on root. The claimed amounts grow with each sale on every subnet; these adjustments are added up per subnet,
// every product floored on its own as if each were made at once.
import { multiplyHigh } from "../fixed";
import * as L from "./layout";
import { AMOUNT_BITS, multiply32, ordinaryPool, weightOf } from "./pool";
import { Q, smallTrade, UNDECIDED } from "./power";
import { add, exponent, fromWhole, high, low, mulDiv, toWhole } from "./shareFloat";
import { Economy, flag, get, half, list, listed, set } from "./state";

/** Amounts that can be added to others without a look at overflows. */
const SAFE_BITS: u64 = 62;
/** Sums of 1,024 floors of rate * amount stay within 62 bits. */
const OUT_BITS: u64 = 44;
const RATE_BITS: u64 = 40;
const MOST_CLAIMS: i32 = 1024;
/** Below this a pool does not trade. */
const MIN_RESERVE: u64 = 1000000;
/** The price limit of a claim's sale is 10^-6; a tenth above it, rounding decides nothing. */
const CLEAR_PRICE: f64 = 0.0000011;

/** Words of the share pool on root: value, denominator, share of the coldkey, total stake, existential deposit. */
const VALUE: i32 = 0;
const DENOMINATOR: i32 = 1;
const SHARE: i32 = 4;
const TOTAL_STAKE: i32 = 7;
const DEPOSIT: i32 = 8;

/** Of `sellOwed`: the caller has to do it with big integers. */
const OUTSIDE: u64 = 0;

/** What the coldkey's share of the root pool is worth, rao. */
function shareValue(pool: usize): u64 {
  fromWhole(listed(pool, VALUE));
  mulDiv(
    high,
    low,
    exponent,
    listed(pool, SHARE + 1),
    listed(pool, SHARE),
    i32(listed(pool, SHARE + 2)),
    listed(pool, DENOMINATOR + 1),
    listed(pool, DENOMINATOR),
    i32(listed(pool, DENOMINATOR + 2)),
  );
  return toWhole();
}

/** Adds to a float of the pool. */
function grow(pool: usize, at: i32, bHigh: u64, bLow: u64, bExponent: i32): void {
  add(listed(pool, at + 1), listed(pool, at), i32(listed(pool, at + 2)), bHigh, bLow, bExponent);
  list(pool, at, low);
  list(pool, at + 1, high);
  list(pool, at + 2, u64(exponent));
}

/** Stakes `amount` on root (spec/staking.md 2.2). */
function stakeOnRoot(pool: usize, amount: u64): void {
  const value = listed(pool, VALUE);
  fromWhole(value);
  const valueHigh = high;
  const valueLow = low;
  const valueExponent = exponent;
  fromWhole(amount);
  mulDiv(
    high,
    low,
    exponent,
    listed(pool, DENOMINATOR + 1),
    listed(pool, DENOMINATOR),
    i32(listed(pool, DENOMINATOR + 2)),
    valueHigh,
    valueLow,
    valueExponent,
  );
  const shareHigh = high;
  const shareLow = low;
  const shareExponent = exponent;
  grow(pool, DENOMINATOR, shareHigh, shareLow, shareExponent);
  grow(pool, SHARE, shareHigh, shareLow, shareExponent);
  list(pool, VALUE, value + amount);
}

/** Sells alpha and moves the TAO to root. @returns the TAO, OUTSIDE where a value is not ordinary */
function sellOwed(economy: Economy, netuid: u32, alpha: u64): u64 {
  const tao = get(economy, L.TAO, netuid);
  const inside = get(economy, L.ALPHA_IN, netuid);
  const outside = get(economy, L.ALPHA_OUT, netuid);
  const weight = weightOf(economy, netuid);
  if (flag(economy, L.MECHANISM, netuid) != 1 || tao < MIN_RESERVE || inside == 0) return OUTSIDE;
  if (!ordinaryPool(tao, inside, weight)) return OUTSIDE;
  const out = smallTrade(inside, alpha, tao, Q - weight, weight);
  if (out == UNDECIDED || out == 0 || out >> OUT_BITS != 0) return OUTSIDE;
  if ((f64(Q - weight) / f64(weight)) * (f64(tao - out) / f64(inside + alpha)) < CLEAR_PRICE) return OUTSIDE;

  const pool = economy.claimPool;
  const deposit = listed(pool, DEPOSIT);
  const account = get(economy, L.ACCOUNT, netuid);
  const rootAccount = get(economy, L.ACCOUNT, 0) + out;
  const rootTao = get(economy, L.TAO, 0) + out;
  const rootStaked = get(economy, L.ALPHA_OUT, 0) + out;
  const sold = get(economy, L.ROOT_SELL_TAO, netuid) + out;
  const flow = get(economy, L.PROTOCOL_FLOW, netuid);
  const claimable = get(economy, L.CLAIMABLE_ALPHA, netuid);
  if (account < out + deposit || rootAccount < deposit || out > listed(pool, TOTAL_STAKE)) return OUTSIDE;
  if ((account | rootAccount | rootTao | rootStaked | sold | outside) >> SAFE_BITS != 0) return OUTSIDE;
  if (((flow + (1 << SAFE_BITS)) | (claimable + (1 << SAFE_BITS))) >> (SAFE_BITS + 1) != 0) return OUTSIDE;

  set(economy, L.QUOTE_WEIGHT, netuid, weight);
  store<u32>(half(economy, L.POOL_INITIALISED, netuid), 1);
  set(economy, L.ALPHA_IN, netuid, inside + alpha);
  set(economy, L.ALPHA_OUT, netuid, outside > alpha ? outside - alpha : 0);
  set(economy, L.TAO, netuid, tao - out);
  set(economy, L.ACCOUNT, netuid, account - out);
  set(economy, L.ROOT_SELL_TAO, netuid, sold);
  set(economy, L.PROTOCOL_FLOW, netuid, flow - out);
  set(economy, L.CLAIMABLE_ALPHA, netuid, claimable - alpha);
  const volume = get(economy, L.VOLUME_LOW, netuid) + out;
  set(economy, L.VOLUME_LOW, netuid, volume);
  if (volume < out) {
    const volumeHigh = get(economy, L.VOLUME_HIGH, netuid);
    if (volumeHigh != u64.MAX_VALUE) set(economy, L.VOLUME_HIGH, netuid, volumeHigh + 1);
  }
  set(economy, L.ACCOUNT, 0, rootAccount);
  set(economy, L.TAO, 0, rootTao);
  set(economy, L.ALPHA_OUT, 0, rootStaked);
  return out;
}

let allSmall: bool = true;

/** The sum of floor(rate * amount / 2^32) over the amounts at `from .. to - 1`. */
function sumFloors(economy: Economy, rate: u64, from: i32, to: i32): u64 {
  let sum: u64 = 0;
  let i = from;
  if (allSmall && rate >> 32 == 0) {
    const amounts = economy.claimSmallAmounts;
    const rates = i32x4.splat(i32(rate));
    let sums = i64x2.splat(0);
    for (; i + 4 <= to; i += 4) {
      const four = v128.load(amounts + (usize(i) << 2));
      sums = i64x2.add(sums, i64x2.shr_u(i64x2.extmul_low_i32x4_u(four, rates), 32));
      sums = i64x2.add(sums, i64x2.shr_u(i64x2.extmul_high_i32x4_u(four, rates), 32));
    }
    sum = u64(i64x2.extract_lane(sums, 0)) + u64(i64x2.extract_lane(sums, 1));
    for (; i < to; i++) sum += (u64(load<u32>(amounts + (usize(i) << 2))) * rate) >> 32;
    return sum;
  }
  for (; i < to; i++) sum += multiply32(rate, listed(economy.claimAmounts, i));
  return sum;
}

/**
 * Lists the netuids that have a rate.
 * @returns their number; -1 where a rate or a claimed amount is not ordinary
 */
function listRow(economy: Economy): i32 {
  let count = 0;
  for (let netuid: u32 = 0; usize(netuid) < economy.capacity; netuid++) {
    if (load<u8>(economy.claimHas + usize(netuid)) == 0) continue;
    const rate = listed(economy.claimRates, netuid);
    if (netuid == 0 || rate >> RATE_BITS != 0 || listed(economy.claimed, netuid) >> SAFE_BITS != 0) return -1;
    store<u32>(economy.claimNetuids + (usize(count) << 2), netuid);
    count++;
  }
  return count > MOST_CLAIMS ? -1 : count;
}

// @ts-ignore: decorator
@inline
function netuidAt(economy: Economy, position: i32): u32 {
  return load<u32>(economy.claimNetuids + (usize(position) << 2));
}

/**
 * Claims on all netuids that have a rate, 32 fraction bits, ascending. Afterwards `claimed` holds what counts as claimed.
 * @returns the number of sales; -1, and the columns are to be thrown away, where the big-integer form has to do it
 */
export function economyClaimRow(economy: Economy): i32 {
  const count = listRow(economy);
  if (count < 0) return -1;
  const pool = economy.claimPool;
  let rootStake = shareValue(pool);
  let sales = 0;
  allSmall = true;
  for (let i = 0; i < count; i++) {
    const netuid = netuidAt(economy, i);
    const rate = listed(economy.claimRates, netuid);
    const before = listed(economy.claimed, netuid) + sumFloors(economy, rate, 0, sales);
    list(economy.claimed, netuid, before);
    list(economy.claimPaid, i, 0);
    store<i32>(economy.claimFrom + (usize(i) << 2), sales);
    if (before >> SAFE_BITS != 0 || rootStake >> AMOUNT_BITS != 0) return -1;

    // What is owed, 32 fraction bits.
    const earnedLow = rate * rootStake;
    const owedLow = earnedLow - (before << 32);
    const owedHigh = i64(multiplyHigh(rate, rootStake) - (before >> 32) - u64(earnedLow < before << 32));
    if (owedHigh < 0 || (owedHigh == 0 && owedLow < listed(economy.claimThresholds, netuid))) continue;
    const owed = (u64(owedHigh) << 32) | (owedLow >> 32);
    if (owedHigh >> 30 != 0) return -1;
    if (owed == 0) continue;

    const out = sellOwed(economy, netuid, owed);
    if (out == OUTSIDE) return -1;
    stakeOnRoot(pool, out);
    rootStake = shareValue(pool);
    list(economy.claimAmounts, sales, out);
    store<u32>(economy.claimSmallAmounts + (usize(sales) << 2), u32(out));
    allSmall = allSmall && out >> 32 == 0;
    list(economy.claimPaid, i, owed);
    sales++;
  }
  for (let i = 0; i < count; i++) {
    const netuid = netuidAt(economy, i);
    const rate = listed(economy.claimRates, netuid);
    const later = sumFloors(economy, rate, load<i32>(economy.claimFrom + (usize(i) << 2)), sales);
    list(economy.claimed, netuid, listed(economy.claimed, netuid) + later + listed(economy.claimPaid, i));
  }
  return sales;
}
