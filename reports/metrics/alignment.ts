import type { MetricDefinition } from "./definition.ts";
/**
 * M26, validator trust: `sum_j min(W_ij, C_j)` over a row-normalised row W_i and the consensus C: the part of the
 * validator's weight that survives clipping to consensus. Reference: opentensor/subtensor docs/consensus.md.
 *
 * @param row weight of the validator on each neuron, shares that sum to 1 (or all 0).
 * @param consensus consensus of each neuron, ratios; same length.
 * @returns a number in [0, 1].
 */
export function validatorTrust(row: ArrayLike<number>, consensus: ArrayLike<number>): number {
  let trust = 0;
  for (let j = 0; j < row.length; j++) trust += Math.min(row[j]!, consensus[j]!);
  return trust;
}

/**
 * M26, consensus alignment as a cosine: 1 when the row points where consensus points, 0 when they share no neuron.
 *
 * @returns a number in [0, 1], or `null` when the row or the consensus is all 0.
 */
export function consensusCosine(row: ArrayLike<number>, consensus: ArrayLike<number>): number | null {
  let product = 0;
  let rowSquares = 0;
  let consensusSquares = 0;
  for (let j = 0; j < row.length; j++) {
    product += row[j]! * consensus[j]!;
    rowSquares += row[j]! ** 2;
    consensusSquares += consensus[j]! ** 2;
  }
  return rowSquares > 0 && consensusSquares > 0 ? product / Math.sqrt(rowSquares * consensusSquares) : null;
}

/**
 * M26, distance from consensus: the mean over neurons of |W_ij - C_j|.
 *
 * @returns a number in [0, 1], or `null` for a subnet without neurons.
 */
export function consensusDistance(row: ArrayLike<number>, consensus: ArrayLike<number>): number | null {
  if (row.length === 0) return null;
  let distance = 0;
  for (let j = 0; j < row.length; j++) distance += Math.abs(row[j]! - consensus[j]!);
  return distance / row.length;
}

/**
 * M26, trust of a miner: what clipping leaves of its rank, `sum_i S_i min(W_ij, C_j) / sum_i S_i W_ij`.
 *
 * @param stake share of the stake of each validator.
 * @param weights weight of each validator on the miner, shares of its row.
 * @param consensus of the miner, a ratio.
 * @returns a number in [0, 1], or `null` when nobody with stake weighs the miner.
 */
export function minerTrust(
  stake: ArrayLike<number>,
  weights: ArrayLike<number>,
  consensus: number,
): number | null {
  let clipped = 0;
  let rank = 0;
  for (let i = 0; i < stake.length; i++) {
    rank += stake[i]! * weights[i]!;
    clipped += stake[i]! * Math.min(weights[i]!, consensus);
  }
  return rank > 0 ? clipped / rank : null;
}

export const ALIGNMENT: MetricDefinition = {
  id: "M26",
  name: "Validator trust and consensus alignment",
  section: "Consensus quality and attacks",
  text: "Validator trust is the sum over neurons of the smaller of the validator's weight and consensus, with weights as shares of the validator's own sum: what is left of its weights after clipping. Beside it, how far a row is from consensus, and what clipping leaves of a miner's rank.",
  formula:
    "vtrust_i = sum_j min(W_ij, C_j); mean_j |W_ij - C_j|; cosine of W_i and C; T_j = sum_i S_i min(W_ij, C_j) / sum_i S_i W_ij",
  units: ["ratio"],
  edges: "A row of zeros has trust 0 and no cosine. A miner that nobody weighs has no trust.",
  reference: "opentensor/subtensor docs/consensus.md",
  inputs:
    "`weights.weight_ratio`, `neurons.consensus_raw`, `neurons.validator_trust_raw`, `neurons.stake_weight_ratio`",
  functions: { "alignment.ts": ["validatorTrust", "consensusDistance", "consensusCosine", "minerTrust"] },
};
