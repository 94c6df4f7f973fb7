import type { MetricDefinition } from "./definition.ts";

/** M56, TAO that moved in and out of a subnet in a window, rao. */
export interface SubnetFlows {
  /** Injected into the pool by the coinbase. */
  readonly emission: bigint;
  readonly chainBuys: bigint;
  /** Paid out by sales of root dividends. */
  readonly rootSells: bigint;
  /** TAO that users put in by stakes and registrations. */
  readonly userIn: bigint;
  /** TAO that users took out by unstakes. */
  readonly userOut: bigint;
}

/**
 * M56, net subsidy: TAO emission and chain buys, less what leaves by root sells and by users on balance (what they took
 * out beyond what they put in). Rao; negative when more leaves than is given.
 */
export function netSubsidy(flows: SubnetFlows): bigint {
  const outflow = flows.userOut > flows.userIn ? flows.userOut - flows.userIn : 0n;
  return flows.emission + flows.chainBuys - flows.rootSells - outflow;
}

/** M56, net flow of users: what they put in less what they took out, rao. */
export function netFlow({ userIn, userOut }: SubnetFlows): bigint {
  return userIn - userOut;
}

/** M56, subnets with a positive net flow. */
export function positiveFlows(subnets: readonly SubnetFlows[]): number {
  return subnets.filter((flows) => netFlow(flows) > 0n).length;
}

export const NET_SUBSIDY: MetricDefinition = {
  id: "M56",
  name: "Net subsidy",
  section: "Emission, supply and distribution",
  text: "The TAO that the chain gives to a subnet, as liquidity and as purchases of its alpha, less the TAO that leaves by sales of root dividends and by users on balance; the net flow of users, and the number of subnets where it is positive.",
  formula:
    "TAO emission + chain buys - root sells - max(0, user out - user in); user in - user out; count of positive",
  units: ["rao", "rao", "count"],
  edges: "Exact. A net flow of 0 is not positive.",
  reference: "RaoFoundation/subtensor pull request 2634",
  inputs:
    "`emission.tao_injected`, `emission.tao_bought`, `emission.root_sold_tao`; differences of `pools.user_flow`",
  functions: { "net-subsidy.ts": ["netSubsidy", "netFlow", "positiveFlows"] },
};
