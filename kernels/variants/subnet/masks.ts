import type { EpochInput } from "../../epoch.ts";

/** A weight that an epoch counts. */
export interface CountedWeight {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
}

/**
 * The weights that the chain's masks leave (spec/epoch.md 5, steps 1 to 4): of those who vote, on registered neurons
 * other than themselves (the owner excepted), set after the neuron registered, and not committed before it did.
 * @param voters 1 per uid that votes
 * @param weights as submitted, in the order of the entries of `input.weights`
 * @returns by validator, in the order of uids
 */
export function countedWeights(
  input: EpochInput,
  voters: Uint8Array,
  weights: ArrayLike<number>,
): CountedWeight[] {
  const { n, ownerUid, lastUpdate, blockAtRegistration, commitBlocks, commitReveal } = input;
  const { offsets, uids } = input.weights;
  const counted: CountedWeight[] = [];
  for (let from = 0; from < n; from++) {
    if (voters[from] === 0) continue;
    for (let at = offsets[from]!; at < offsets[from + 1]!; at++) {
      const to = uids[at]!;
      if (to >= n || (to === from && from !== ownerUid)) continue;
      const registered = blockAtRegistration[to]!;
      if (lastUpdate[from]! <= registered) continue;
      if (commitReveal && commitBlocks[from]! < registered) continue;
      counted.push({ from, to, weight: weights[at]! });
    }
  }
  return counted;
}
