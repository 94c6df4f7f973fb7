import type { MetricDefinition } from "./definition.ts";
import { BLOCKS_PER_DAY, DAYS_PER_YEAR } from "./time.ts";

/**
 * M46, root proportion of a subnet: `g T_root / (g T_root + A_in + A_out)`, the part that root stake has of the stake
 * that alpha and root have together; also the part of the validators' half that goes to root.
 *
 * @param taoWeight g, a ratio.
 * @param rootTao rao staked on root.
 * @param alphaIn rao of alpha in the pool.
 * @param alphaOut rao of alpha outside the pool.
 * @returns a number in [0, 1], or `null` when there is neither.
 */
export function rootProportion(
  taoWeight: number,
  rootTao: bigint,
  alphaIn: bigint,
  alphaOut: bigint,
): number | null {
  const root = taoWeight * Number(rootTao);
  const whole = root + Number(alphaIn) + Number(alphaOut);
  return whole > 0 ? root / whole : null;
}

/** A root proportion at a time. */
export interface RootProportionSample {
  readonly day: number;
  readonly proportion: number;
}

/**
 * M46, parity day: when the root proportion first comes down to 1/2, between samples linearly.
 *
 * @param samples in order of time.
 * @returns days, or `null` when it does not within the samples.
 */
export function parityDay(samples: readonly RootProportionSample[]): number | null {
  for (let i = 0; i < samples.length; i++) {
    const { day, proportion } = samples[i]!;
    if (proportion > 0.5) continue;
    if (i === 0) return day;
    const before = samples[i - 1]!;
    return before.day + ((day - before.day) * (before.proportion - 0.5)) / (before.proportion - proportion);
  }
  return null;
}

/** A subnet as M46 needs it. */
export interface SubnetForRoot {
  readonly rootProportion: number;
  /** TAO per alpha. */
  readonly price: number;
  /** Alpha for participants in a block; 1 before the subnet's first halving. */
  readonly alphaPerBlock: number;
}

/**
 * M46, network root APR: `365 x 7200 x sum_j 0.41 rootProportion_j alpha_j price_j / T_root`, before take, with payout
 * as TAO at spot.
 *
 * @param rootTao TAO staked on root.
 * @param validatorPart part of the alpha for validators; 0.41 with an owner cut of 18 %.
 * @returns ratio per year, or `null` without stake on root.
 */
export function networkRootApr(
  subnets: readonly SubnetForRoot[],
  rootTao: number,
  validatorPart = 0.41,
): number | null {
  if (!(rootTao > 0)) return null;
  let perBlock = 0;
  for (const { rootProportion, price, alphaPerBlock } of subnets)
    perBlock += validatorPart * rootProportion * alphaPerBlock * price;
  return (DAYS_PER_YEAR * BLOCKS_PER_DAY * perBlock) / rootTao;
}

export const ROOT_VERSUS_ALPHA: MetricDefinition = {
  id: "M46",
  name: "Root versus alpha",
  section: "Yield",
  text: "The part that root stake, times the TAO weight, has of a subnet's stake and so of its validators' half; the day on which it falls to one half; and the yearly yield of root over all subnets, before take, with dividends paid as TAO at the spot price.",
  formula:
    "root_prop = g T_root / (g T_root + A_in + A_out); first day with root_prop <= 1/2; 365 x 7200 x sum_j 0.41 root_prop_j price_j / T_root",
  units: ["ratio", "days", "ratio per year"],
  edges: "No root stake and no alpha: undefined. Never down to one half in the run: no parity day.",
  reference: 'taostats, "Emissions: Root vs Alpha Stake"; the chain\'s root proportion',
  inputs:
    "`pools.root_proportion`, or `pools.tao` of root, `pools.alpha_in`, `pools.alpha_out` and the TAO weight of the scenario; `pools.price`",
  functions: { "root-versus-alpha.ts": ["rootProportion", "parityDay", "networkRootApr"] },
};
