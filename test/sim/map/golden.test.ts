import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ExactKernel } from "../../../kernels/exact/kernel.ts";
import { averageWeightDeviation, drawSamples, type Samples } from "../../../sim/map/network.ts";
import { MapNetwork } from "../../../sim/map/points.ts";
import { integerSource } from "../../../sim/map/sources.ts";

type Row = [number, number, number, number, string, string, number, number];

const golden = JSON.parse(
  readFileSync(new URL("../../golden/consensus-guarantees.json", import.meta.url), "utf8"),
) as { setup: { kappa: number }; rows: Row[] };

describe("the chain's consensus guarantee map", () => {
  it("gives all 1,815 points, and the weight deviations within 1e-6", () => {
    expect(golden.rows).toHaveLength(1815);
    const kernel = new ExactKernel();
    const samples = new Map<number, Samples>();
    const networks = new Map<string, MapNetwork>();
    const found: string[] = [];
    for (const row of golden.rows) {
      const [stake, majorWeight, minorWeight, penalty, major, total, ratio, deviation] = row;
      const drawn = samples.get(stake) ?? drawSamples(integerSource(1), stake);
      samples.set(stake, drawn);
      const key = `${stake} ${penalty}`;
      const network = networks.get(key) ?? new MapNetwork(kernel, drawn, penalty, golden.setup.kappa);
      networks.set(key, network);
      const point = network.retention(majorWeight, minorWeight);
      const equal =
        String(point.major) === major &&
        String(point.total) === total &&
        Number((point.major / point.total).toFixed(6)) === ratio &&
        Math.abs(averageWeightDeviation(drawn, majorWeight, minorWeight) - deviation) <= 1e-6;
      if (!equal) found.push(`${row.join(" ")}: ${point.major} of ${point.total}`);
    }
    expect(found.slice(0, 10)).toEqual([]);
  });
});
