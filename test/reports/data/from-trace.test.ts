import { rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readReportRun } from "../../../reports/data/from-trace.ts";
import { atEpoch, lastEpochIndex, minerUids, validatorUids } from "../../../reports/data/subnet-run.ts";
import { openTrace } from "../../../sim/trace/index.ts";
import { EXAMPLE, withFolder } from "../example-report.ts";
import { exampleScenario, writeExampleRun } from "../example-run.ts";

describe("reading a trace", () => {
  test("columns, sums and last states are those of the tables", async () => {
    await withFolder(async (folder) => {
      const directory = await writeExampleRun(EXAMPLE, join(folder, "run"));
      const { subnets, manifest } = await readReportRun(directory);
      const trace = await openTrace(directory);
      const neurons = await trace.read("neurons");
      const bonds = await trace.read("bonds");
      expect(manifest?.completedEpochs).toBe(EXAMPLE.epochs);
      expect(subnets.map((subnet) => subnet.label)).toEqual(EXAMPLE.comparisons);
      subnets.forEach((subnet, comparison) => {
        const n = EXAMPLE.validators + EXAMPLE.miners;
        expect(subnet.n).toBe(n);
        expect(subnet.epochs).toHaveLength(EXAMPLE.epochs);
        expect(subnet.blocks.at(-1)).toBe(1000n + 360n * BigInt(EXAMPLE.epochs - 1));
        const sums = new BigUint64Array(n);
        for (let row = 0; row < neurons.rows; row++) {
          if (neurons.column("comparison")[row] !== comparison) continue;
          const [uid, epoch] = [neurons.column("uid")[row] as number, neurons.column("epoch")[row] as number];
          sums[uid]! += neurons.column("validator_emission")[row] as bigint;
          expect(atEpoch(subnet, subnet.dividends, epoch)[uid]).toBe(neurons.column("dividends_raw")[row]);
          expect(atEpoch(subnet, subnet.incentive, epoch)[uid]).toBe(neurons.column("incentive_raw")[row]);
        }
        expect(subnet.validatorEmission).toEqual(sums);
        let lastBonds = 0;
        for (let row = 0; row < bonds.rows; row++) {
          if (
            bonds.column("comparison")[row] === comparison &&
            bonds.column("epoch")[row] === EXAMPLE.epochs - 1
          )
            lastBonds++;
        }
        expect(subnet.last.bonds.values).toHaveLength(lastBonds);
        expect(lastBonds).toBeGreaterThan(0);
      });
    });
  });

  test("combined stake is alpha plus TAO times the TAO weight", async () => {
    await withFolder(async (folder) => {
      const { subnets } = await readReportRun(await writeExampleRun(EXAMPLE, join(folder, "run")));
      const plan = exampleScenario(EXAMPLE).comparisons[0]!;
      const { last } = subnets[0]!;
      for (let uid = 0; uid < EXAMPLE.validators; uid++) {
        const exact =
          plan.alphaStake[uid]! + (plan.taoStake[uid]! * plan.hyperparameters.taoWeight) / (2n ** 64n - 1n);
        const difference = last.stake[uid]! - exact;
        // The chain's fixed point holds the TAO weight to 32 binary digits after the point.
        const least = plan.taoStake[uid]! / 2n ** 32n + 2n;
        expect(
          difference >= -least && difference <= least,
          `uid ${uid}: ${last.stake[uid]} against ${exact}`,
        ).toBe(true);
      }
    });
  });

  test("validators by stake, miners without them; weights in force are the last that were set", async () => {
    await withFolder(async (folder) => {
      const { subnets } = await readReportRun(await writeExampleRun(EXAMPLE, join(folder, "run")));
      const subnet = subnets[0]!;
      expect(validatorUids(subnet)).toHaveLength(EXAMPLE.validators);
      expect(validatorUids(subnet)[0]).toBe(0);
      expect(minerUids(subnet)).toHaveLength(EXAMPLE.miners);
      const changed = exampleScenario(EXAMPLE).comparisons[0]!.changesBefore(EXAMPLE.epochs / 2)
        .weightRows![0]!;
      const { rows, values } = subnet.last.weights;
      expect(Array.from(values).filter((_, k) => rows[k] === 0)).toEqual(Array.from(changed.values));
    });
  });

  test("a run without its last table files still reads; a folder that is no run is refused", async () => {
    await withFolder(async (folder) => {
      const directory = await writeExampleRun(EXAMPLE, join(folder, "run"));
      await rm(join(directory, "weights.arrow"));
      const { subnets } = await readReportRun(directory);
      expect(subnets[0]!.last.weights.values).toHaveLength(0);
      expect(lastEpochIndex(subnets[0]!)).toBe(EXAMPLE.epochs - 1);
      await expect(readReportRun(folder)).rejects.toThrow("not a run directory");
    });
  });
});
