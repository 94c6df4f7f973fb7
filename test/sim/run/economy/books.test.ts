import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { resumeEconomy, runEconomy } from "../../../../sim/run/index.ts";
import { type EconomyScenario, isEconomy, loadAnyScenario } from "../../../../sim/scenario/index.ts";
import { openTrace, type TraceBatch } from "../../../../sim/trace/index.ts";
import { digests, freshDirectory, libraryPath } from "./files.ts";

function scenarioOf(path: string, set: readonly string[]): EconomyScenario {
  const scenario = loadAnyScenario(path, { set: ["expect=[]", ...set] });
  if (!isEconomy(scenario)) throw new Error(`${path} is no economy`);
  return scenario;
}

async function tracedRun(scenario: EconomyScenario) {
  const outDir = join(freshDirectory(), "run");
  await runEconomy(scenario, { outDir });
  const trace = await openTrace(outDir);
  const [blocks, pools, emission] = [
    await trace.read("blocks"),
    await trace.read("pools"),
    await trace.read("emission"),
  ];
  return { outDir, trace, blocks, pools, emission };
}

const amounts = (table: TraceBatch, column: string): bigint[] =>
  Array.from(table.column(column) as ArrayLike<bigint>);

const total = (table: TraceBatch, column: string, rows: readonly number[]): bigint =>
  rows.reduce((sum, row) => sum + amounts(table, column)[row]!, 0n);

/** Rows of a subnet. */
function rowsOf(table: TraceBatch, netuid: number): number[] {
  return Array.from(table.column("netuid") as ArrayLike<number>, (value, row) =>
    value === netuid ? row : -1,
  ).filter((row) => row >= 0);
}

const ROLES = ["owner", "miners", "validators", "take", "nominators", "root", "burned", "recycled"];

const REGRESSION = join(libraryPath("."), "../regression/economy.yaml");

describe.each([
  ["everybody at once", REGRESSION, ["horizon=450 blocks"]],
  [
    "prices above one",
    libraryPath("root-against-alpha.yaml"),
    ["horizon=3 hours", "trace.every=1 hours", "network.subnets[0].price=0.4"],
  ],
  ["an owner who mines", libraryPath("new-subnet-launch.yaml"), ["horizon=6 hours", "trace.every=1 hours"]],
])("the books of %s", (_name, path, set) => {
  const run = tracedRun(scenarioOf(path, set));

  test("TAO: what was minted went into pools, bought alpha, or went back to the curve", async () => {
    const { blocks, emission } = await run;
    const all = Array.from({ length: emission.rows }, (_, row) => row);
    const minted = amounts(blocks, "minted").reduce((sum, value) => sum + value, 0n);
    const unspent = amounts(blocks, "unspent").reduce((sum, value) => sum + value, 0n);
    expect(minted).toBeGreaterThan(0n);
    expect(total(emission, "tao_injected", all) + total(emission, "tao_bought", all) + unspent).toBe(minted);
    expect(amounts(blocks, "conservation").every((value) => value === 0n)).toBe(true);
  });

  test("alpha: what was emitted is with somebody, waits for the next epoch, or is the dust of the books", async () => {
    const { pools, emission } = await run;
    for (const netuid of new Set(Array.from(emission.column("netuid") as ArrayLike<number>))) {
      const rows = rowsOf(emission, netuid);
      const [first, last] = [rowsOf(pools, netuid).at(0)!, rowsOf(pools, netuid).at(-1)!];
      const change = (column: string): bigint =>
        amounts(pools, column)[last]! - amounts(pools, column)[first]!;
      const paid = ROLES.reduce((sum, role) => sum + total(emission, role, rows), 0n);
      expect(total(emission, "alpha_emitted", rows)).toBeGreaterThan(0n);
      expect(paid + change("pending_alpha") + change("alpha_dust")).toBe(
        total(emission, "alpha_emitted", rows),
      );
    }
  });

  test("how often they are sampled cannot be seen in the sums", async () => {
    const { emission } = await run;
    const often = await tracedRun(scenarioOf(path, [...set, "trace.every=37 blocks"]));
    const everything = (table: TraceBatch, column: string): bigint =>
      amounts(table, column).reduce((sum, value) => sum + value, 0n);
    for (const column of ["tao_injected", "tao_bought", "root_sold_tao", "registration_tao", ...ROLES])
      expect(everything(often.emission, column), column).toBe(everything(emission, column));
    expect(often.emission.rows).toBeGreaterThan(emission.rows);
  });
});

test("root is paid and sells while prices sum to more than one, and is recycled while they do not", async () => {
  const set = ["horizon=3 hours", "trace.every=1 hours"];
  const path = libraryPath("root-against-alpha.yaml");
  const [high, low] = await Promise.all([
    tracedRun(scenarioOf(path, [...set, "network.subnets[0].price=0.4"])),
    tracedRun(scenarioOf(path, set)),
  ]);
  const sum = (table: TraceBatch, column: string): bigint =>
    amounts(table, column).reduce((all, value) => all + value, 0n);
  expect(sum(high.emission, "root")).toBeGreaterThan(0n);
  expect(sum(high.emission, "root_sold_tao")).toBeGreaterThan(0n);
  expect(sum(low.emission, "root")).toBe(0n);
  expect(sum(low.emission, "recycled")).toBeGreaterThan(0n);
});

test("neurons, bonds and weights of the subnets that are asked for, and the same bytes when the run is split", async () => {
  const scenario = scenarioOf(REGRESSION, ["horizon=450 blocks", "trace.neurons=[1, 3]", "trace.bonds=true"]);
  const { trace, outDir } = await tracedRun(scenario);
  const [subnets, neurons, bonds, weights] = [
    await trace.read("subnets"),
    await trace.read("neurons"),
    await trace.read("bonds"),
    await trace.read("weights"),
  ];
  expect([...new Set(Array.from(subnets.column("netuid") as ArrayLike<number>))]).toEqual([1, 3]);
  const one = rowsOf(subnets, 1);
  expect(one.map((row) => subnets.column("epoch")[row])).toEqual(one.map((_, epoch) => epoch));
  // Incentives and dividends of the neurons add up to those of the subnet.
  for (const column of ["server_emission", "validator_emission", "emission"])
    expect(amounts(neurons, column).reduce((sum, value) => sum + value, 0n)).toBe(
      amounts(subnets, column).reduce((sum, value) => sum + value, 0n),
    );
  expect([bonds.rows > 0, weights.rows > 0]).toEqual([true, true]);
  const split = join(freshDirectory(), "run");
  await runEconomy(scenario, { outDir: split, stopAfter: 213 });
  await resumeEconomy(split, {});
  expect(digests(split)).toEqual(digests(outDir));
});
