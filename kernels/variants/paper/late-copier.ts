import { stableExp, stableLog, stablePow } from "../../stable-math.ts";

/** The sigmoid of consensus-based weights: `low` at a consensus of `from`, `high` at one of `to`. */
export interface ConsensusAlpha {
  readonly low: number;
  readonly high: number;
  readonly from: number;
  readonly to: number;
}

/**
 * The weight of the **old** bonds on a miner by its consensus, within low..high: bonds on a miner that few weigh follow the weights
 * fast, those on an established one slowly. The chain's liquid alpha weighs the new bond, and belongs to a pair.
 * @param consensus of the miner, 0..1
 * Source: "Amplifying the Weight-copying Penalty in Bittensor" (Opentensor, 12 July 2024).
 */
export function consensusAlpha(consensus: number, { low, high, from, to }: ConsensusAlpha): number {
  const logit = (share: number) => stableLog(share / (1 - share));
  const slope = (logit(high) - logit(low)) / (to - from);
  const alpha = 1 / (1 + stableExp(-(logit(low) + slope * (consensus - from))));
  return Math.min(high, Math.max(low, alpha));
}

/** Its share of the stake. */
const COPIER = 0.01;

/**
 * The share of all dividends that a copier with 1 % of the stake gets while it is late. Beside it are an honest validator with 1 % and
 * one with 98 %, which is the consensus. A fourth miner, which nobody has weighed, gets `jump` of everybody's weight, and the
 * other three share the rest; the copier goes on weighing these three alone. Bonds are shares of a miner, averaged over
 * rounds, `alpha` of the old and `1 - alpha` of the new; the penalty is 1.
 * @param jump weight of the new miner, 0..1
 * @param rounds since the jump, that of the jump counted
 * @param alpha weight of the old bonds on the new miner; on the others they do not change
 * Source: "Amplifying the Weight-copying Penalty in Bittensor", its example.
 */
export function lateCopierDividend(jump: number, rounds: number, alpha: number): number {
  // The copier does not rank the new miner.
  const incentive = ((1 - COPIER) * jump) / (1 - COPIER * jump);
  // On the old miners it is clipped to the consensus and holds its share of stake, as before; of the new one it holds nothing.
  const copier = COPIER * (1 - incentive);
  const all = 1 - incentive + incentive * (1 - stablePow(alpha, rounds));
  return copier / all;
}
