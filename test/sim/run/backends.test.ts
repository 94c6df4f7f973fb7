import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { denseNetwork } from "../../../bench/gpu-networks.ts";
import type { RunBackend } from "../../../sim/run/backend-names.ts";
import { diagnose } from "../../../sim/run/doctor.ts";
import { runScenario } from "../../../sim/run/index.ts";
import type { EpochChanges, ResolvedScenario, SubnetPlan } from "../../../sim/scenario/index.ts";
import { openTrace, type RunEnvironment } from "../../../sim/trace/index.ts";
import { scenarioOf } from "./plan.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "yumasim-backends-"));
});
afterEach(() => rm(directory, { recursive: true }));

/** A subnet on which nothing happens but a stake that halves before epoch 37. */
function plan(comparison: string, formula: "original" | "liquid"): SubnetPlan {
  const { n, block, lastMechanismStepBlock, ...input } = denseNetwork(
    5,
    { neurons: 20, validators: 5 },
    formula,
  );
  return {
    comparison,
    netuid: 1,
    n,
    hotkeys: Array.from({ length: n }, (_, uid) => `hotkey-${uid}`),
    hyperparameters: input,
    ownerUid: null,
    raoEmission: input.raoEmission,
    firstEpochBlock: block,
    lastMechanismStepBlock,
    alphaStake: input.alphaStake,
    taoStake: input.taoStake,
    lastUpdate: input.lastUpdate,
    blockAtRegistration: input.blockAtRegistration,
    validatorPermit: input.validatorPermit,
    weights: input.weights,
    bonds: input.bonds,
    changesBefore: (epoch): EpochChanges =>
      epoch === 37 ? { alphaStake: input.alphaStake.map((rao, uid) => (uid === 1 ? rao / 2n : rao)) } : {},
  };
}

const scenario = (): ResolvedScenario => scenarioOf([plan("old", "original"), plan("new", "liquid")], 60);

async function ratiosOf(run: string, column: string): Promise<Float64Array> {
  const neurons = await (await openTrace(run)).read("neurons");
  return Float64Array.from(neurons.column(column) as Float64Array);
}

test.each<RunBackend>(["webasm", "cpu"])(
  "a run on %s follows the exact run and says that it is float",
  async (backend) => {
    const [exact, float] = [join(directory, "exact"), join(directory, backend)];
    await runScenario(scenario(), { outDir: exact });
    const epochs: number[] = [];
    const { manifest, completed } = await runScenario(scenario(), {
      outDir: float,
      backend,
      onProgress: ({ completedEpochs }) => epochs.push(completedEpochs),
    });
    expect(completed).toBe(true);
    expect(epochs).toEqual(Array.from({ length: 60 }, (_, epoch) => epoch + 1));
    expect(manifest).toMatchObject({ arithmetic: "float32", kernelSha256: null, completedEpochs: 60 });
    const environment = JSON.parse(await readFile(join(float, "environment.json"), "utf8")) as RunEnvironment;
    expect(environment.backend).toMatchObject({
      asked: backend,
      ran: backend,
      adapter: null,
      driver: null,
      fallback: null,
    });
    expect(environment.backend.executor).toMatch(/^(fused-|generic$)/);
    for (const column of [
      "dividends_ratio",
      "incentive_ratio",
      "consensus_ratio",
      "validator_trust_ratio",
      "stake_weight_ratio",
    ]) {
      const [expected, found] = [await ratiosOf(exact, column), await ratiosOf(float, column)];
      expect(found.length).toBe(60 * 2 * 20);
      const worst = found.reduce((most, value, k) => Math.max(most, Math.abs(value - expected[k]!)), 0);
      expect(worst).toBeLessThan(1e-4);
    }
  },
);

test("a float run and an exact run do not replace each other by accident", async () => {
  const outDir = join(directory, "run");
  await runScenario(scenario(), { outDir });
  await expect(runScenario(scenario(), { outDir, backend: "cpu" })).rejects.toThrow(
    "holds a run in another arithmetic",
  );
});

test("auto says what it chose and why", async () => {
  const said: string[] = [];
  const outDir = join(directory, "run");
  const { manifest } = await runScenario(scenario(), {
    outDir,
    backend: "auto",
    onChoice: (text) => said.push(text),
  });
  expect(said).toEqual(["backend: exact (fewer than 256 networks at a time (2))"]);
  expect(manifest.arithmetic).toBe("exact");
  const environment = JSON.parse(await readFile(join(outDir, "environment.json"), "utf8")) as RunEnvironment;
  expect(environment.backend).toMatchObject({ asked: "auto", ran: "exact" });
});

test("a float run stops after the current epoch and keeps what it has", async () => {
  const controller = new AbortController();
  const { completed, manifest } = await runScenario(scenario(), {
    outDir: join(directory, "run"),
    backend: "cpu",
    signal: controller.signal,
    onProgress: ({ completedEpochs }) => {
      if (completedEpochs === 5) controller.abort();
    },
  });
  expect({ completed, epochs: manifest.completedEpochs, rows: manifest.tables.neurons?.rows }).toEqual({
    completed: false,
    epochs: 5,
    rows: 5 * 2 * 20,
  });
});

test("the self-test of every backend passes, or says why it cannot be", async () => {
  const diagnoses = await diagnose();
  expect(diagnoses.map(({ backend }) => backend)).toEqual(["exact", "webgpu", "webasm", "cpu"]);
  for (const one of diagnoses) {
    if (one.available) expect(one).toMatchObject({ passed: true });
    else expect(one.remedy).toMatch(/install/);
  }
  expect(diagnoses.filter(({ backend }) => backend !== "webgpu").every(({ available }) => available)).toBe(
    true,
  );
});
