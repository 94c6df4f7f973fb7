// The weighted median of 16 columns at once, by bisection: consensus is the largest v such that the validators with
// W >= v hold at least kappa of the voting stake (spec/epoch.md 6.1).
import { LANES } from "./panels";

/** What a search keeps per lane, u32 each: it knows S(>= low) >= kappa and S(>= high) < kappa. */
const LOW: usize = memory.data(64, 16);
const HIGH: usize = memory.data(64, 16);
const MIDDLE: usize = memory.data(64, 16);
/** Stake of the validators with W >= middle. */
const SUM: usize = memory.data(64, 16);

/**
 * Fills `consensus` (16 u32) for a panel. Needs 0 < kappa <= sum of all stakes. Stake sums of voters are at most 2^32,
 * and only the sum of *all* voters can be 2^32: the search starts at the smallest score that all voters reach, so it
 * never adds all of them up.
 * @param stakes u32 voting stakes of a slot, `stakeStep` bytes to the next four lanes, `slotStep` to the next slot
 * @param voters number of validators with voting stake
 */
export function weightedMedian(
  weights: usize,
  stakes: usize,
  stakeStep: usize,
  slotStep: usize,
  slots: i32,
  kappa: u32,
  voters: i32,
  guess: usize,
  consensus: usize,
): void {
  findRange(weights, stakes, stakeStep, slotStep, slots, voters);
  tryGuess(weights, stakes, stakeStep, slotStep, slots, kappa, guess);
  while (halve()) {
    sumAtLeast(weights, stakes, stakeStep, slotStep, slots);
    decide(kappa);
  }
  memory.copy(consensus, LOW, 64);
}

/**
 * Sets `low` to the smallest score of the voters, which is 0 where one of them has no place, and `high` to one more
 * than the largest of anybody.
 */
function findRange(weights: usize, stakes: usize, stakeStep: usize, slotStep: usize, slots: i32, voters: i32): void {
  for (let lane: usize = 0; lane < 64; lane += 16) {
    let smallest = i32x4.splat(-1);
    let largest = i32x4.splat(0);
    let silent = i32x4.splat(0);
    let score = weights + lane;
    let stake = stakes;
    for (let slot = 0; slot < slots; slot++) {
      const scores = v128.load(score);
      // Whoever has no stake does not hold the minimum down. A true comparison is -1, so `silent` counts backwards.
      const isSilent = i32x4.eq(v128.load(stake), i32x4.splat(0));
      smallest = i32x4.min_u(smallest, v128.or(scores, isSilent));
      largest = i32x4.max_u(largest, scores);
      silent = i32x4.add(silent, isSilent);
      score += LANES * 4;
      stake += slotStep;
    }
    const everyVoter = i32x4.eq(i32x4.add(silent, i32x4.splat(slots)), i32x4.splat(voters));
    v128.store(LOW + lane, v128.and(i32x4.min_u(smallest, largest), everyVoter));
    v128.store(HIGH + lane, i32x4.add(largest, i32x4.splat(1)));
    stakes += stakeStep;
  }
}

/**
 * Tests the guess g (the consensus of the epoch before) with the two sums that prove it: S(>= g) >= kappa and
 * S(>= g + 1) < kappa. Where it is wrong the sums still tell on which side the answer lies.
 */
function tryGuess(
  weights: usize,
  stakes: usize,
  stakeStep: usize,
  slotStep: usize,
  slots: i32,
  kappa: u32,
  guess: usize,
): void {
  for (let offset = 0; offset < 2; offset++) {
    for (let lane: usize = 0; lane < 64; lane += 16) {
      const low = v128.load(LOW + lane);
      const high = v128.load(HIGH + lane);
      const wish = i32x4.add(v128.load(guess + lane), i32x4.splat(offset));
      // Anything in (low, high) may be tested without harm; an end itself would tell nothing new.
      const inside = v128.and(i32x4.gt_u(wish, low), i32x4.lt_u(wish, high));
      const fallback = i32x4.add(low, i32x4.shr_u(i32x4.sub(high, low), 1));
      v128.store(MIDDLE + lane, v128.bitselect(wish, fallback, inside));
    }
    sumAtLeast(weights, stakes, stakeStep, slotStep, slots);
    decide(kappa);
  }
}

/** Puts `middle` half way. @returns false when every lane is down to one candidate */
function halve(): bool {
  let open = i32x4.splat(0);
  for (let lane: usize = 0; lane < 64; lane += 16) {
    const low = v128.load(LOW + lane);
    const half = i32x4.shr_u(i32x4.sub(v128.load(HIGH + lane), low), 1);
    open = v128.or(open, half);
    v128.store(MIDDLE + lane, i32x4.add(low, half));
  }
  return v128.any_true(open);
}

/** One pass over the panel: adds up the stakes behind scores >= middle. */
function sumAtLeast(weights: usize, stakes: usize, stakeStep: usize, slotStep: usize, slots: i32): void {
  const middle0 = v128.load(MIDDLE);
  const middle1 = v128.load(MIDDLE, 16);
  const middle2 = v128.load(MIDDLE, 32);
  const middle3 = v128.load(MIDDLE, 48);
  let sum0 = i32x4.splat(0);
  let sum1 = i32x4.splat(0);
  let sum2 = i32x4.splat(0);
  let sum3 = i32x4.splat(0);
  for (let slot = 0; slot < slots; slot++) {
    let stake = stakes;
    sum0 = i32x4.add(sum0, v128.and(i32x4.ge_u(v128.load(weights), middle0), v128.load(stake)));
    stake += stakeStep;
    sum1 = i32x4.add(sum1, v128.and(i32x4.ge_u(v128.load(weights, 16), middle1), v128.load(stake)));
    stake += stakeStep;
    sum2 = i32x4.add(sum2, v128.and(i32x4.ge_u(v128.load(weights, 32), middle2), v128.load(stake)));
    stake += stakeStep;
    sum3 = i32x4.add(sum3, v128.and(i32x4.ge_u(v128.load(weights, 48), middle3), v128.load(stake)));
    weights += LANES * 4;
    stakes += slotStep;
  }
  v128.store(SUM, sum0);
  v128.store(SUM, sum1, 16);
  v128.store(SUM, sum2, 32);
  v128.store(SUM, sum3, 48);
}

/** Moves `low` or `high` of each lane to the middle. A lane that is done has middle = low and stays. */
function decide(kappa: u32): void {
  const needed = i32x4.splat(kappa);
  for (let lane: usize = 0; lane < 64; lane += 16) {
    const middle = v128.load(MIDDLE + lane);
    const low = v128.load(LOW + lane);
    const done = i32x4.eq(middle, low);
    const enough = v128.or(done, i32x4.ge_u(v128.load(SUM + lane), needed));
    v128.store(LOW + lane, v128.bitselect(middle, low, enough));
    v128.store(HIGH + lane, v128.bitselect(v128.load(HIGH + lane), middle, enough));
  }
}
