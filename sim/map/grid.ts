/** The grid of the map, and what is read off it. */

/** Percent of the stake that the majority holds. */
export const MAJOR_STAKES: readonly number[] = [51, 55, 60, 65, 70, 75, 80, 85, 90, 95, 99];

/** Percent of weight on the own side: 0, 2, ... 100, of either side. */
export const WEIGHTS: readonly number[] = Array.from({ length: 51 }, (_, k) => 2 * k);

/** What to map. */
export interface MapOptions {
  /** Seed of the Gaussian samples; the integer source takes it as its 32-bit state. */
  readonly seed: string;
  readonly source: "gaussian" | "integer";
  /** Standard deviation of weights inside a side, of a mean of 1; the integer source has 0.4. */
  readonly weightDeviation: number;
  /** u16 proportion. */
  readonly bondsPenalty: number;
  /** u16 proportion. */
  readonly kappa: number;
  readonly majorStakes: readonly number[];
  readonly weights: readonly number[];
}

/** The published map. */
export const PUBLISHED_MAP: MapOptions = {
  seed: "1",
  source: "gaussian",
  weightDeviation: 0.4,
  bondsPenalty: 65535,
  kappa: 32767,
  majorStakes: MAJOR_STAKES,
  weights: WEIGHTS,
};

/** All points of one stake. */
export interface StakeMap {
  readonly majorStakePercent: number;
  /** Mean absolute deviation of weights over their mean, at full weight on the own side. */
  readonly averageWeightDeviation: number;
  /** Part of the emission that the majority keeps, 0..1: row = major weight, column = minor weight, as in `weights`. */
  readonly retained: Float64Array;
}

export interface RetentionMap {
  readonly options: MapOptions;
  readonly stakes: readonly StakeMap[];
}

/**
 * The weight from which on the majority keeps its share, per minor weight: where the retained part crosses the stake
 * share, between two points of the grid linearly. NaN where it never does.
 * @returns percent, one per weight of the minority
 */
export function retentionContour({ options }: RetentionMap, map: StakeMap): Float64Array {
  const { weights } = options;
  const share = map.majorStakePercent / 100;
  return Float64Array.from(weights, (_, column) => {
    const at = (row: number): number => map.retained[row * weights.length + column] as number;
    for (let row = 0; row < weights.length; row++) {
      if (at(row) < share) continue;
      const weight = weights[row] as number;
      if (row === 0) return weight;
      const before = weights[row - 1] as number;
      return before + ((weight - before) * (share - at(row - 1))) / (at(row) - at(row - 1));
    }
    return Number.NaN;
  });
}

/**
 * The utility that an honest majority must give itself so that no minority gains: the largest weight of the contour.
 * @returns percent; NaN if some minority cannot be held
 */
export function requiredHonestUtility(map: RetentionMap, stake: StakeMap): number {
  return retentionContour(map, stake).reduce(
    (all, weight) => (weight > all || Number.isNaN(weight) ? weight : all),
    0,
  );
}
