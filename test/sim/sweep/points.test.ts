import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openStream } from "../../../sim/engine/random.ts";
import { ScenarioError } from "../../../sim/scenario/index.ts";
import { assignmentText } from "../../../sim/sweep/assignment.ts";
import { loadSweep } from "../../../sim/sweep/cells.ts";
import { MOST_DIMENSIONS, sobolPoints } from "../../../sim/sweep/sobol.ts";
import { sweepScenario } from "./sweeps.ts";

const folder = mkdtempSync(join(tmpdir(), "yumasim-points-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Values and seeds of all cells. */
function cells(sweep: string, seed?: string): (readonly [string | null, ...string[]])[] {
  const path = join(folder, "s.yaml");
  writeFileSync(path, sweepScenario(sweep));
  return loadSweep(path, seed === undefined ? {} : { seed }).cells.map(
    ({ seed: own, assignments }) => [own, ...assignments.map(assignmentText)] as const,
  );
}

function problem(sweep: string): string {
  try {
    cells(sweep);
  } catch (error) {
    if (error instanceof ScenarioError) return error.message.replaceAll(folder, "");
    throw error;
  }
  throw new Error("nothing is wrong with it");
}

test("grid, zip and replicas multiply, in the order in which they are written", () => {
  expect(
    cells(`  keep: traces
  zip:
    epochs: [3, 4]
    title: [three, four]
  grid:
    subnets[0].emission: [1 alpha, 2 alpha]
  replicas: 2`),
  ).toEqual([
    ["0/0", "1 alpha", "3", "three"],
    ["0/1", "1 alpha", "3", "three"],
    ["0/0", "1 alpha", "4", "four"],
    ["0/1", "1 alpha", "4", "four"],
    ["0/0", "2 alpha", "3", "three"],
    ["0/1", "2 alpha", "3", "three"],
    ["0/0", "2 alpha", "4", "four"],
    ["0/1", "2 alpha", "4", "four"],
  ]);
});

test("without replicas the scenario's seed stays; ranges end where they say", () => {
  const range =
    "  keep: traces\n  grid:\n    subnets[0].hyperparameters.kappa: { from: 0.1, to: 0.7, count: 4 }";
  expect(cells(range)).toEqual([
    [null, "0.1"],
    [null, "0.3"],
    [null, "0.5"],
    [null, "0.7"],
  ]);
  expect(cells(range, "9")[0]).toEqual(["9", "0.1"]);
});

test("draws lie in their interval, depend on the seed and on their own path alone", () => {
  const drawn = (more: string) => `  keep: traces
  random:
    count: 200
    values:
      subnets[0].hyperparameters.tempo: { from: 50, to: 52, integer: true }${more}`;
  const first = cells(drawn("")).map(([, tempo]) => tempo);
  expect(new Set(first)).toEqual(new Set(["50", "51", "52"]));
  const both = cells(
    drawn("\n      subnets[0].emission: { from: 0.001, to: 1000, logarithmic: true, unit: alpha }"),
  );
  expect(both.map(([, tempo]) => tempo)).toEqual(first);
  const amounts = both.map(([, , emission]) => Number(emission?.replace(" alpha", "")));
  expect(amounts.every((amount) => amount >= 0.001 && amount <= 1000)).toBe(true);
  // Even in the logarithm: half of them lie below 1.
  expect(amounts.filter((amount) => amount < 1).length).toBeGreaterThan(70);
  expect(amounts.filter((amount) => amount < 1).length).toBeLessThan(130);
  expect(cells(drawn(""), "other").map(([, tempo]) => tempo)).not.toEqual(first);
});

describe("what is refused", () => {
  test.each([
    [
      "unequal lists of zip",
      "  keep: traces\n  zip:\n    epochs: [1, 2]\n    title: [a]",
      /s\.yaml:23:5: sweep\.zip\.title: has 1 values; epochs has 2/,
    ],
    [
      "a path that is varied twice",
      "  keep: traces\n  zip:\n    epochs: [1]\n  grid:\n    epochs: [2]",
      /sweep\.zip\.epochs: is varied a second time/,
    ],
    ["nothing that varies", "  keep: traces", /sweep: varies nothing/],
    [
      "an unknown metric",
      "  keep: [smal]\n  replicas: 2",
      /"smal", which is no metric; did you mean small\?/,
    ],
    ["the seed as a path", "  keep: traces\n  grid: { seed: [1] }", /seed: no path of the scenario/],
    ["an unknown member", "  keep: traces\n  replica: 2", /unknown key.*did you mean replicas\?/],
  ])("%s", (_, sweep, message) => {
    expect(problem(sweep)).toMatch(message);
  });
});

test("every dimension of the Sobol points is stratified, and pairs of them fill the square", () => {
  const dimensions = Array.from({ length: MOST_DIMENSIONS }, (_, dimension) =>
    sobolPoints(dimension, 256, openStream("1", "test", String(dimension))),
  );
  for (const [dimension, points] of dimensions.entries())
    // Of 256 points one lies in every 256th.
    expect(new Set(Array.from(points, (x) => Math.floor(x * 256))).size, `dimension ${dimension}`).toBe(256);
  const [first, second] = dimensions;
  const squares = new Set(
    Array.from(first!, (x, k) => `${Math.floor(x * 16)} ${Math.floor(second![k]! * 16)}`),
  );
  expect(squares.size).toBe(256);
});
