// Liquid alpha: an averaging rate per validator and miner, and the average that uses it (spec/epoch.md 7.5-7.6).
import * as L from "../layout";
import { safeExponential } from "../exponential";
import { divide, fromProportion, HALF, multiply, ONE, saturatingAdd, saturatingSubtract } from "../fixed";
import { endRow, entryUid, entryValue, Rows, rowStart, setEntry } from "../rows";
import { at64, clearedWork, neurons, parameter, pointer } from "../subnet";

/** The chain's clamp: the upper bound first, so that the lower one wins where they cross. */
// @ts-ignore: decorator
@inline
function clamp(value: i64, low: i64, high: i64): i64 {
  return max<i64>(min<i64>(value, high), low);
}

let low: i64 = 0;
let high: i64 = 0;
export let slope: i64 = 0;
// The last difference and its alpha: most pairs have the difference 0.
let lastDifference: i64 = -1;
let lastAlpha: i64 = 0;

/** Reads the hyperparameters of the curve. */
export function prepareLiquidAlpha(subnet: usize): void {
  low = fromProportion(u64(parameter(subnet, L.ALPHA_LOW)));
  high = fromProportion(u64(parameter(subnet, L.ALPHA_HIGH)));
  // trunc(k / -100) of whole numbers as fixed point
  slope = divide(parameter(subnet, L.ALPHA_SIGMOID_STEEPNESS) << 32, -100 << 32);
  lastDifference = -1;
}

/** The averaging rate of one pair. */
export function liquidAlpha(weight: i64, bond: i64, consensus: i64): i64 {
  const difference = clamp(weight >= bond ? saturatingSubtract(weight, consensus) : saturatingSubtract(bond, weight), 0, ONE);
  if (difference != lastDifference) {
    lastDifference = difference;
    const argument = multiply(slope, difference - HALF);
    const sigmoid = divide(ONE, saturatingAdd(ONE, safeExponential(argument)));
    lastAlpha = clamp(saturatingAdd(low, multiply(sigmoid, high - low)), low, high);
  }
  return lastAlpha;
}

/**
 * Writes the values that the chain's single walk over row i finds: an entry behind a larger uid is not seen.
 * Of two entries of one uid the first is seen.
 */
function spreadVisible(rows: Rows, i: i32, dense: usize): void {
  let largest = -1;
  for (let k = rowStart(rows, i), end = rowStart(rows, i + 1); k < end; k++) {
    const j = entryUid(rows, k);
    if (j <= largest) continue;
    largest = j;
    store<i64>(at64(dense, j), entryValue(rows, k));
  }
}

function clear(rows: Rows, i: i32, dense: usize): void {
  for (let k = rowStart(rows, i), end = rowStart(rows, i + 1); k < end; k++) store<i64>(at64(dense, entryUid(rows, k)), 0);
}

/** E with a rate per pair: the entries of `fresh` in their order, positive values only. */
export function averageLiquid(subnet: usize, fresh: Rows, old: Rows, averaged: Rows): void {
  const n = neurons(subnet);
  const consensus = pointer(subnet, L.CONSENSUS_RAW);
  prepareLiquidAlpha(subnet);
  const seenWeights = clearedWork(usize(n) * 8);
  const seenBonds = clearedWork(usize(n) * 8);
  const bonds = clearedWork(usize(n) * 8);
  let end = 0;
  for (let i = 0; i < n; i++) {
    const last = rowStart(fresh, i + 1);
    if (rowStart(fresh, i) != last) {
      spreadVisible(fresh, i, seenWeights);
      spreadVisible(old, i, seenBonds);
      for (let k = rowStart(old, i), oldEnd = rowStart(old, i + 1); k < oldEnd; k++)
        store<i64>(at64(bonds, entryUid(old, k)), entryValue(old, k));
      for (let k = rowStart(fresh, i); k < last; k++) {
        const j = entryUid(fresh, k);
        const alpha = liquidAlpha(
          load<i64>(at64(seenWeights, j)),
          load<i64>(at64(seenBonds, j)),
          load<i64>(at64(consensus, j)),
        );
        const decayed = multiply(saturatingSubtract(ONE, alpha), load<i64>(at64(bonds, j)));
        const purchase = max<i64>(multiply(alpha, entryValue(fresh, k)), 0);
        const value = min<i64>(saturatingAdd(decayed, purchase), ONE);
        if (value > 0) setEntry(averaged, end++, j, value);
      }
      clear(fresh, i, seenWeights);
      clear(old, i, seenBonds);
      clear(old, i, bonds);
    }
    endRow(averaged, i, end);
  }
}
