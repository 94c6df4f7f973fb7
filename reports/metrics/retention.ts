import type { MetricDefinition } from "./definition.ts";

/** M20, what the honest side has and gets, all ratios in [0, 1]. */
export interface HonestShares {
  /** s_H: of the stake. */
  readonly stake: number;
  /** D_H: of the dividends. */
  readonly dividends: number;
  /** I_H: of the incentive. */
  readonly incentive: number;
  /** xi: the validators' part of the emission; 0.5 on the chain. */
  readonly validatorPart: number;
}

/** M20, the honest share of the whole emission: `xi D_H + (1 - xi) I_H`. */
export function honestEmission({ dividends, incentive, validatorPart }: HonestShares): number {
  return validatorPart * dividends + (1 - validatorPart) * incentive;
}

/** M20, retention: the honest share of the emission less that of the stake. Retained when it is 0 or more. */
export function retention(shares: HonestShares): number {
  return honestEmission(shares) - shares.stake;
}

export const RETENTION: MetricDefinition = {
  id: "M20",
  name: "Retention",
  section: "Consensus quality and attacks",
  text: "The honest share of the emission, dividends and incentive together, less the honest share of the stake. At 0 or above the honest side keeps its share; the contour is where it is 0.",
  formula: "e_H - s_H with e_H = xi D_H + (1 - xi) I_H",
  units: ["ratio"],
  edges: "Exactly 0 is retained. Where nobody earns there are no shares, and no retention.",
  reference: "opentensor/subtensor docs/consensus.md",
  inputs:
    "`neurons.validator_emission`, `neurons.server_emission`, `neurons.stake_weight` of the honest neurons; the map computes its own networks",
  functions: {
    "retention.ts": ["honestEmission", "retention"],
    "../../sim/map/grid.ts": ["retentionContour"],
  },
};

export const REQUIRED_UTILITY: MetricDefinition = {
  id: "M21",
  name: "Required honest utility",
  section: "Consensus quality and attacks",
  text: "The smallest weight that an honest side can give itself and keep its share of the emission, at the weight of the cabal for which that is largest.",
  formula: "R(s_H) = max over W_C of the smallest W_H with e_H >= s_H",
  units: ["ratio"],
  edges:
    "Linear between points of the grid; a grid of 0.02 gives about +-0.005. Undefined when some cabal cannot be held at any weight.",
  reference: "opentensor/subtensor docs/consensus.md",
  inputs: "the map of `yumasim map`",
  functions: { "../../sim/map/grid.ts": ["requiredHonestUtility"] },
};
