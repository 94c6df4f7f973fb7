/** The Sobol sequence (Joe and Kuo's directions), shifted by random bits so that no point is special. */
import type { RandomStream } from "../engine/random.ts";

/** Degree and inner coefficients of a primitive polynomial, and the first direction numbers. */
type Direction = readonly [degree: number, coefficients: number, ...first: number[]];

/** Dimensions 2 and up of new-joe-kuo-6; the first one is the van der Corput sequence. */
const DIRECTIONS: readonly Direction[] = [
  [1, 0, 1],
  [2, 1, 1, 3],
  [3, 1, 1, 3, 1],
  [3, 2, 1, 1, 1],
  [4, 1, 1, 1, 3, 3],
  [4, 4, 1, 3, 5, 13],
  [5, 2, 1, 1, 5, 5, 17],
  [5, 4, 1, 1, 5, 5, 5],
  [5, 7, 1, 1, 7, 11, 19],
  [5, 11, 1, 1, 5, 1, 1],
  [5, 13, 1, 1, 1, 3, 11],
  [5, 14, 1, 3, 5, 5, 31],
  [6, 1, 1, 3, 3, 9, 7, 49],
  [6, 13, 1, 1, 1, 15, 21, 21],
  [6, 16, 1, 3, 1, 13, 27, 49],
  [6, 19, 1, 1, 1, 15, 7, 5],
  [6, 22, 1, 3, 1, 15, 13, 25],
  [6, 25, 1, 1, 5, 5, 19, 61],
  [7, 1, 1, 3, 7, 11, 23, 15, 103],
  [7, 4, 1, 3, 7, 13, 13, 15, 69],
];

export const MOST_DIMENSIONS = DIRECTIONS.length + 1;

const BITS = 32;
const TWO_32 = 4_294_967_296;

/** The direction numbers of a dimension, 0 being the first, as u32. */
function directionNumbers(dimension: number): Uint32Array {
  const numbers = new Uint32Array(BITS);
  const direction = DIRECTIONS[dimension - 1];
  if (!direction) {
    for (let bit = 0; bit < BITS; bit++) numbers[bit] = 0x8000_0000 >>> bit;
    return numbers;
  }
  const [degree, coefficients, ...first] = direction;
  for (let bit = 0; bit < BITS; bit++) {
    if (bit < degree) {
      numbers[bit] = (first[bit] ?? 0) << (BITS - 1 - bit);
      continue;
    }
    let number = (numbers[bit - degree] ?? 0) ^ ((numbers[bit - degree] ?? 0) >>> degree);
    for (let k = 1; k < degree; k++)
      if ((coefficients >>> (degree - 1 - k)) & 1) number ^= numbers[bit - k] ?? 0;
    numbers[bit] = number >>> 0;
  }
  return numbers;
}

/**
 * The first points of one dimension of the sequence, as multiples of 2^-32 in [0, 1).
 * @param dimension 0 .. MOST_DIMENSIONS - 1
 * @param shift draws the bits that all points of the dimension are shifted by
 */
export function sobolPoints(dimension: number, count: number, shift: RandomStream): Float64Array {
  const numbers = directionNumbers(dimension);
  const points = new Float64Array(count);
  let bits = shift.uint32();
  for (let index = 0; index < count; index++) {
    points[index] = (bits >>> 0) / TWO_32;
    // Gray code: from one point to the next only one direction changes, that of the lowest 0 of the index.
    let bit = 0;
    while ((index >>> bit) & 1) bit++;
    bits ^= numbers[bit] ?? 0;
  }
  return points;
}
