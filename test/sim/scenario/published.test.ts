import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runEconomy, runScenario } from "../../../sim/run/index.ts";
import { economyTemplate } from "../../../sim/scenario/economy/template.ts";
import { isEconomy, loadAnyScenario, loadScenario } from "../../../sim/scenario/index.ts";
import { scenarioJsonSchema } from "../../../sim/scenario/schema/json-schema.ts";
import { scenarioTemplate } from "../../../sim/scenario/template.ts";
import { openTrace } from "../../../sim/trace/index.ts";
import { type BuiltCommand, buildCommand } from "../cli/built-command.ts";
import { writeFiles } from "./files.ts";
import { schemaFaults } from "./json-schema.ts";

let command: BuiltCommand;
beforeAll(async () => {
  command = await buildCommand();
});
afterAll(() => command.remove());

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

const published = readdirSync(join(ROOT, "scenarios"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".yaml"))
  .sort((a, b) => (a < b ? -1 : 1));

const committed = JSON.parse(readFileSync(join(ROOT, "scenarios", "schema.json"), "utf8")) as Record<
  string,
  unknown
>;

/** What an editor would mark in a scenario. */
const marked = (text: string): string[] => schemaFaults(committed, parse(text, { merge: true }));

async function runs(path: string): Promise<boolean> {
  const scenario = loadScenario(path, { set: ["epochs=3"] });
  const outDir = join(mkdtempSync(join(tmpdir(), "yumasim-run-")), "run");
  const summary = await runScenario(scenario, { outDir });
  return summary.completed;
}

test("scenarios/schema.json is up to date; else: npm run build && node scripts/write-scenario-schema.mjs", () => {
  expect(committed).toEqual(JSON.parse(JSON.stringify(scenarioJsonSchema())));
});

