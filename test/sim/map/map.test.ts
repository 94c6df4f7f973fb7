import { describe, expect, it } from "vitest";
import { type MapOptions, PUBLISHED_MAP, requiredHonestUtility } from "../../../sim/map/grid.ts";
import { computeMap } from "../../../sim/map/map.ts";

/** Every second weight from 40 percent on, at 60 percent stake: where the contour lies. */
const SMALL: MapOptions = {
  ...PUBLISHED_MAP,
  majorStakes: [60],
  weights: Array.from({ length: 16 }, (_, k) => 40 + 4 * k),
};

async function required(change: Partial<MapOptions>): Promise<number> {
  const map = await computeMap({ ...SMALL, ...change }, { workers: 2 });
  return requiredHonestUtility(map, map.stakes[0] as (typeof map.stakes)[number]);
}

describe("required honest utility at 60 percent honest stake", () => {
  it.each([
    ["bonds penalty 1", { bondsPenalty: 65535 }, 73],
    ["bonds penalty 0.5", { bondsPenalty: 32768 }, 76],
    ["bonds penalty 0", { bondsPenalty: 0 }, 78],
    ["weight deviation 0", { weightDeviation: 0 }, 60],
    ["weight deviation 0.2", { weightDeviation: 0.2 }, 67],
    ["weight deviation 0.4", { weightDeviation: 0.4 }, 73],
  ])("%s: within two points of the published figure", async (_, change, published) => {
    const utility = await required(change);
    expect(Math.abs(utility - published)).toBeLessThanOrEqual(2);
  });

  it("does not depend on the number of threads", async () => {
    const options = { ...SMALL, weights: [50, 60, 70, 80] };
    const [one, three] = await Promise.all([
      computeMap(options, { workers: 1 }),
      computeMap(options, { workers: 3 }),
    ]);
    expect(three).toEqual(one);
  });
});
