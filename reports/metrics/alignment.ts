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
