import { sum, type Matrix } from "./matrix.ts";

/** The bisection stops at this width. */
const BISECTION_WIDTH = 1 / 100_000;

const U16_MAX = 65_535;

/** What x86 gives for not-a-number converted to a 32-bit integer, over 65535. */
const INVALID_CONSENSUS = -2_147_483_648 / U16_MAX;

/**
 * c_j: with the validators in falling order of w_ij, the weight of the first at which the sum of s_i reaches kappa
 * (>=). Where rounding keeps the sum below kappa to the end, the largest weight.
 * PERF: an insertion sort per server. Columns with few distinct weights, the usual kind, are nearly sorted by index.
 * @param order scratch, one per validator
 */
export function sortedConsensus(
  weights: Matrix,
  shares: Float64Array,
  kappa: number,
  order: Uint32Array,
  consensus: Float64Array,
): void {
  const { rows, columns, values } = weights;
  for (let j = 0; j < columns; j++) {
    sortFalling(values, columns, j, order);
    let support = 0;
    let supported = -1;
    for (let k = 0; k < rows && supported < 0; k++) {
      support += shares[order[k]!]!;
      if (support >= kappa) supported = k;
    }
    consensus[j] = values[order[Math.max(supported, 0)]! * columns + j]!;
  }
}

/** Puts the rows in falling order of column j; equal ones keep the order of their indices. */
function sortFalling(values: Float64Array, columns: number, j: number, order: Uint32Array): void {
  for (let i = 0; i < order.length; i++) {
    const weight = values[i * columns + j]!;
    let place = i;
    while (place > 0 && values[order[place - 1]! * columns + j]! < weight) {
      order[place] = order[place - 1]!;
      place--;
    }
    order[place] = i;
  }
}

/**
 * The alternative: c_j bisected in 0..1 down to a width of 1/100000, asking for strictly more than kappa of stake above
 * it; the upper end is the result. At an exact tie this is about 0 where the sorted consensus is the full weight.
 */
export function bisectedConsensus(
  weights: Matrix,
  shares: Float64Array,
  kappa: number,
  consensus: Float64Array,
): void {
  const { rows, columns, values } = weights;
  for (let j = 0; j < columns; j++) {
    let low = 0;
    let high = 1;
    while (high - low > BISECTION_WIDTH) {
      const middle = (low + high) / 2;
      let support = 0;
      for (let i = 0; i < rows; i++) if (values[i * columns + j]! > middle) support += shares[i]!;
      if (support > kappa) low = middle;
      else high = middle;
    }
    consensus[j] = high;
  }
}

/**
 * q_j = trunc((c_j / sum c) * 65535) / 65535, in place and in this order of operations: multiplying first would land one
 * step lower at quotients that are exact.
 * @param compat see VariantSettings
 * @param quotients receives (c_j / sum c) * 65535, so that a comparison can tell where a rounding decides; 0 where no
 *   server has a consensus weight
 * @returns whether any server has a consensus weight; if none has, q is 0 everywhere (-2^31 / 65535 with `compat`)
 */
export function quantiseConsensus(
  consensus: Float64Array,
  compat: boolean,
  quotients: Float64Array,
): boolean {
  const total = sum(consensus);
  if (!(total > 0)) {
    quotients.fill(0);
    consensus.fill(compat ? INVALID_CONSENSUS : 0);
    return false;
  }
  for (let j = 0; j < consensus.length; j++) {
    quotients[j] = (consensus[j]! / total) * U16_MAX;
    consensus[j] = Math.trunc(quotients[j]!) / U16_MAX;
  }
  return true;
}
