// Weights for bonds, the old bonds, both ways to average them, and what becomes of the result (spec/epoch.md 7).
import * as L from "../layout";
import {
  fromProportion,
  multiply,
  ONE,
  overflowed,
  safeDivide,
  saturatingAdd,
  saturatingSubtract,
} from "../fixed";
import { endRow, entryUid, entryValue, Rows, rowStart, setEntry } from "../rows";
import { at16, at32, at64, clearedWork, neurons, parameter, pointer } from "../subnet";

/** Weights between W and C by the bonds penalty: W, C or `between` filled with the mixture, rows sorted by uid. */
export function weightsForBonds(subnet: usize, weights: Rows, clipped: Rows, between: Rows): Rows {
  const penalty = fromProportion(u64(parameter(subnet, L.BONDS_PENALTY)));
  if (penalty == 0) return weights;
  if (penalty == ONE) return clipped;
  const n = neurons(subnet);
  const denseWeights = clearedWork(usize(n) * 8);
  const denseClipped = clearedWork(usize(n) * 8);
  let end = 0;
  for (let i = 0; i < n; i++) {
    if (rowStart(weights, i) != rowStart(weights, i + 1)) {
      spread(weights, i, denseWeights);
      spread(clipped, i, denseClipped);
      for (let j = 0; j < n; j++) {
        const weight = load<i64>(at64(denseWeights, j));
        const difference = saturatingSubtract(load<i64>(at64(denseClipped, j)), weight);
        const value = saturatingAdd(weight, multiply(penalty, difference));
        if (value > 0) setEntry(between, end++, j, value);
      }
      unspread(weights, i, denseWeights);
      unspread(clipped, i, denseClipped);
    }
    endRow(between, i, end);
  }
  return between;
}

/** Writes row i over a dense row of zeros; of two entries of one uid the later one stays. */
function spread(rows: Rows, i: i32, dense: usize): void {
  for (let k = rowStart(rows, i), end = rowStart(rows, i + 1); k < end; k++)
    store<i64>(at64(dense, entryUid(rows, k)), entryValue(rows, k));
}
/** Makes the dense row zero again. */
function unspread(rows: Rows, i: i32, dense: usize): void {
  for (let k = rowStart(rows, i), end = rowStart(rows, i + 1); k < end; k++)
    store<i64>(at64(dense, entryUid(rows, k)), 0);
}

/** Registrations from this block on lose the bonds towards them. */
export function firstMaskedRegistration(subnet: usize): u64 {
  const last = u64(parameter(subnet, L.LAST_MECHANISM_STEP_BLOCK));
  if (last != 0) return last == u64.MAX_VALUE ? last : last + 1;
  const block = u64(parameter(subnet, L.BLOCK));
  const tempo = u64(parameter(subnet, L.TEMPO));
  return block > tempo ? block - tempo : 0;
}

/** Fills `bonds` with the stored bonds that no mask removes: whole numbers, or proportions for yuma3. */
export function readBonds(subnet: usize, bonds: Rows, asProportions: bool): void {
  const n = neurons(subnet);
  const registered = pointer(subnet, L.BLOCK_AT_REGISTRATION);
  const masked = firstMaskedRegistration(subnet);
  let end = 0;
  for (let i = 0; i < n; i++) {
    const first = load<i32>(at32(pointer(subnet, L.BONDS_START), i));
    const last = first + load<i32>(at32(pointer(subnet, L.BONDS_LENGTH), i));
    for (let k = first; k < last; k++) {
      const j = i32(load<u16>(at16(pointer(subnet, L.BONDS_UIDS), k)));
      if (j >= n || masked <= load<u64>(at64(registered, j))) continue;
      const value = u64(load<u16>(at16(pointer(subnet, L.BONDS_VALUES), k)));
      setEntry(bonds, end++, j, asProportions ? fromProportion(value) : i64(value << 32));
    }
    endRow(bonds, i, end);
  }
}

/** Every entry times the active stake of its row. */
export function multiplyByStake(subnet: usize, rows: Rows, out: Rows): void {
  const n = neurons(subnet);
  const activeStake = pointer(subnet, L.ACTIVE_STAKE_RAW);
  for (let i = 0; i < n; i++) {
    const end = rowStart(rows, i + 1);
    for (let k = rowStart(rows, i); k < end; k++)
      setEntry(out, k, entryUid(rows, k), multiply(entryValue(rows, k), load<i64>(at64(activeStake, i))));
    endRow(out, i, end);
  }
}

