import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import type { VariantCase } from "../../../kernels/variants/case.ts";
import { VARIANTS } from "../../../kernels/variants/names.ts";
import { simulateVariant } from "../../../kernels/variants/simulate.ts";
import { runScenario } from "../../../sim/run/index.ts";
import { loadScenario } from "../../../sim/scenario/index.ts";
import { openTrace, type TraceBatch } from "../../../sim/trace/index.ts";
import { CASES, settingsOf } from "../../kernels/variants/cases.ts";
import { freshDirectory } from "./economy/files.ts";

const FOLDER = fileURLToPath(new URL("../../../scenarios/cases/", import.meta.url));
const TWO_32 = 4_294_967_296;

/** One column of `neurons` of one comparison: by epoch, then by uid. */
function valuesOf(
  neurons: TraceBatch,
  comparison: string,
  column: string,
  uids: readonly number[],
): number[] {
  const [names, of, uid, value] = [
    neurons.labels("comparison"),
    neurons.column("comparison"),
    neurons.column("uid"),
    neurons.column(column),
  ];
  const values: number[] = [];
  for (let row = 0; row < neurons.rows; row++)
    if (names[Number(of[row])] === comparison && uids.includes(Number(uid[row])))
      values.push(Number(value[row]) / TWO_32);
  return values;
}

const worst = (found: readonly number[], expected: ArrayLike<number>): number =>
  found.reduce((most, value, k) => Math.max(most, Math.abs(value - expected[k]!)), 0);

describe.each(CASES.ids.map((id): [number] => [id]))("case %i as a scenario file", (id) => {
  const story: VariantCase = CASES.get(id);
  const { validators, servers } = story;
  const [rows, columns] = [
    Array.from({ length: validators }, (_, i) => i),
    Array.from({ length: servers }, (_, j) => validators + j),
  ];
  let neurons: TraceBatch;

  beforeAll(async () => {
    const file = join(FOLDER, `case-${String(id).padStart(2, "0")}.yaml`);
    const outDir = join(freshDirectory(), "run");
    const { manifest } = await runScenario(loadScenario(file), { outDir });
    expect(manifest.comparisons).toEqual(["subtensor-425", ...VARIANTS]);
    neurons = await (
      await openTrace(outDir)
    ).read("neurons", ["comparison", "uid", "dividends_raw", "incentive_raw"]);
  });

  test("gives the dividends and incentives of the case in every formula", () => {
    for (const variant of VARIANTS) {
      const run = simulateVariant(story, settingsOf(variant, 0.99));
      const [dividends, incentives] = [
        valuesOf(neurons, variant, "dividends_raw", rows),
        valuesOf(neurons, variant, "incentive_raw", columns),
      ];
      expect(dividends).toHaveLength(run.dividends.length);
      expect(incentives).toHaveLength(run.incentives.length);
      // Floors of 2^-32; stakes are whole rao.
      expect(worst(dividends, run.dividends), variant).toBeLessThan(1e-9);
      expect(worst(incentives, run.incentives), variant).toBeLessThan(1e-9);
    }
  });

  test("gives everybody's incentive on the chain to servers", () => {
    const incentives = valuesOf(neurons, "subtensor-425", "incentive_raw", columns);
    const total = incentives.reduce((sum, value) => sum + value, 0);
    expect(total).toBeGreaterThan(0.8 * story.epochs);
    expect(total).toBeLessThanOrEqual(story.epochs);
  });
});
