/** The consensus guarantee map as a report needs it: what an honest side must give itself, by its stake. */
export interface GuaranteeMap {
  readonly options: {
    readonly seed: string;
    /** Where the random stakes and weights come from. */
    readonly source: string;
    /** Standard deviation of weights inside a side, of a mean of 1. */
    readonly weightDeviation: number;
    /** u16 proportion. */
    readonly bondsPenalty: number;
    /** u16 proportion. */
    readonly kappa: number;
    /** Percent of weight on the own side that either side tries, ascending. */
    readonly weights: readonly number[];
  };
  /** At least one, ascending by stake. */
  readonly stakes: readonly StakeGuarantee[];
  readonly engineVersion: string;
}

/** What an honest side with one stake needs. All in percent; `null` where no weight is enough. */
export interface StakeGuarantee {
  readonly majorStakePercent: number;
  /** Weight that the honest side must give itself so that no cabal gains. */
  readonly requiredPercent: number | null;
  /** The same against one cabal: an entry per entry of `weights`, which the cabal gives itself. */
  readonly contourPercent: readonly (number | null)[];
  /** Mean absolute deviation of weights over their mean, a ratio. */
  readonly averageWeightDeviation: number;
}

/** The honest stake that sources quote: 60 percent, or what the map has nearest to it. */
export function quotedStake({ stakes }: GuaranteeMap): StakeGuarantee {
  const distance = (stake: StakeGuarantee): number => Math.abs(stake.majorStakePercent - 60);
  return stakes.reduce((nearest, stake) => (distance(stake) < distance(nearest) ? stake : nearest));
}

/** The weight of the cabal that asks for most, in percent; `null` where no weight is enough against some cabal. */
export function worstCabalWeight({ options }: GuaranteeMap, stake: StakeGuarantee): number | null {
  if (stake.requiredPercent === null) return null;
  return options.weights[stake.contourPercent.indexOf(stake.requiredPercent)] ?? null;
}

/** A figure in percent as a share, for formats and axes. */
export function shareOf(percent: number): number;
export function shareOf(percent: number | null): number | null;
export function shareOf(percent: number | null): number | null {
  return percent === null ? null : percent / 100;
}
