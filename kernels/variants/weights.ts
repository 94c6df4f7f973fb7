import { EPSILON, sum, type Matrix } from "./matrix.ts";

/** w_ij = W_ij / (sum_j W_ij + e6): rows of a positive sum then add up to just below 1, empty rows stay empty. */
export function normaliseWeights(submitted: Matrix, weights: Matrix): void {
  const { rows, columns, values } = submitted;
  for (let i = 0; i < rows; i++) {
    const start = i * columns;
    let total = 0;
    for (let j = 0; j < columns; j++) total += values[start + j]!;
    for (let j = 0; j < columns; j++) weights.values[start + j] = values[start + j]! / (total + EPSILON);
  }
}

/** s_i = S_i / sum S. The stakes must not all be 0. */
export function normaliseStakes(stakes: Float64Array, shares: Float64Array): void {
  const total = sum(stakes);
  for (let i = 0; i < stakes.length; i++) shares[i] = stakes[i]! / total;
}

/** e_ij = (1 - b) w_ij + b x_ij: the weights that bonds are built on, with b the bonds penalty. */
export function effectiveWeights(
  weights: Matrix,
  clipped: Matrix,
  bondsPenalty: number,
  effective: Matrix,
): void {
  for (let at = 0; at < weights.values.length; at++)
    effective.values[at] = (1 - bondsPenalty) * weights.values[at]! + bondsPenalty * clipped.values[at]!;
}
