// Sums of floor(rate * amount / 2^32) over amounts that are given once: what a row of root claims adds to the claimed
// amount of each subnet (spec/staking.md 10.3). The caller keeps rates below 2^40 and amounts below 2^48.
import { multiplyHigh } from "../fixed";

const MOST: i32 = 256;
const amounts: StaticArray<u64> = new StaticArray<u64>(MOST);

/** Stores the amount at a position below 256. */
export function economySetAmount(position: i32, amount: u64): void {
  amounts[position] = amount;
}

/** The sum over the positions `from .. to - 1`. */
export function economySumFloors(rate: u64, from: i32, to: i32): u64 {
  let sum: u64 = 0;
  for (let i = from; i < to; i++) {
    const amount = unchecked(amounts[i]);
    sum += (multiplyHigh(rate, amount) << 32) | ((rate * amount) >> 32);
  }
  return sum;
}
