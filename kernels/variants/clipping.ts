import type { Matrix } from "./matrix.ts";

/** x_ij = min(w_ij, q_j): weight above the consensus does not count. */
export function clipWeights(weights: Matrix, consensus: Float64Array, clipped: Matrix): void {
  const { rows, columns, values } = weights;
  for (let i = 0, at = 0; i < rows; i++)
    for (let j = 0; j < columns; j++, at++) clipped.values[at] = Math.min(values[at]!, consensus[j]!);
}
