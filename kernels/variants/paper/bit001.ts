import { stableExp } from "../../stable-math.ts";

/** What the model's pools hold. */
export interface EarlyPool {
  readonly tao: number;
  readonly alpha: number;
}

/** The prices and the shares of emission that a number of blocks without trade leaves. */
export interface EarlyOutcome {
  readonly prices: readonly number[];
  /** TAO of a block, of which there is one. */
  readonly emissions: readonly number[];
}

/**
 * The pools of the proposal that became Dynamic TAO, without outside trade: a block puts one alpha into every pool and shares one TAO by
 * `exp(price)` (or by `price`, for comparison), so that a price follows the TAO that the pool gets.
 * Source: "Dynamic TAO: Bittensor Improvement Template 1 (BIT001)" (RaoFoundation/subtensor website), section 3.
 */
export function earlyPools(
  pools: readonly EarlyPool[],
  blocks: number,
  rule: "exponential" | "proportional" = "exponential",
): EarlyOutcome {
  const tao = pools.map((pool) => pool.tao);
  const alpha = pools.map((pool) => pool.alpha);
  const prices = (): number[] => tao.map((amount, i) => amount / alpha[i]!);
  const shares = (): number[] => {
    const weights = prices().map((price) => (rule === "exponential" ? stableExp(price) : price));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return weights.map((weight) => weight / sum);
  };
  for (let block = 0; block < blocks; block++) {
    const emitted = shares();
    for (const [i, amount] of emitted.entries()) {
      tao[i]! += amount;
      alpha[i]! += 1;
    }
  }
  return { prices: prices(), emissions: shares() };
}
