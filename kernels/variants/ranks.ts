import { sum, type Matrix } from "./matrix.ts";

/** R_j = sum_i s_i x_ij; the same sum over the unclipped weights is the prerank. */
export function stakeWeightedSums(weights: Matrix, shares: Float64Array, sums: Float64Array): void {
  const { rows, columns, values } = weights;
  sums.fill(0);
  for (let i = 0, at = 0; i < rows; i++) {
    const share = shares[i]!;
    for (let j = 0; j < columns; j++, at++) sums[j]! += share * values[at]!;
  }
}

/** I_j = R_j / sum R, or all 0 where nothing has a rank. */
export function proportionalIncentives(ranks: Float64Array, incentives: Float64Array): void {
  const total = sum(ranks);
  for (let j = 0; j < ranks.length; j++) incentives[j] = total === 0 ? 0 : ranks[j]! / total;
}

/** I_j = 1 / k for the k servers whose rank is the highest, else 0. */
export function winnerTakesAllIncentives(ranks: Float64Array, incentives: Float64Array): void {
  let highest = -Infinity;
  let winners = 0;
  for (let j = 0; j < ranks.length; j++) {
    if (ranks[j]! > highest) {
      highest = ranks[j]!;
      winners = 1;
    } else if (ranks[j] === highest) winners++;
  }
  for (let j = 0; j < ranks.length; j++) incentives[j] = ranks[j] === highest ? 1 / winners : 0;
}

/** Trust of a server: the part of its prerank that clipping left, R_j / P_j, with 0 for 0/0. */
export function serverTrust(ranks: Float64Array, preranks: Float64Array, trust: Float64Array): void {
  for (let j = 0; j < ranks.length; j++) trust[j] = preranks[j] === 0 ? 0 : ranks[j]! / preranks[j]!;
}

/** Validator trust: the part of its weights that clipping left, (sum_j x_ij) / (sum_j w_ij), with 0 for 0/0. */
export function validatorTrust(weights: Matrix, clipped: Matrix, trust: Float64Array): void {
  const { rows, columns } = weights;
  for (let i = 0, at = 0; i < rows; i++) {
    let set = 0;
    let kept = 0;
    for (let j = 0; j < columns; j++, at++) {
      set += weights.values[at]!;
      kept += clipped.values[at]!;
    }
    trust[i] = set === 0 ? 0 : kept / set;
  }
}
