import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Comparison } from "../../../sim/trace/index.ts";
import { type BuiltCommand, buildCommand } from "../cli/built-command.ts";
import { type MutantKernels, openMutants } from "./mutants.ts";
import { CALL_MUTATIONS } from "./call-mutations.ts";
import { CHAIN_MUTATIONS } from "./chain-mutations.ts";
import { MUTATIONS } from "./mutations.ts";

const REGRESSION = join(import.meta.dirname, "../../../scenarios/regression");
const scenariosIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => join(folder, name));
const WITHOUT_CODE = scenariosIn(REGRESSION);
const SCENARIOS = [...WITHOUT_CODE, ...scenariosIn(join(REGRESSION, "calls"))];

/** What the kernel's mutations are checked against: the longer economies guard rules of the chain outside of it. */
const OF_KERNEL = WITHOUT_CODE.filter((path) => !/(childkeys|registration|root|flows)\.yaml$/.test(path));

/** Rules of the chain outside of the epoch. */
const OF_CHAIN = [...CHAIN_MUTATIONS, ...CALL_MUTATIONS];

let command: BuiltCommand;
let mutants: MutantKernels;
let kernelFile: string;
let kernel: string;
beforeAll(async () => {
  command = await buildCommand();
  mutants = openMutants();
  kernelFile = join(command.folder, "dist/kernels/exact/wasm.generated.js");
  kernel = readFileSync(kernelFile, "utf8");
});
afterEach(() => writeFileSync(kernelFile, kernel));
afterAll(() => {
  command.remove();
  mutants.remove();
});

interface CheckOutput {
  readonly results: readonly { readonly name: string; readonly comparison: Comparison }[];
}

async function check(
  scenarios = SCENARIOS,
): Promise<{ code: number | null; stderr: string; failed: CheckOutput["results"] }> {
  const { code, stdout, stderr } = await command.run([
    "check",
    ...scenarios,
    "--against",
    join(REGRESSION, "baseline"),
    "--allow-code",
    "--json",
  ]);
  const { results } = JSON.parse(stdout) as CheckOutput;
  return { code, stderr, failed: results.filter(({ comparison }) => !comparison.same) };
}

test("the kernel as it is passes", async () => {
  expect(await check()).toEqual({ code: 0, stderr: "", failed: [] });
});

test("there are at least 20 mutations of the epoch and as many of the chain, each of another rule", () => {
  for (const list of [MUTATIONS, OF_CHAIN]) {
    expect(list.length).toBeGreaterThanOrEqual(20);
    expect(new Set(list.map(({ name }) => name)).size).toBe(list.length);
  }
});

describe("check catches", () => {
  test.each(MUTATIONS.map((mutation) => [mutation.name, mutation] as const))("%s", async (_, mutation) => {
    writeFileSync(kernelFile, await mutants.compile(mutation));
    const { code, failed } = await check(OF_KERNEL);
    expect(code).toBe(1);
    const places = failed.map(({ name, comparison: { first } }) => {
      // Where a difference is pointed at there is a block, a neuron, and two values that differ.
      expect(first, name).not.toBeNull();
      expect(first?.block).toMatch(/^\d+$/);
      expect(first?.before).not.toEqual(first?.after);
      return `${first?.table}.${first?.column}`;
    });
    expect(
      places.filter((place) => mutation.column.test(place)),
      places.join(" "),
    ).not.toEqual([]);
  });
});

describe("check of an economy catches", () => {
  test.each(OF_CHAIN.map((mutation) => [mutation.name, mutation] as const))("%s", async (_, mutation) => {
    const path = join(command.folder, "dist/sim/chain", mutation.file);
    const source = readFileSync(path, "utf8");
    const parts = source.split(mutation.find);
    expect(parts, mutation.find).toHaveLength(2);
    writeFileSync(path, parts.join(mutation.replace));
    try {
      const { code, failed } = await check([join(REGRESSION, `${mutation.scenario}.yaml`)]);
      expect(code).toBe(1);
      const first = failed[0]?.comparison.first;
      expect(first?.block).toMatch(/^\d+$/);
      expect(first?.before).not.toEqual(first?.after);
      expect(`${first?.table}.${first?.column ?? ""}`).toMatch(mutation.column);
    } finally {
      writeFileSync(path, source);
    }
  });
});
