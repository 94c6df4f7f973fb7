// Weighted median, clipping, validator trust and incentive (spec/epoch.md 6).
import * as L from "../layout";
import { fromProportion, multiply, normalise, saturatingAdd, saturatingSubtract } from "../fixed";
import { endRow, entryUid, entryValue, Rows, rowStart, setEntry } from "../rows";
import { at32, at64, clearedWork, neurons, parameter, pointer, work } from "../subnet";

/** Working memory that computeConsensus takes. */
export function consensusBytes(n: i32, entries: i32): usize {
  return usize(n) * 8 + 2 * (usize(n + 1) * 4 + 32) + usize(entries) * 16 + 128;
}

/** Fills CONSENSUS_RAW: per column the stake-weighted median of all validators with active stake. */
export function computeConsensus(subnet: usize, weights: Rows): void {
  const n = neurons(subnet);
  const kappa = fromProportion(u64(parameter(subnet, L.KAPPA)));
  const consensus = pointer(subnet, L.CONSENSUS_RAW);
  // The stakes of the validators that vote, normalised among themselves; 0 for the others.
  const stake = work(usize(n) * 8);
  const activeStake = pointer(subnet, L.ACTIVE_STAKE_RAW);
  let voters = 0;
  for (let i = 0; i < n; i++) {
    const value = max<i64>(0, load<i64>(at64(activeStake, i)));
    voters += i32(value > 0);
    store<i64>(at64(stake, i), value);
  }
  normalise(stake, n);
  let stakeSum: i64 = 0;
  for (let i = 0; i < n; i++) stakeSum += load<i64>(at64(stake, i));
  const minority = saturatingSubtract(stakeSum, kappa);

  // Columns as lists of (score, stake), rows in ascending order.
  const ends = clearedWork(usize(n + 1) * 4);
  const latestRow = work(usize(n) * 4);
  memory.fill(latestRow, 0xff, usize(n) * 4);
  const entries = rowStart(weights, n);
  const scores = work(usize(entries) * 8);
  const stakes = work(usize(entries) * 8);
  for (let k = 0; k < entries; k++) {
    const at = at32(ends, entryUid(weights, k) + 1);
    store<i32>(at, load<i32>(at) + 1);
  }
  for (let j = 0; j < n; j++)
    store<i32>(at32(ends, j + 1), load<i32>(at32(ends, j)) + load<i32>(at32(ends, j + 1)));
  // From here `first` of column j moves to its end while it fills; column j then starts at starts[j].
  const starts = work(usize(n + 1) * 4);
  memory.copy(starts, ends, usize(n + 1) * 4);
  memory.copy(ends, starts, usize(n) * 4);
  for (let i = 0; i < n; i++) {
    // A validator without active stake has no vote, not even through an overflowed normalising.
    if (load<i64>(at64(activeStake, i)) <= 0) continue;
    for (let k = rowStart(weights, i), end = rowStart(weights, i + 1); k < end; k++) {
      const j = entryUid(weights, k);
      let at = load<i32>(at32(ends, j));
      // Of two entries of a row towards the same uid the later one is its score.
      if (load<i32>(at32(latestRow, j)) == i) at--;
      store<i32>(at32(latestRow, j), i);
      store<i64>(at64(scores, at), entryValue(weights, k));
      store<i64>(at64(stakes, at), load<i64>(at64(stake, i)));
      store<i32>(at32(ends, j), at + 1);
    }
  }
  for (let j = 0; j < n; j++) {
    const start = load<i32>(at32(starts, j));
    const length = load<i32>(at32(ends, j)) - start;
    const median = medianOfColumn(
      at64(scores, start),
      at64(stakes, start),
      length,
      voters,
      stakeSum,
      minority,
    );
    store<i64>(at64(consensus, j), median);
  }
}

/**
 * The smallest score v such that the voters with score <= v hold more than the minority; the largest score if none
 * does. Voters without an entry score 0. Sorts its entries in place.
 */
