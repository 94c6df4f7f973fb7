import { minerUids, type SubnetRun } from "../data/subnet-run.ts";
import type { Chart } from "./chart.ts";
import { shareOverTime } from "./share-over-time.ts";

/** Incentive of miners over epochs. */
export function incentiveOverTime(subnets: readonly SubnetRun[]): Chart {
  return shareOverTime(subnets, {
    id: "incentive-over-time",
    column: (subnet) => subnet.incentive,
    population: minerUids,
    share: "incentive",
    role: "miner",
    description:
      "Incentive of a miner is its part of what the subnet emits to miners, after consensus has clipped the weights.",
  });
}
