/** The map as plain data for whoever draws or prints it: contours and required utilities, nothing of single networks. */
import { type MapOptions, requiredHonestUtility, retentionContour, type RetentionMap } from "./grid.ts";

/** What an honest majority of one stake needs. All in percent; `null` where no weight is enough. */
export interface StakeGuarantee {
  readonly majorStakePercent: number;
  /** Weight that the majority must give itself so that no minority gains. */
  readonly requiredPercent: number | null;
  /** The same against one minority: an entry per weight that the minority gives itself. */
  readonly contourPercent: readonly (number | null)[];
  /** Mean absolute deviation of weights over their mean, a ratio. */
  readonly averageWeightDeviation: number;
}

/** Everything that is read off the map. */
export interface Guarantees {
  readonly options: MapOptions;
  readonly stakes: readonly StakeGuarantee[];
}

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** Reads contours and required utilities off the map. */
export function guaranteesOf(map: RetentionMap): Guarantees {
  return {
    options: map.options,
    stakes: map.stakes.map((stake) => ({
      majorStakePercent: stake.majorStakePercent,
      requiredPercent: orNull(requiredHonestUtility(map, stake)),
      contourPercent: Array.from(retentionContour(map, stake), orNull),
      averageWeightDeviation: stake.averageWeightDeviation,
    })),
  };
}
