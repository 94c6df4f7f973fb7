import type { Variant } from "./names.ts";

/**
 * How the consensus weight of a server is found, and what it leaves of the weights: consensus.ts for the median of the chain, sorted or
 * bisected, mean-reduction.ts and trust.ts for those of the papers.
 */
export const CONSENSUS_METHODS = ["sorted", "bisection", "mean_reduction", "trust"] as const;
export type ConsensusMethod = (typeof CONSENSUS_METHODS)[number];

/** Which consensus the liquid rate of yuma3 looks at: this epoch's, the one before, or the larger of the two. */
export const CONSENSUS_MODES = ["CURRENT", "PREVIOUS", "MIXED"] as const;
export type ConsensusMode = (typeof CONSENSUS_MODES)[number];

/** A rate per validator and server instead of one for all bonds. See liquid-alpha.ts. */
export interface LiquidAlphaSettings {
  /** Rate at agreement, a weight of the new bond like `bondsRate`. */
  readonly alphaLow: number;
  /** Rate at full disagreement; where it lies below `alphaLow`, it is the rate of all pairs. */
  readonly alphaHigh: number;
  readonly steepness: number;
  /** Obeyed by yuma3 alone; the averaging variants look at the current consensus whatever it says. */
  readonly consensusMode: ConsensusMode;
  /** Compares the effective weights, those after the bonds penalty, instead of the normalised ones. yuma3 alone. */
  readonly effectiveWeights: boolean;
}

/** What decides an epoch beside weights, stakes and the bonds carried in. Proportions are in 0..1. */
export interface VariantSettings {
  readonly variant: Variant;
  /** Share of stake that has to support a weight; the middle of the sigmoid of trust. No effect in mean_reduction. */
  readonly kappa: number;
  readonly consensusMethod: ConsensusMethod;
  /** mean_reduction: how many times weights are brought down towards the mean. 0 is no consensus. */
  readonly consensusSteps: number;
  /** mean_reduction: 0 brings them down to the mean, 1 not at all. */
  readonly consensusSmoothing: number;
  /** trust: how sharply the sigmoid turns. */
  readonly trustTemperature: number;
  /** 0 builds bonds on the weights as set, 1 on the clipped ones. No effect in yuma2c. */
  readonly bondsPenalty: number;
  /**
   * The weight of the NEW bond in B = rate * new + (1 - rate) * old, so 1 - bond_moving_avg: the chain's usual
   * bonds_moving_average of 900000 parts per million is a rate of 0.1. No effect in yuma1 and yuma2c.
   */
  readonly bondsRate: number;
  /** yuma2c: the share of a bond that is lost per epoch. */
  readonly decayRate: number;
  /** yuma2c: the share of its cap that a validator may buy per epoch. */
  readonly capacityAlpha: number;
  /** null: one rate for all bonds. No effect in yuma2c. */
  readonly liquidAlpha: LiquidAlphaSettings | null;
  /** The whole incentive goes to the server of the highest rank, shared among equals. */
  readonly winnerTakesAll: boolean;
  /** Whether the bond reset of a case happens. Only yuma2c and yuma3 reset at all. */
  readonly bondResets: boolean;
  /**
   * Reproduces two defects of the simulator that researchers used before, which its published results contain:
   * 1. No majority: where no server has a consensus weight, the consensus of every column becomes -2^31 / 65535 (the
   *    x86 conversion of not-a-number to an integer), and incentive, bonds and dividends are computed from that.
   *    Without `compat` such an epoch pays nothing and leaves the bonds alone.
   * 2. Winner takes all on square matrices: the empty columns of the validators take part in a tie, so servers of
   *    equal rank 0 (or below) share the prize with as many validators.
   */
  readonly compat: boolean;
  /**
   * With `compat`: whether validators and servers stand in one square matrix, as in that simulator, so that defects
   * reach the empty columns and rows too. Without `compat` both layouts are the same epoch, and it has no effect.
   */
  readonly squareMatrices: boolean;
}

/** What a dividend is worth when it is stated per 1,000 TAO of stake. See payout.ts. */
export interface PayoutSettings {
  /** TAO per epoch that validators and servers share. */
  readonly totalEpochEmission: number;
  /** The validators' part of it. */
  readonly validatorEmissionRatio: number;
  /** TAO of stake on the whole subnet. */
  readonly totalSubnetStake: number;
}

/** The payout of the published charts. */
export const CHART_PAYOUT: PayoutSettings = {
  totalEpochEmission: 100,
  validatorEmissionRatio: 0.41,
  totalSubnetStake: 1_000_000,
};

/** Liquid alpha as the published charts switch it on. */
export const CHART_LIQUID_ALPHA: LiquidAlphaSettings = {
  alphaLow: 0.1,
  alphaHigh: 0.3,
  steepness: 10,
  consensusMode: "MIXED",
  effectiveWeights: false,
};

/** The rates of the published charts: 0.9 for the averaging variants (the chain's is 0.1), 0.025 for yuma3. */
const CHART_RATE: Readonly<Record<Variant, number>> = {
  yuma1: 1,
  yuma2: 0.9,
  yuma2a: 0.9,
  yuma2b: 0.9,
  yuma2c: 0.9,
  yuma3: 0.025,
  "yuma3-liquid": 0.025,
};

/** The settings of the published charts, which the 24 cases are usually shown with. */
export function chartSettings(variant: Variant, bondsPenalty: number): VariantSettings {
  return {
    variant,
    kappa: 0.5,
    consensusMethod: "sorted",
    consensusSteps: 1,
    consensusSmoothing: 0,
    trustTemperature: 10,
    bondsPenalty,
    bondsRate: CHART_RATE[variant],
    decayRate: 0.1,
    capacityAlpha: 0.1,
    liquidAlpha: variant === "yuma3-liquid" ? CHART_LIQUID_ALPHA : null,
    winnerTakesAll: false,
    bondResets: true,
    compat: false,
    squareMatrices: true,
  };
}
