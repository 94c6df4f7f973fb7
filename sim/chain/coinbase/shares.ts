/** Who gets how much TAO of a block: shares by moving price (spec/emission.md 4). */
import type { Chain } from "../chain.ts";
import type { Netuid } from "../state/network.ts";
import {
  convert,
  fromInteger,
  I96F32,
  safeDiv,
  saturatingAdd,
  saturatingMul,
  saturatingSub,
  U64F64,
  U96F32,
} from "../numbers/fixed.ts";
import { min, U128_MAX } from "../numbers/integers.ts";

/** What the moving-price rule reads of an eligible subnet. */
export interface PricedSubnet {
  /** 1 = dynamic pool; everything else counts with price 1. */
  readonly mechanism: number;
  /** Moving price, I96F32. */
  readonly movingPrice: bigint;
  /** Withheld part of the last epoch's miner emission, U96F32. */
  readonly minerBurned: bigint;
  readonly emissionEnabled: boolean;
}

/** An eligible subnet as a protocol's share rule sees it. */
export interface ShareInput extends PricedSubnet {
  readonly netuid: Netuid;
}

export interface Shares {
  /** U64F64 per subnet, before emission-disabled subnets are taken out. */
  readonly shares: readonly bigint[];
  /** TAO of the block per subnet, U96F32 rao, after that. */
  readonly emissions: bigint[];
  /** Whether root dividends are paid in this block instead of recycled. */
  readonly rootSellFlag: boolean;
}

/** A rule that turns eligible subnets into shares (U64F64), in their order; a protocol may swap it. */
export type ShareRule = (subnets: readonly ShareInput[], chain: Chain) => bigint[];

/** The price that counts for shares, U64F64 (spec/emission.md 4). */
export const movingPriceOf = ({
  mechanism,
  movingPrice,
}: Pick<PricedSubnet, "mechanism" | "movingPrice">): bigint =>
  mechanism === 1 ? convert(I96F32, U64F64, movingPrice) : U64F64.one;

const saturatingSum = (values: readonly bigint[]): bigint =>
  values.reduce((sum, value) => saturatingAdd(U64F64, sum, value), 0n);

/** Shares in proportion to moving prices, weighted by what miners were really paid (spec/emission.md 4, 1 to 3). */
export function sharesByMovingPrice(subnets: readonly PricedSubnet[]): bigint[] {
  const prices = subnets.map(movingPriceOf);
  const sum = saturatingSum(prices);
  const byPrice = prices.map((price) => safeDiv(U64F64, price, sum));
  const weighted = subnets.map(({ minerBurned }, i) => {
    const burned = min(convert(U96F32, U64F64, minerBurned), U64F64.one);
    return saturatingMul(U64F64, byPrice[i] ?? 0n, saturatingSub(U64F64, U64F64.one, burned));
  });
  const weightedSum = saturatingSum(weighted);
  return weightedSum > 0n ? weighted.map((weight) => safeDiv(U64F64, weight, weightedSum)) : byPrice;
}

/** Shares of emission-disabled subnets go to the others in proportion (spec/emission.md 4, 4). */
function withoutDisabled(subnets: readonly PricedSubnet[], shares: readonly bigint[]): readonly bigint[] {
  if (subnets.every(({ emissionEnabled }) => emissionEnabled)) return shares;
  const enabled = shares.map((share, i) => (subnets[i]?.emissionEnabled === true ? share : 0n));
  const sum = saturatingSum(enabled);
  return enabled.map((share) => safeDiv(U64F64, share, sum));
}

/**
 * Shares and TAO of the eligible subnets for one block (spec/emission.md 4).
 * @param minted the minted credit, rao
 * @param shares what the protocol's share rule answers
 */
export function subnetShares(
  subnets: readonly PricedSubnet[],
  minted: bigint,
  shares: readonly bigint[] = sharesByMovingPrice(subnets),
): Shares {
  const emission = fromInteger(U64F64, minted);
  const emissions = withoutDisabled(subnets, shares).map((share) =>
    convert(U64F64, U96F32, saturatingMul(U64F64, emission, share)),
  );
  // A plain sum on the chain: it wraps instead of clamping.
  const priceSum = subnets.reduce((sum, subnet) => sum + movingPriceOf(subnet), 0n) & U128_MAX;
  return { shares, emissions, rootSellFlag: priceSum > U64F64.one };
}
