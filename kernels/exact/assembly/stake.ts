// Stake weights, the threshold, activity, permits and active stake: all that an epoch does per neuron before it looks
// at weights (spec/epoch.md 3-4).
import * as L from "./layout";
import { ONE, safeDivide, toProportion } from "./fixed";
import { aligned, at16, at32, at64, hasPermit, neurons, parameter, pointer, work } from "./subnet";
import { safeDivideToI32F32, shareOf, storeStakeWeight, toI32F32 } from "./wide";

/** The stored u64 tao weight as a fraction of 2^64 - 1 with 32 fraction bits; only the largest value carries into 1.0. */
function taoWeightFraction(stored: u64): u64 {
  return stored == u64.MAX_VALUE ? u64(ONE) : stored >> 32;
}

/**
 * u16 uids of the neurons that have stake, ascending. Most neurons are miners without any, so one pass finds the
 * holders, and everything that is about stake goes over them alone.
 */
export let holders: usize = 0;
export let holderCount: i32 = 0;

/** Bytes of working memory that the stakes of n neurons take. */
export function stakeBytes(n: i32): usize {
  return aligned(usize(n) * 2) + aligned(usize(n) * 16) + aligned(usize(n) * 4);
}

// @ts-ignore: decorator
@inline
export function holderAt(k: i32): i32 {
  return i32(load<u16>(at16(holders, k)));
}

/** Lists who has alpha or TAO staked. */
function findHolders(subnet: usize): void {
  const n = neurons(subnet);
  const alpha = pointer(subnet, L.ALPHA_STAKE);
  const tao = pointer(subnet, L.TAO_STAKE);
  const list = work(usize(n) * 2);
  let count = 0;
  for (let uid = 0; uid < n; uid++) {
    store<u16>(at16(list, count), u16(uid));
    count += i32((load<u64>(at64(alpha, uid)) | load<u64>(at64(tao, uid))) != 0);
  }
  holders = list;
  holderCount = count;
}

/** Fills STAKE_WEIGHT_RAW and STAKE_WEIGHT: filtered by the threshold, normalised over all neurons. */
export function computeStakeWeights(subnet: usize): void {
  const n = neurons(subnet);
  const alpha = pointer(subnet, L.ALPHA_STAKE);
  const tao = pointer(subnet, L.TAO_STAKE);
  const owner = i32(parameter(subnet, L.OWNER_UID));
  const threshold = u64(parameter(subnet, L.STAKE_THRESHOLD));
  const taoWeight = taoWeightFraction(u64(parameter(subnet, L.TAO_WEIGHT)));
  findHolders(subnet);
  const wide = work(usize(holderCount) * 16);

  let sumLow: u64 = 0;
  let sumHigh: u64 = 0;
  // True once the sum left the type or a stake saturated (a saturated one is no multiple of 2^32).
  let irregular = false;
  for (let k = 0; k < holderCount; k++) {
    const uid = holderAt(k);
    const at = wide + (usize(k) << 4);
    storeStakeWeight(at, load<u64>(at64(alpha, uid)), load<u64>(at64(tao, uid)), taoWeight);
    // The floor of a non-negative I64F64 is its upper word.
    if (load<u64>(at, 8) < threshold && uid != owner) {
      store<u64>(at, 0);
      store<u64>(at, 0, 8);
    }
    const low = load<u64>(at);
    sumLow += low;
    sumHigh += load<u64>(at, 8) + u64(sumLow < low);
    if (i64(sumHigh) < 0 || (low & 0xffffffff) != 0) irregular = true;
  }

  const raw = pointer(subnet, L.STAKE_WEIGHT_RAW);
  const column = pointer(subnet, L.STAKE_WEIGHT);
  memory.fill(raw, 0, usize(n) * 8);
  memory.fill(column, 0, usize(n) * 2);
  const sum = f64(sumHigh) * 18446744073709551616.0 + f64(sumLow);
  const reciprocal = sum == 0 ? 0 : 4294967296.0 / sum;
  for (let k = 0; k < holderCount; k++) {
    const uid = holderAt(k);
    const at = wide + (usize(k) << 4);
    const low = load<u64>(at);
    const high = load<u64>(at, 8);
    if ((low | high) == 0) continue;
    let share: i64 = 0;
    if (!irregular) share = shareOf(low, high, sumLow, sumHigh, reciprocal);
    else if ((sumLow | sumHigh) == 0) share = toI32F32(low, high);
    else share = safeDivideToI32F32(low, high, sumLow, sumHigh);
    store<i64>(at64(raw, uid), share);
    store<u16>(at16(column, uid), toProportion(share));
  }
}

/** Fills ACTIVE: a neuron is inactive once its last update plus the cutoff lies before the block. */
export function computeActivity(subnet: usize): void {
  const n = neurons(subnet);
  const block = u64(parameter(subnet, L.BLOCK));
  const cutoff = u64(parameter(subnet, L.ACTIVITY_CUTOFF));
  const lastUpdate = pointer(subnet, L.LAST_UPDATE);
  const active = pointer(subnet, L.ACTIVE);
  // last + cutoff < block, saturating, means cutoff < block and last < block - cutoff.
  const oldest = block > cutoff ? block - cutoff : 0;
  for (let uid = 0; uid < n; uid++) store<u8>(active + usize(uid), u8(load<u64>(at64(lastUpdate, uid)) >= oldest));
}

