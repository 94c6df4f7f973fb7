import { type SubnetRun, validatorUids } from "../data/subnet-run.ts";
import type { Chart } from "./chart.ts";
import { shareOverTime } from "./share-over-time.ts";

/** Dividends of validators over epochs. */
export function dividendsOverTime(subnets: readonly SubnetRun[]): Chart {
  return shareOverTime(subnets, {
    id: "dividends-over-time",
    column: (subnet) => subnet.dividends,
    population: validatorUids,
    share: "dividends",
    role: "validator",
    description:
      "Dividends of a validator are its part of what the subnet emits to validators, earned through its bonds in miners with incentive.",
  });
}
