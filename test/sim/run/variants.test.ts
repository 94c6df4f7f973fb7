import { join } from "node:path";
import { expect, test } from "vitest";
import { resumeEconomy, runEconomy, runScenario } from "../../../sim/run/index.ts";
import { type EconomyScenario, isEconomy, loadAnyScenario } from "../../../sim/scenario/index.ts";
import { openTrace } from "../../../sim/trace/index.ts";
import { loadText, scenarioText } from "../scenario/files.ts";
import { digests, freshDirectory, libraryPath } from "./economy/files.ts";

const NEURONS = `    neurons:
      - { name: large, alpha_stake: 600 alpha, weights: { good: 0.7, other: 0.3 } }
      - { name: small, alpha_stake: 400 alpha, weights: { good: 0.5, other: 0.5 } }
      - { name: good }
      - { name: other }`;
const COMPARE = `compare:
  - { name: chain, set: {} }
  - { name: third, set: { variant: yuma3 } }
  - { name: second, set: { variant: { formula: yuma2, bonds_rate: 90 % } } }
`;
const scenario = (more = "") => loadText(scenarioText(`${NEURONS}\n${more}`, COMPARE));

test("formulas and the chain run side by side, and the manifest says which is which", async () => {
  const outDir = join(freshDirectory(), "run");
  const { manifest } = await runScenario(scenario(), { outDir });
  expect(manifest.arithmetic).toBe("float64");
  expect(Object.keys(manifest.variants!)).toEqual(["third", "second"]);
  expect(manifest.variants!.second).toMatchObject({
    formula: "yuma2",
    settings: { bonds_rate: 0.9, bond_penalty: 1, liquid_alpha: false },
  });
  const alone = join(freshDirectory(), "run");
  const { manifest: exact } = await runScenario(loadText(scenarioText(NEURONS)), { outDir: alone });
  expect(exact.arithmetic).toBe("exact");
  expect(exact.variants).toBeUndefined();

  // What the exact kernel computes is the same beside variants.
  const columns = ["comparison", "epoch", "uid", "dividends_raw", "emission"];
  const [beside, own] = await Promise.all(
    [outDir, alone].map(async (directory) => (await openTrace(directory)).read("neurons", columns)),
  );
  const rowsOf = (batch: typeof beside, wanted: number) =>
    Array.from({ length: batch!.rows }, (_, row) => row)
      .filter((row) => batch!.column("comparison")[row] === wanted)
      .map((row) => columns.slice(1).map((name) => batch!.column(name)[row]));
  expect(rowsOf(beside, 0)).toEqual(rowsOf(own, 0));
  expect(rowsOf(beside, 1)).not.toEqual(rowsOf(own, 0));
});

test("the manifest names the settings of the chosen consensus alone", async () => {
  const outDir = join(freshDirectory(), "run");
  const compare = `compare:
  - { name: median, set: { variant: yuma1 } }
  - { name: mean, set: { variant: { formula: yuma1, consensus_method: mean_reduction } } }
  - { name: trust, set: { variant: { formula: yuma1, consensus_method: trust } } }
`;
  const { manifest } = await runScenario(loadText(scenarioText(NEURONS, compare)), { outDir });
  const given = (name: string) =>
    Object.keys(manifest.variants![name]!.settings).filter((key) => /kappa|consensus_|trust_/.test(key));
  expect(given("median")).toEqual(["kappa", "consensus_method"]);
  expect(given("mean")).toEqual(["consensus_method", "consensus_steps", "consensus_smoothing"]);
  expect(given("trust")).toEqual(["kappa", "consensus_method", "trust_temperature"]);
});

test("a run with a formula has the same bytes again", async () => {
  const [one, two] = [join(freshDirectory(), "run"), join(freshDirectory(), "run")];
  await runScenario(scenario("    drift: { shared: 0.1, own: 0.01 }"), { outDir: one });
  await runScenario(scenario("    drift: { shared: 0.1, own: 0.01 }"), { outDir: two });
  expect(digests(one)).toEqual(digests(two));
});

test("bonds are wiped on the chain as in the formulas that do it", async () => {
  const outDir = join(freshDirectory(), "run");
  await runScenario(scenario("    bond_resets: [{ epoch: 4, neuron: other }]"), { outDir });
  const bonds = await (
    await openTrace(outDir)
  ).read("bonds", ["comparison", "epoch", "validator_uid", "miner_uid", "bond_ratio"]);
  const bond = (comparison: number, epoch: number): number => {
    for (let row = 0; row < bonds.rows; row++)
      if (
        bonds.column("comparison")[row] === comparison &&
        bonds.column("epoch")[row] === epoch &&
        bonds.column("validator_uid")[row] === 0 &&
        bonds.column("miner_uid")[row] === 3
      )
        return Number(bonds.column("bond_ratio")[row]);
    return 0;
  };
  for (const comparison of [0, 1]) {
    expect(bond(comparison, 3)).toBeGreaterThan(0.09);
    expect(bond(comparison, 4)).toBeCloseTo(0.03, 4);
  }
  expect(bond(2, 4)).toBeCloseTo(bond(2, 3), 6);
});

test("another backend than the exact one is refused beside a formula", async () => {
  const outDir = join(freshDirectory(), "run");
  await expect(runScenario(scenario(), { outDir, backend: "cpu" })).rejects.toThrow(
    "--backend cpu: third runs the variant yuma3, which is computed in float64; leave --backend out",
  );
});

function economy(formula: string): EconomyScenario {
  const found = loadAnyScenario(libraryPath("weight-copying.yaml"), {
    set: [`variant=${formula}`, "horizon=6 hours", "expect=[]", "trace.every=1 hours"],
  });
  if (!isEconomy(found)) throw new Error("no economy");
  return found;
}

test.each(["yuma2", "yuma2c", "yuma3-liquid"])(
  "an economy under %s keeps its books, and in the same way when it is split",
  async (formula) => {
    const [whole, split] = [join(freshDirectory(), "run"), join(freshDirectory(), "run")];
    const { manifest } = await runEconomy(economy(formula), { outDir: whole });
    expect(manifest!.arithmetic).toBe("float64");
    expect(manifest!.variants!["commit-reveal"]).toMatchObject({ formula });
    await runEconomy(economy(formula), { outDir: split, stopAfter: 1_501 });
    await resumeEconomy(split, {});
    expect(digests(split)).toEqual(digests(whole));
  },
);