/** Fills ACTIVE_STAKE_RAW: the stake weights of active validators, normalised among them. */
export function computeActiveStake(subnet: usize): void {
  const n = neurons(subnet);
  const owner = i32(parameter(subnet, L.OWNER_UID));
  const active = pointer(subnet, L.ACTIVE);
  const stake = pointer(subnet, L.STAKE_WEIGHT_RAW);
  const activeStake = pointer(subnet, L.ACTIVE_STAKE_RAW);
  memory.fill(activeStake, 0, usize(n) * 8);
  for (let k = 0; k < holderCount; k++) {
    const uid = holderAt(k);
    const counts = load<u8>(active + usize(uid)) != 0 && hasPermit(subnet, uid, owner);
    if (counts) store<i64>(at64(activeStake, uid), load<i64>(at64(stake, uid)));
  }
  normaliseHolders(activeStake);
}

/** `normalise` of a column in which only those with stake have something. */
export function normaliseHolders(column: usize): void {
  let sum: i64 = 0;
  for (let k = 0; k < holderCount; k++) sum += load<i64>(at64(column, holderAt(k)));
  if (sum == 0) return;
  for (let k = 0; k < holderCount; k++) {
    const at = at64(column, holderAt(k));
    const value = load<i64>(at);
    if (value != 0) store<i64>(at, safeDivide(value, sum));
  }
}

/** Fills NEW_VALIDATOR_PERMIT: the K largest non-zero stakes, among equal ones the higher uid; and the owner. */
export function computeNewPermits(subnet: usize): void {
  const n = neurons(subnet);
  const limit = i32(parameter(subnet, L.MAX_ALLOWED_VALIDATORS));
  const stake = pointer(subnet, L.STAKE_WEIGHT_RAW);
  const permit = pointer(subnet, L.NEW_VALIDATOR_PERMIT);
  memory.fill(permit, 0, usize(n));
  let candidates = 0;
  let negative = false;
  for (let k = 0; k < holderCount; k++) {
    const uid = holderAt(k);
    const share = load<i64>(at64(stake, uid));
    store<u8>(permit + usize(uid), u8(share != 0));
    candidates += i32(share != 0);
    if (share < 0) negative = true;
  }
  // Zero stakes rank below all others, so with few enough candidates the ranking clears nobody who is not clear, and
  // with more it is between those who have stake. Only where sums wrapped can somebody rank below zero.
  if (n >= limit && (candidates > limit || negative)) {
    if (negative) {
      for (let uid = 0; uid < n; uid++) store<u16>(at16(holders, uid), u16(uid));
      holderCount = n;
    }
    keepLargest(stake, permit, limit);
  }
  const owner = i32(parameter(subnet, L.OWNER_UID));
  if (owner >= 0 && owner < n) store<u8>(permit + usize(owner), 1);
}

/** True if uid a ranks below uid b: less stake, or the same stake and the lower uid. */
// @ts-ignore: decorator
@inline
function ranksBelow(stake: usize, a: i32, b: i32): bool {
  const stakeA = load<i64>(at64(stake, a));
  const stakeB = load<i64>(at64(stake, b));
  return stakeA < stakeB || (stakeA == stakeB && a < b);
}

/**
 * Clears the permit of all holders but the `limit` highest ranks, by a heap of that size with its lowest rank on top.
 * There are at least `limit` holders.
 */
function keepLargest(stake: usize, permit: usize, limit: i32): void {
  const heapOfUids = work(usize(limit) * 4);
  for (let k = 0; k < limit; k++) store<i32>(at32(heapOfUids, k), holderAt(k));
  for (let k = (limit >> 1) - 1; k >= 0; k--) siftDown(stake, heapOfUids, k, limit);
  for (let k = limit; k < holderCount; k++) {
    const uid = holderAt(k);
    let out = uid;
    if (limit > 0 && ranksBelow(stake, load<i32>(heapOfUids), uid)) {
      out = load<i32>(heapOfUids);
      store<i32>(heapOfUids, uid);
      siftDown(stake, heapOfUids, 0, limit);
    }
    store<u8>(permit + usize(out), 0);
  }
}

function siftDown(stake: usize, heapOfUids: usize, start: i32, length: i32): void {
  let k = start;
  const uid = load<i32>(at32(heapOfUids, k));
  while (true) {
    let child = 2 * k + 1;
    if (child >= length) break;
    if (
      child + 1 < length &&
      ranksBelow(stake, load<i32>(at32(heapOfUids, child + 1)), load<i32>(at32(heapOfUids, child)))
    )
      child++;
    const childUid = load<i32>(at32(heapOfUids, child));
    if (!ranksBelow(stake, childUid, uid)) break;
    store<i32>(at32(heapOfUids, k), childUid);
    k = child;
  }
  store<i32>(at32(heapOfUids, k), uid);
}
