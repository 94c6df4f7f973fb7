// The weighted median of 16 columns at once, by bisection: consensus is the largest v such that the validators with
// W >= v hold at least kappa of the voting stake (spec/epoch.md 6.1).
import { LANES } from "./panels";

/** What a search keeps per lane, u32 each: it knows S(>= low) >= kappa and S(>= high) < kappa. */
const LOW: usize = memory.data(64, 16);
const HIGH: usize = memory.data(64, 16);
const MIDDLE: usize = memory.data(64, 16);
/** Stake of the validators with W >= middle. */
const SUM: usize = memory.data(64, 16);

/** The largest score below middle. */
const BELOW: usize = memory.data(64, 16);

// The panel of the present search.
let scores: usize = 0;
let stakes: usize = 0;
/** Bytes from a slot's stakes to its next four lanes (0: one row, one stake), and to the next slot. */
let stakeStep: usize = 0;
let slotStep: usize = 0;
let slots: i32 = 0;
let kappa: u32 = 0;
/** No score of the panel reaches 2^31, so signed comparisons, which are faster, tell the truth. */
let isSmall: bool = false;

/**
 * Fills `consensus` (16 u32) for a panel. Needs 0 < kappa <= sum of all stakes. Stake sums of voters are at most 2^32,
 * and only the sum of *all* voters can be 2^32: the search starts at the smallest score that all voters reach, so it
 * never adds all of them up.
 *
 * PERF: a pass costs about 0.1 ns per entry. Two passes where the guess is right; else about log2(slots) halvings (two of them by the guess),
 * after which hardly a score is left between the bounds, and a few steps from score to score; 34 passes at worst.
 * @param panelStakes u32 voting stakes of a slot
 * @param voters number of validators with voting stake
 */
export function weightedMedian(
  weights: usize,
  panelStakes: usize,
  panelStakeStep: usize,
  panelSlotStep: usize,
  panelSlots: i32,
  needed: u32,
  voters: i32,
  guess: usize,
  consensus: usize,
): void {
  scores = weights;
  stakes = panelStakes;
  stakeStep = panelStakeStep;
  slotStep = panelSlotStep;
  slots = panelSlots;
  kappa = needed;
  findRange(voters);
  tryGuess(guess, 0);
  tryGuess(guess, 1);
  let halvings = 30 - clz(slots);
  while (halve()) {
    if (halvings-- == 0) stepDown();
    else {
      sumAtLeast();
      decide();
    }
  }
  memory.copy(consensus, LOW, 64);
}

/**
 * Sets `low` to the smallest score of the voters, which is 0 where one of them has no place, and `high` to one more
 * than the largest of anybody.
 */
function findRange(voters: i32): void {
  let largestOfAll = i32x4.splat(0);
  let panelStakes = stakes;
  for (let lane: usize = 0; lane < 64; lane += 16) {
    let smallest = i32x4.splat(-1);
    let largest = i32x4.splat(0);
    let silent = i32x4.splat(0);
    let score = scores + lane;
    let stake = panelStakes;
    for (let slot = 0; slot < slots; slot++) {
      const values = v128.load(score);
      // Whoever has no stake does not hold the minimum down. A true comparison is -1, so `silent` counts backwards.
      const isSilent = i32x4.eq(v128.load(stake), i32x4.splat(0));
      smallest = i32x4.min_u(smallest, v128.or(values, isSilent));
      largest = i32x4.max_u(largest, values);
      silent = i32x4.add(silent, isSilent);
      score += LANES * 4;
      stake += slotStep;
    }
    const everyVoter = i32x4.eq(i32x4.add(silent, i32x4.splat(slots)), i32x4.splat(voters));
    v128.store(LOW + lane, v128.and(i32x4.min_u(smallest, largest), everyVoter));
    v128.store(HIGH + lane, i32x4.add(largest, i32x4.splat(1)));
    largestOfAll = v128.or(largestOfAll, largest);
    panelStakes += stakeStep;
  }
  isSmall = i32x4.bitmask(largestOfAll) == 0;
}

/**
 * Tests the guess g (the consensus of the epoch before), or g + 1: S(>= g) >= kappa and S(>= g + 1) < kappa prove it.
 * Where it is wrong the sums still tell on which side the answer lies.
 */