describe("the scenarios of the package", () => {
  test("are there", () => {
    expect(published).toContain(join("economy", "subnet-15.yaml"));
  });

  test.each(published)("%s loads, says its question, and is what the schema describes", async (name) => {
    const path = join(ROOT, "scenarios", name);
    const text = readFileSync(path, "utf8");
    // Modules of strategies are loaded by Node, which wants the compiled package.
    if (/^strategies:/m.test(text))
      expect(await command.run(["validate", path, "--allow-code"])).toMatchObject({ code: 0 });
    else expect(() => loadAnyScenario(path)).not.toThrow();
    expect(text).toMatch(/^# yaml-language-server: \$schema=(\.\.\/)+schema\.json\n/);
    const header = name.startsWith("regression")
      ? ["# Guards ", "# Set-up "]
      : ["# Question ", "# Set-up ", "# Expected "];
    for (const part of header) expect(text).toContain(part);
    expect(marked(text)).toEqual([]);
  });

  test("subnet 15 has the profile of the real one", () => {
    const { comparisons, epochs } = loadScenario(join(ROOT, "scenarios", "economy", "subnet-15.yaml"));
    expect(epochs).toBe(100);
    expect(comparisons.map(({ hyperparameters }) => hyperparameters.yuma3)).toEqual([false, true]);
    const { n, taoStake, weights } = comparisons[0]!;
    expect(n).toBe(256);
    expect(taoStake.reduce((sum, rao) => sum + rao, 0n)).toBe(5_443_395_816_000_000n);
    const profile = Array.from({ length: 11 }, (_, uid) => {
      const row = weights.values.subarray(weights.offsets[uid], weights.offsets[uid + 1]);
      const sum = row.reduce((a, b) => a + b, 0);
      return [row.length, Math.round((Math.max(...row) / sum) * 10_000) / 100];
    });
    expect(profile).toEqual([
      [34, 50],
      [30, 48.13],
      [35, 50],
      [37, 50],
      [12, 49.28],
      [29, 50],
      [27, 48.53],
      [41, 50],
      [15, 50],
      [27, 48.52],
      [27, 48.28],
    ]);
  });
});

test("subnet 15 gives the answer that it expects", async () => {
  const outDir = join(mkdtempSync(join(tmpdir(), "yumasim-run-")), "run");
  const scenario = loadScenario(join(ROOT, "scenarios", "economy", "subnet-15.yaml"));
  await runScenario(scenario, { outDir });
  const table = await (
    await openTrace(outDir)
  ).read("neurons", ["comparison", "epoch", "uid", "validator_emission"]);
  const [comparison, epoch, uid, emission] = ["comparison", "epoch", "uid", "validator_emission"].map(
    (name) => table.column(name),
  );
  const { taoStake } = scenario.comparisons[0]!;
  const totalStake = Number(taoStake.reduce((sum, rao) => sum + rao, 0n));
  /** What validators earn in an epoch, relative to their share of stake. */
  const earned = (name: string, at: number, first: number, last: number): number => {
    let [some, all] = [0, 0];
    for (let row = 0; row < table.rows; row++) {
      if (epoch![row] !== at || table.labels("comparison")[Number(comparison![row])] !== name) continue;
      all += Number(emission![row]);
      if (uid![row]! >= first && uid![row]! <= last) some += Number(emission![row]);
    }
    const stake = taoStake.subarray(first, last + 1).reduce((sum, rao) => sum + rao, 0n);
    return some / all / (Number(stake) / totalStake);
  };
  for (const name of ["yuma3 off", "yuma3 on"]) {
    for (let validator = 0; validator < 11; validator++)
      expect(Math.abs(earned(name, 49, validator, validator) - 1)).toBeLessThan(0.05);
    expect(earned(name, 55, 0, 2)).toBeCloseTo(1.72, 2);
    expect(earned(name, 55, 3, 10)).toBeLessThan(0.01);
  }
  expect(Math.abs(earned("yuma3 off", 70, 3, 10) - 0.68)).toBeLessThan(0.01);
  expect(Math.abs(earned("yuma3 on", 70, 3, 10) - 0.85)).toBeLessThan(0.01);
});

test("an editor marks what the loader refuses", () => {
  const text = readFileSync(join(ROOT, "scenarios", "economy", "two-validators.yaml"), "utf8");
  for (const [good, wrong] of [
    ["epochs: 20", "epochs: many"],
    ["600 alpha", "600"],
    ["600 alpha", "600 TAO"],
    ["emission", "emision"],
    ["subtensor-425", "subtensor-1"],
    ["{ good: 9, other: 1 }", "{ good: -9 }"],
  ] as const) {
    expect(text).toContain(good);
    expect(marked(text.replace(good, wrong)), wrong).not.toEqual([]);
  }
});

test("the template of `yumasim init` runs as it is", async () => {
  const text = scenarioTemplate("schema.json");
  expect(marked(text)).toEqual([]);
  expect(await runs(join(writeFiles({ "t.yaml": text }), "t.yaml"))).toBe(true);
});

test("the template of `yumasim init --economy` runs as it is, and is what its comments say", async () => {
  const text = economyTemplate("schema.json");
  expect(marked(text)).toEqual([]);
  const scenario = loadAnyScenario(join(writeFiles({ "t.yaml": text }), "t.yaml"));
  if (!isEconomy(scenario)) throw new Error("no economy");
  const [plan] = scenario.plans;
  expect(plan!.agents.filter(({ role }) => role === "miner")).toHaveLength(20);
  const outDir = join(mkdtempSync(join(tmpdir(), "yumasim-template-")), "run");
  const { expectations } = await runEconomy(scenario, { outDir });
  expect(expectations.map(({ met }) => met)).toEqual([true]);
});

describe("the examples of docs/scenarios.md", () => {
  const page = readFileSync(join(ROOT, "docs", "scenarios.md"), "utf8");
  const blocks = (kind: string): string[] =>
    [...page.matchAll(new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map((match) => match[1]!);
  const tables = Object.fromEntries(blocks("csv").map((text) => [/^# (\S+)/.exec(text)![1]!, text]));
  const examples = blocks("yaml").map((text): [string, string] => [
    text.split("\n").slice(0, 3).join(" "),
    text.startsWith("title:")
      ? text
      : `title: T\nprotocol: subtensor-425\nepochs: 3\nsubnets:\n  - netuid: 1\n    emission: 1 alpha\n${text.replaceAll(/^(?=.)/gm, "    ")}`,
  ]);

  test("are there", () => {
    expect(examples.length).toBeGreaterThanOrEqual(12);
  });

  test.each(examples)("%s", async (_, text) => {
    expect(marked(text)).toEqual([]);
    expect(await runs(join(writeFiles({ ...tables, "e.yaml": text }), "e.yaml"))).toBe(true);
  });

  test("the hyperparameters shown are the defaults", () => {
    const shown = examples.find(([, text]) => text.includes("bonds_penalty: 100 %"))![1];
    const without = shown.replace(/ {4}hyperparameters:[\s\S]*/, "");
    const [plan, bare] = [shown, without].map(
      (text) => loadScenario(join(writeFiles({ "e.yaml": text }), "e.yaml")).comparisons[0]!,
    );
    expect(plan!.hyperparameters).toEqual(bare!.hyperparameters);
  });
});