/** Every entry divided by the (saturating) sum of its column, into `out`; columns of sum 0 stay. */
export function normaliseColumns(n: i32, rows: Rows, out: Rows): void {
  const sums = clearedWork(usize(n) * 8);
  const entries = rowStart(rows, n);
  for (let k = 0; k < entries; k++) {
    const at = at64(sums, entryUid(rows, k));
    store<i64>(at, saturatingAdd(load<i64>(at), entryValue(rows, k)));
  }
  divideColumns(n, rows, sums, out);
}

/** Every entry divided by the largest of its column. */
export function upscaleColumns(n: i32, rows: Rows, out: Rows): void {
  const largest = clearedWork(usize(n) * 8);
  const entries = rowStart(rows, n);
  for (let k = 0; k < entries; k++) {
    const at = at64(largest, entryUid(rows, k));
    store<i64>(at, max<i64>(load<i64>(at), entryValue(rows, k)));
  }
  divideColumns(n, rows, largest, out);
}

function divideColumns(n: i32, rows: Rows, divisors: usize, out: Rows): void {
  if (out != rows) memory.copy(out.starts, rows.starts, usize(n + 1) * 4);
  const entries = rowStart(rows, n);
  for (let k = 0; k < entries; k++) {
    const j = entryUid(rows, k);
    const divisor = load<i64>(at64(divisors, j));
    const value = entryValue(rows, k);
    setEntry(out, k, j, divisor == 0 ? value : safeDivide(value, divisor));
  }
}

/** 1.0 minus the part of the old bond that survives: to_I32F32(moving average / 1000000), in I64F64 before. */
export function fixedAlpha(subnet: usize): i64 {
  const average = u64(parameter(subnet, L.BONDS_MOVING_AVERAGE));
  // From 2^63 on the whole number saturates to 2^127 - 1 raw; its millionth, floored to 32 fraction bits.
  if (average >> 63) return saturatingSubtract(ONE, i64.MAX_VALUE);
  const whole = average / 1000000;
  if (whole >= 1 << 31) return saturatingSubtract(ONE, i64.MAX_VALUE);
  // floor(floor(r * 2^64 / 10^6) / 2^32) = floor(r * 2^32 / 10^6)
  return saturatingSubtract(ONE, i64((whole << 32) | (((average % 1000000) << 32) / 1000000)));
}

/** E = alpha * fresh + (1 - alpha) * old with missing entries as 0: positive values only, sorted by uid. */
export function averageFixed(subnet: usize, fresh: Rows, old: Rows, averaged: Rows): void {
  const n = neurons(subnet);
  const alpha = fixedAlpha(subnet);
  const rest = saturatingSubtract(ONE, alpha);
  const dense = clearedWork(usize(n) * 8);
  let end = 0;
  for (let i = 0; i < n; i++) {
    if (rowStart(fresh, i) != rowStart(fresh, i + 1) || rowStart(old, i) != rowStart(old, i + 1)) {
      accumulate(fresh, i, alpha, dense);
      accumulate(old, i, rest, dense);
      for (let j = 0; j < n; j++) {
        const value = load<i64>(at64(dense, j));
        if (value > 0) setEntry(averaged, end++, j, value);
        store<i64>(at64(dense, j), 0);
      }
    }
    endRow(averaged, i, end);
  }
}

function accumulate(rows: Rows, i: i32, factor: i64, dense: usize): void {
  for (let k = rowStart(rows, i), end = rowStart(rows, i + 1); k < end; k++) {
    const at = at64(dense, entryUid(rows, k));
    store<i64>(at, saturatingAdd(load<i64>(at), multiply(factor, entryValue(rows, k))));
  }
}

/** Fills DIVIDENDS_RAW, not yet normalised: per row the sum of bond times incentive, then times active stake if asked. */
export function computeDividends(subnet: usize, bonds: Rows, timesStake: bool): void {
  const n = neurons(subnet);
  const incentive = pointer(subnet, L.INCENTIVE_RAW);
  const activeStake = pointer(subnet, L.ACTIVE_STAKE_RAW);
  const dividends = pointer(subnet, L.DIVIDENDS_RAW);
  for (let i = 0; i < n; i++) {
    let sum: i64 = 0;
    for (let k = rowStart(bonds, i), end = rowStart(bonds, i + 1); k < end; k++)
      sum += multiply(entryValue(bonds, k), load<i64>(at64(incentive, entryUid(bonds, k))));
    if (timesStake) {
      sum = multiply(sum, load<i64>(at64(activeStake, i)));
      if (overflowed) sum = 0;
    }
    store<i64>(at64(dividends, i), sum);
  }
}
