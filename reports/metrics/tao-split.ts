import { ratioOf } from "./amounts.ts";
import type { MetricDefinition } from "./definition.ts";

/** M51, where the TAO emission of a subnet went in a window, rao. */
export interface TaoSplit {
  /** Put into the pool beside alpha at the price. */
  readonly injected: bigint;
  /** Bought alpha from the pool. */
  readonly chainBuy: bigint;
  /** Went back to the emission curve. */
  readonly recycled: bigint;
}

/**
 * M51, share of each subnet in the TAO that was emitted: injected and spent on chain buys.
 *
 * @returns numbers that sum to 1, or `null` when no subnet got any.
 */
export function taoShares(subnets: readonly TaoSplit[]): number[] | null {
  const parts = subnets.map(({ injected, chainBuy }) => injected + chainBuy);
  const sum = parts.reduce((all, part) => all + part, 0n);
  return sum > 0n ? parts.map((part) => ratioOf(part, sum)) : null;
}

/** M51, what was minted less injections, chain buys and what was recycled, rao: 0 when the books close. */
export function taoSplitResidual(minted: bigint, subnets: readonly TaoSplit[]): bigint {
  return subnets.reduce(
    (rest, { injected, chainBuy, recycled }) => rest - injected - chainBuy - recycled,
    minted,
  );
}

export const TAO_SPLIT: MetricDefinition = {
  id: "M51",
  name: "TAO emission split",
  section: "Emission, supply and distribution",
  text: "Where the TAO of a block goes: every subnet's share of it, and of that the part that becomes liquidity in its pool, the part that buys its alpha, and the part that goes back to the emission curve.",
  formula: "(injected + chain buy) / sum; minted - injected - chain buy - recycled = 0",
  units: ["ratio", "rao"],
  edges: "No subnet gets any: no shares. The residual is printed.",
  reference: "the chain's coinbase",
  inputs: "`emission.tao_injected`, `emission.tao_bought`, `blocks.minted`, `blocks.unspent`",
  functions: { "tao-split.ts": ["taoShares", "taoSplitResidual"] },
};
