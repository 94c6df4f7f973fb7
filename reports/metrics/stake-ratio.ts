import { ratioOf } from "./amounts.ts";
import type { MetricDefinition } from "./definition.ts";

/** M70, where the TAO is, ratios. */
export interface StakeRatios {
  /** Staked TAO, in pools and on root, over all that is issued. */
  readonly staked: number;
  /** Root stake over staked TAO; `null` when nothing is staked. */
  readonly root: number | null;
  /** TAO in pools over all that is issued. */
  readonly inPools: number;
}

/**
 * M70, stake ratios, from rao.
 *
 * @returns `null` when nothing is issued.
 */
export function stakeRatios(issuance: bigint, rootStake: bigint, poolTao: bigint): StakeRatios | null {
  if (issuance <= 0n) return null;
  const staked = rootStake + poolTao;
  return {
    staked: ratioOf(staked, issuance),
    root: staked > 0n ? ratioOf(rootStake, staked) : null,
    inPools: ratioOf(poolTao, issuance),
  };
}

export const STAKE_RATIO: MetricDefinition = {
  id: "M70",
  name: "Stake ratio",
  section: "Macro and health",
  text: "The part of all issued TAO that is staked, on root or through the pools of subnets; the part of that on root; and the part of all TAO that lies in pools.",
  formula: "(root stake + pool TAO) / issuance; root stake / staked; pool TAO / issuance",
  units: ["ratio", "ratio", "ratio"],
  edges: "Nothing issued: undefined. Nothing staked: no share of root.",
  reference: "CADLabs/ethereum-economic-model (staking)",
  inputs: "`blocks.issuance`, `blocks.root_stake`, `blocks.total_stake`, `pools.tao`",
  functions: { "stake-ratio.ts": ["stakeRatios"] },
};
