import { PUBLISHED_MAP, type RetentionMap } from "../../sim/map/grid.ts";
import { guaranteesOf } from "../../sim/map/guarantees.ts";
import { computeMap } from "../../sim/map/map.ts";
import type { GuaranteeMap } from "../../reports/data/guarantee-map.ts";

/** A small grid of real networks: with one seed, the same on every machine. */
export async function exampleMap(): Promise<GuaranteeMap> {
  const options = {
    ...PUBLISHED_MAP,
    majorStakes: [55, 60, 80],
    weights: [0, 30, 50, 60, 70, 80, 90, 100],
  };
  return { ...guaranteesOf(await computeMap(options, { workers: 1 })), engineVersion: "1.2.3" };
}

/** A map whose retained parts are those that `retained` gives, for what real networks do not show. */
export function mapOf(
  majorStakes: readonly number[],
  weights: readonly number[],
  retained: (stake: number, major: number, minor: number) => number,
): GuaranteeMap {
  const map: RetentionMap = {
    options: { ...PUBLISHED_MAP, majorStakes, weights },
    stakes: majorStakes.map((majorStakePercent) => ({
      majorStakePercent,
      averageWeightDeviation: 0,
      retained: Float64Array.from(
        weights.flatMap((major) => weights.map((minor) => retained(majorStakePercent, major, minor))),
      ),
    })),
  };
  return { ...guaranteesOf(map), engineVersion: "1.2.3" };
}
