// Stake weights, the threshold, activity, permits and active stake: all that an epoch does per neuron before it looks
// at weights (spec/epoch.md 3-4).
import * as L from "./layout";
import { normalise, ONE, toProportion } from "./fixed";
import { at16, at32, at64, hasPermit, neurons, parameter, pointer, work } from "./subnet";
import { safeDivideToI32F32, shareOf, storeStakeWeight, toI32F32 } from "./wide";

/** The stored u64 tao weight as a fraction of 2^64 - 1 with 32 fraction bits; only the largest value carries into 1.0. */
function taoWeightFraction(stored: u64): u64 {
  return stored == u64.MAX_VALUE ? u64(ONE) : stored >> 32;
}

/** Fills STAKE_WEIGHT_RAW and STAKE_WEIGHT: filtered by the threshold, normalised over all neurons. */
export function computeStakeWeights(subnet: usize): void {
  const n = neurons(subnet);
  const alpha = pointer(subnet, L.ALPHA_STAKE);
  const tao = pointer(subnet, L.TAO_STAKE);
  const raw = pointer(subnet, L.STAKE_WEIGHT_RAW);
  const owner = i32(parameter(subnet, L.OWNER_UID));
  const threshold = u64(parameter(subnet, L.STAKE_THRESHOLD));
  const taoWeight = taoWeightFraction(u64(parameter(subnet, L.TAO_WEIGHT)));
  const wide = work(usize(n) * 16);

  let sumLow: u64 = 0;
  let sumHigh: u64 = 0;
  // True once the sum left the type or a stake saturated (a saturated one is no multiple of 2^32).
  let irregular = false;
  for (let uid = 0; uid < n; uid++) {
    const at = wide + (usize(uid) << 4);
    // Most neurons are miners without stake.
    if ((load<u64>(at64(alpha, uid)) | load<u64>(at64(tao, uid))) == 0) {
      store<u64>(at, 0);
      store<u64>(at, 0, 8);
      continue;
    }
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

  const column = pointer(subnet, L.STAKE_WEIGHT);
  const sum = f64(sumHigh) * 18446744073709551616.0 + f64(sumLow);
  const reciprocal = sum == 0 ? 0 : 4294967296.0 / sum;
  for (let uid = 0; uid < n; uid++) {
    const at = wide + (usize(uid) << 4);
    const low = load<u64>(at);
    const high = load<u64>(at, 8);
    let share: i64 = 0;
    if ((low | high) != 0) {
      if (!irregular) share = shareOf(low, high, sumLow, sumHigh, reciprocal);
      else if ((sumLow | sumHigh) == 0) share = toI32F32(low, high);
      else share = safeDivideToI32F32(low, high, sumLow, sumHigh);
    }
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
  for (let uid = 0; uid < n; uid++) {
    const counts = load<u8>(active + usize(uid)) != 0 && hasPermit(subnet, uid, owner);
    store<i64>(at64(activeStake, uid), counts ? load<i64>(at64(stake, uid)) : 0);
  }
  normalise(activeStake, n);
}

/** Fills NEW_VALIDATOR_PERMIT: the K largest non-zero stakes, among equal ones the higher uid; and the owner. */
export function computeNewPermits(subnet: usize): void {
  const n = neurons(subnet);
  const limit = i32(parameter(subnet, L.MAX_ALLOWED_VALIDATORS));
  const stake = pointer(subnet, L.STAKE_WEIGHT_RAW);
  const permit = pointer(subnet, L.NEW_VALIDATOR_PERMIT);
  let candidates = 0;
  let negative = false;
  for (let uid = 0; uid < n; uid++) {
    const share = load<i64>(at64(stake, uid));
    store<u8>(permit + usize(uid), u8(share != 0));
    candidates += i32(share != 0);
    if (share < 0) negative = true;
  }
  // Zero stakes rank below all others, so with few enough candidates the ranking clears nobody who is not clear.
  if (n >= limit && (candidates > limit || negative)) keepLargest(stake, permit, n, limit);
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

/** Clears the permit of all but the `limit` highest ranks, by a heap of that size with its lowest rank on top. */
function keepLargest(stake: usize, permit: usize, n: i32, limit: i32): void {
  const heapOfUids = work(usize(limit) * 4);
  for (let uid = 0; uid < limit; uid++) store<i32>(at32(heapOfUids, uid), uid);
  for (let k = (limit >> 1) - 1; k >= 0; k--) siftDown(stake, heapOfUids, k, limit);
  for (let uid = limit; uid < n; uid++) {
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
