import { stableExp } from "../stable-math.ts";
import type { Matrix } from "./matrix.ts";

/**
 * How much the rank of a server counts that validators with this share of the stake weigh: 1 / (1 + exp(-temperature (share - kappa))).
 * Source: "Bittensor: A Peer-to-Peer Intelligence Market" (Rao et al.), section on consensus.
 */
export function trustSigmoid(share: number, temperature: number, kappa: number): number {
  return 1 / (1 + stableExp(-(share - kappa) * temperature));
}

/**
 * The consensus of the white paper: c_j is the sigmoid of the stake that gives the server any weight at all, and 0 where none does.
 * @param shares by validator, sum 1
 */
export function trustConsensus(
  weights: Matrix,
  shares: Float64Array,
  temperature: number,
  kappa: number,
  consensus: Float64Array,
): void {
  const { rows, columns, values } = weights;
  for (let j = 0; j < columns; j++) {
    let trust = 0;
    for (let i = 0; i < rows; i++) if (values[i * columns + j]! > 0) trust += shares[i]!;
    consensus[j] = trust > 0 ? trustSigmoid(trust, temperature, kappa) : 0;
  }
}

/** x_ij = w_ij c_j, so that a server's rank is multiplied by its trust. */
export function scaleWeights(weights: Matrix, consensus: Float64Array, scaled: Matrix): void {
  const { rows, columns, values } = weights;
  for (let i = 0, at = 0; i < rows; i++)
    for (let j = 0; j < columns; j++, at++) scaled.values[at] = values[at]! * consensus[j]!;
}
