import { stablePow } from "../stable-math.ts";
import type { Matrix } from "./matrix.ts";

/**
 * The smooth consensus of the scoring paper. A server's consensus weight is the mean of its weights, weighted by stake and by the
 * weights themselves, m = sum_i s_i w_i^2 / sum_i s_i w_i. One step brings every weight above it down to
 * m + (w - m) smoothing^((w - m) / d), where d = sum_i s_i w_i |w_i - m| / sum_i s_i w_i is the mean deviation: at a smoothing of 0 to
 * m itself, and the less the closer to m at more. Many steps bring all weights of a server down to its smallest one above 0.
 * @param shares stake per validator, in any unit
 * @param steps 0 leaves the weights as they are, which is no consensus
 * @param smoothing 0..1; 1 leaves the weights as they are
 * @param reduced out: the weights that count
 * @param consensus out, by server: the mean of the weights that count; 0 where nobody with stake weighs it
 * Source: "Stake-Based Consensus for Utility Scoring" (Luus et al.), 1.3 to 1.5, without the constant that it adds to the deviation to keep
 * the order of close weights.
 */
export function reduceToMean(
  weights: Matrix,
  shares: Float64Array,
  steps: number,
  smoothing: number,
  reduced: Matrix,
  consensus: Float64Array,
): void {
  reduced.values.set(weights.values);
  for (let j = 0; j < weights.columns; j++) {
    for (let step = 0; step < steps; step++) reduceColumn(reduced, shares, j, smoothing);
    consensus[j] = meanOf(reduced, shares, j).mean;
  }
}

function reduceColumn(reduced: Matrix, shares: Float64Array, j: number, smoothing: number): void {
  const { rows, columns, values } = reduced;
  const { mean, deviation } = meanOf(reduced, shares, j);
  if (!(deviation > 0)) return;
  for (let i = 0; i < rows; i++) {
    const excess = values[i * columns + j]! - mean;
    if (excess > 0) values[i * columns + j] = mean + excess * stablePow(smoothing, excess / deviation);
  }
}

/** Mean and mean deviation of a column, both weighted by stake times weight; 0 where no stake stands behind it. */
function meanOf(
  { rows, columns, values }: Matrix,
  shares: Float64Array,
  j: number,
): { readonly mean: number; readonly deviation: number } {
  let total = 0;
  let squares = 0;
  for (let i = 0; i < rows; i++) {
    const weight = values[i * columns + j]!;
    total += shares[i]! * weight;
    squares += shares[i]! * weight * weight;
  }
  if (!(total > 0)) return { mean: 0, deviation: 0 };
  const mean = squares / total;
  let distances = 0;
  for (let i = 0; i < rows; i++) {
    const weight = values[i * columns + j]!;
    distances += shares[i]! * weight * Math.abs(weight - mean);
  }
  return { mean, deviation: distances / total };
}