function tryGuess(guess: usize, offset: i32): void {
  for (let lane: usize = 0; lane < 64; lane += 16) {
    const low = v128.load(LOW + lane);
    const high = v128.load(HIGH + lane);
    const wish = i32x4.add(v128.load(guess + lane), i32x4.splat(offset));
    // Anything in (low, high) may be tested without harm; an end itself would tell nothing new.
    const inside = v128.and(i32x4.gt_u(wish, low), i32x4.lt_u(wish, high));
    const fallback = i32x4.add(low, i32x4.shr_u(i32x4.sub(high, low), 1));
    v128.store(MIDDLE + lane, v128.bitselect(wish, fallback, inside));
  }
  sumAtLeast();
  decide();
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

/** Steps from score to score that are tried before halving goes on to the end. */
const STEPS: i32 = 5;

/**
 * Goes down from `high` through the scores themselves. The answer is a score (or 0) in [low, high), and S is constant
 * between neighbouring scores, so the largest score m below `high` is the answer if S(>= m) >= kappa, and the new
 * `high` otherwise. A lane that is done finds its answer again.
 */
function stepDown(): void {
  memory.copy(MIDDLE, HIGH, 64);
  sumAtLeastAndBelow();
  for (let step = 0; step < STEPS; step++) {
    memory.copy(MIDDLE, BELOW, 64);
    sumAtLeastAndBelow();
    let open = i32x4.splat(0);
    const needed = i32x4.splat(kappa);
    for (let lane: usize = 0; lane < 64; lane += 16) {
      const middle = v128.load(MIDDLE + lane);
      const low = v128.load(LOW + lane);
      // At `low` itself the sum is known to be enough, and may be all of the stake, which wraps.
      const enough = v128.or(i32x4.eq(middle, low), i32x4.ge_u(v128.load(SUM + lane), needed));
      const newLow = v128.bitselect(middle, low, enough);
      const newHigh = v128.bitselect(i32x4.add(middle, i32x4.splat(1)), middle, enough);
      v128.store(LOW + lane, newLow);
      v128.store(HIGH + lane, newHigh);
      open = v128.or(open, i32x4.shr_u(i32x4.sub(newHigh, newLow), 1));
      // Lanes that are done stay where they are.
      v128.store(BELOW + lane, v128.bitselect(middle, v128.load(BELOW + lane), enough));
    }
    if (!v128.any_true(open)) break;
  }
}

/** One pass over the panel: adds up the stakes behind scores >= middle. */
function sumAtLeast(): void {
  if (isSmall && stakeStep == 0) return sumAtLeastOfRows(scores, stakes, slots);
  let stake = stakes;
  for (let lane: usize = 0; lane < 64; lane += 16) {
    sumAtLeastOfLanes(scores + lane, stake, slotStep, slots, lane);
    stake += stakeStep;
  }
}

/** 16 lanes whose slots are rows with one stake each, scores below 2^31. */
function sumAtLeastOfRows(score: usize, stake: usize, count: i32): void {
  const middle0 = v128.load(MIDDLE);
  const middle1 = v128.load(MIDDLE, 16);
  const middle2 = v128.load(MIDDLE, 32);
  const middle3 = v128.load(MIDDLE, 48);
  let sum0 = i32x4.splat(0);
  let sum1 = i32x4.splat(0);
  let sum2 = i32x4.splat(0);
  let sum3 = i32x4.splat(0);
  for (let slot = 0; slot < count; slot++) {
    const amount = v128.load(stake);
    sum0 = i32x4.add(sum0, v128.andnot(amount, i32x4.gt_s(middle0, v128.load(score))));
    sum1 = i32x4.add(sum1, v128.andnot(amount, i32x4.gt_s(middle1, v128.load(score, 16))));
    sum2 = i32x4.add(sum2, v128.andnot(amount, i32x4.gt_s(middle2, v128.load(score, 32))));
    sum3 = i32x4.add(sum3, v128.andnot(amount, i32x4.gt_s(middle3, v128.load(score, 48))));
    score += LANES * 4;
    stake += 16;
  }
  v128.store(SUM, sum0);
  v128.store(SUM, sum1, 16);
  v128.store(SUM, sum2, 32);
  v128.store(SUM, sum3, 48);
}

/** Four lanes of any kind; `lane` in bytes. */
function sumAtLeastOfLanes(score: usize, stake: usize, step: usize, count: i32, lane: usize): void {
  const middle = v128.load(MIDDLE + lane);
  let sum = i32x4.splat(0);
  for (let slot = 0; slot < count; slot++) {
    sum = i32x4.add(sum, v128.and(i32x4.ge_u(v128.load(score), middle), v128.load(stake)));
    score += LANES * 4;
    stake += step;
  }
  v128.store(SUM + lane, sum);
}

/** The same pass that also finds the largest score below middle. */
function sumAtLeastAndBelow(): void {
  let stake = stakes;
  for (let lane: usize = 0; lane < 64; lane += 16) {
    sumAndBelowOfLanes(scores + lane, stake, slotStep, slots, lane);
    stake += stakeStep;
  }
}

function sumAndBelowOfLanes(score: usize, stake: usize, step: usize, count: i32, lane: usize): void {
  const middle = v128.load(MIDDLE + lane);
  let sum = i32x4.splat(0);
  let below = i32x4.splat(0);
  for (let slot = 0; slot < count; slot++) {
    const value = v128.load(score);
    const enough = i32x4.ge_u(value, middle);
    sum = i32x4.add(sum, v128.and(enough, v128.load(stake)));
    below = i32x4.max_u(below, v128.andnot(value, enough));
    score += LANES * 4;
    stake += step;
  }
  v128.store(SUM + lane, sum);
  v128.store(BELOW + lane, below);
}

/** Moves `low` or `high` of each lane to the middle. A lane that is done has middle = low and stays. */
function decide(): void {
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