export function medianOfColumn(
  scores: usize,
  stakes: usize,
  length: i32,
  voters: i32,
  stakeSum: i64,
  minority: i64,
): i64 {
  if (voters == 0) return 0;
  sortByScore(scores, stakes, length);
  let listed: i64 = 0;
  for (let k = 0; k < length; k++) listed += load<i64>(at64(stakes, k));
  // The voters that are not listed, all with score 0, come in before the first score that is not negative.
  let absentStake = stakeSum - listed;
  let absent = voters > length;
  let below: i64 = 0;
  let k = 0;
  let largest: i64 = 0;
  while (k < length || absent) {
    let score: i64 = 0;
    if (absent && (k == length || load<i64>(at64(scores, k)) >= 0)) {
      below += absentStake;
      absent = false;
    } else score = load<i64>(at64(scores, k));
    while (k < length && load<i64>(at64(scores, k)) == score) below += load<i64>(at64(stakes, k++));
    largest = score;
    if (below > minority) return score;
  }
  return largest;
}

/** Shell sort by score, ascending; equal scores form one group later, so their order does not matter. */
function sortByScore(scores: usize, stakes: usize, length: i32): void {
  let gap = 1;
  while (gap < length / 3) gap = 3 * gap + 1;
  for (; gap > 0; gap = gap / 3) {
    for (let k = gap; k < length; k++) {
      const score = load<i64>(at64(scores, k));
      const stake = load<i64>(at64(stakes, k));
      let at = k;
      while (at >= gap && load<i64>(at64(scores, at - gap)) > score) {
        store<i64>(at64(scores, at), load<i64>(at64(scores, at - gap)));
        store<i64>(at64(stakes, at), load<i64>(at64(stakes, at - gap)));
        at -= gap;
      }
      store<i64>(at64(scores, at), score);
      store<i64>(at64(stakes, at), stake);
    }
  }
}

/** Fills `clipped` with C: weights above the consensus become the consensus, and vanish where that is 0. */
export function clipWeights(subnet: usize, weights: Rows, clipped: Rows): void {
  const n = neurons(subnet);
  const consensus = pointer(subnet, L.CONSENSUS_RAW);
  let end = 0;
  for (let i = 0; i < n; i++) {
    for (let k = rowStart(weights, i), last = rowStart(weights, i + 1); k < last; k++) {
      const j = entryUid(weights, k);
      const limit = load<i64>(at64(consensus, j));
      const value = entryValue(weights, k);
      if (limit >= value) setEntry(clipped, end++, j, value);
      else if (limit > 0) setEntry(clipped, end++, j, limit);
    }
    endRow(clipped, i, end);
  }
}

/** Fills VALIDATOR_TRUST_RAW: the plain sums of the clipped rows. */
export function computeTrust(subnet: usize, clipped: Rows): void {
  const n = neurons(subnet);
  const trust = pointer(subnet, L.VALIDATOR_TRUST_RAW);
  for (let i = 0; i < n; i++) {
    let sum: i64 = 0;
    for (let k = rowStart(clipped, i), end = rowStart(clipped, i + 1); k < end; k++)
      sum += entryValue(clipped, k);
    store<i64>(at64(trust, i), sum);
  }
}

/** Fills INCENTIVE_RAW: the stake behind each column of C, normalised. */
export function computeIncentive(subnet: usize, clipped: Rows): void {
  const n = neurons(subnet);
  const incentive = pointer(subnet, L.INCENTIVE_RAW);
  const activeStake = pointer(subnet, L.ACTIVE_STAKE_RAW);
  memory.fill(incentive, 0, usize(n) * 8);
  for (let i = 0; i < n; i++) {
    const stake = load<i64>(at64(activeStake, i));
    for (let k = rowStart(clipped, i), end = rowStart(clipped, i + 1); k < end; k++) {
      const at = at64(incentive, entryUid(clipped, k));
      store<i64>(at, saturatingAdd(load<i64>(at), multiply(stake, entryValue(clipped, k))));
    }
  }
  normalise(incentive, n);
}
