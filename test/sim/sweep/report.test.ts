/** Real sweeps of every kind: what `yumasim report` and `yumasim inspect` say of their directories. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { RecordBatchReader } from "apache-arrow";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sweepStudy } from "../../../reports/data/sweeps/study.ts";
import { readCellResults, readSweepFile } from "../../../sim/trace/index.ts";
import { type BuiltCommand, buildCommand } from "../cli/built-command.ts";
import { sweepScenario } from "./sweeps.ts";

const KAPPA = "subnets[0].hyperparameters.kappa";
const STAKE = "subnets[0].neurons[1].alpha_stake";

/** Columns of summary.arrow. */
type SummaryRow = Readonly<
  Record<"point" | "mean" | "mean_low" | "mean_high" | "quantile_05" | "quantile_95" | "values", number>
> & { readonly metric: string };

const SWEEPS = {
  one: `  keep: [small, spread]\n  grid:\n    ${KAPPA}: { from: 0.3, to: 0.7, count: 5 }\n  replicas: 6`,
  two: `  keep: [small]\n  grid:\n    ${KAPPA}: { from: 0.3, to: 0.7, count: 4 }\n    ${STAKE}: { from: 100, to: 900, count: 4, unit: alpha }`,
  zip: `  keep: [small]\n  zip:\n    subnets[0].hyperparameters.yuma3: [false, true]\n    ${KAPPA}: [0.4, 0.5]`,
  random: `  keep: [small]\n  random:\n    count: 12\n    values:\n      ${KAPPA}: { from: 0.2, to: 0.8 }\n      subnets[0].hyperparameters.yuma3: { choose: [true, false] }`,
  sobol: `  keep: [small]\n  sobol:\n    count: 16\n    values:\n      ${KAPPA}: { from: 0.2, to: 0.8 }\n      ${STAKE}: { from: 10, to: 10000, logarithmic: true, unit: alpha }`,
  replicas: `  keep: traces\n  replicas: 6`,
  failing: `  keep: [small]\n  grid:\n    ${KAPPA}: [0.4, 0.5, many]`,
} as const;

let command: BuiltCommand;
const inFolder = (name: string): string => join(command.folder, name);
beforeAll(async () => {
  command = await buildCommand();
  for (const [name, text] of Object.entries(SWEEPS)) {
    writeFileSync(inFolder(`${name}.yaml`), sweepScenario(text));
    const { code, stdout } = await command.run(["sweep", `${name}.yaml`, "--out", name]);
    expect(code, name).toBe(name === "failing" ? 1 : 0);
    expect(stdout).toContain(`Report: yumasim report ${name} --open\n`);
  }
  const optimise = `optimise: { metric: small, find: crossing, value: 0.36, over: { "${STAKE}": { from: 100, to: 900, unit: alpha } } }\n`;
  writeFileSync(
    inFolder("search.yaml"),
    sweepScenario("  keep: [small]\n  replicas: 1").replace(/sweep:[\s\S]*/, optimise),
  );
  const { code, stdout } = await command.run(["sweep", "optimise", "search.yaml", "--out", "search"]);
  expect(code).toBe(0);
  expect(stdout).toContain("Report: yumasim report search --open\n");
});
afterAll(() => command.remove());

test.each([...Object.keys(SWEEPS), "search"])("the report of %s in every format", async (name) => {
  const { code, stdout, stderr } = await command.run([
    "report",
    name,
    "--format",
    "html,markdown,svg,png,csv,json",
    "--out",
    `${name}-report`,
  ]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const files = stdout.trim().split("\n");
  expect(files.slice(0, 2)).toEqual([`${name}-report/report.html`, `${name}-report/report.md`]);
  expect(files.filter((file) => file.endsWith(".svg")).length).toBeGreaterThan(0);
  for (const file of files) expect(readFileSync(inFolder(file)).length, file).toBeGreaterThan(20);
});

test("what it says of a point is what summary.arrow says", async () => {
  const file = (await readSweepFile(inFolder("one")))!;
  const study = sweepStudy(file, readCellResults(inFolder("one"), file));
  let rows = 0;
  for (const batch of RecordBatchReader.from(readFileSync(inFolder("one/summary.arrow"))))
    for (const row of batch) {
      const { metric, point, mean, mean_low, mean_high, quantile_05, quantile_95, values } =
        row.toJSON() as unknown as SummaryRow;
      const { factor } = study.unitOf(metric);
      const [outcome] = study.outcomes(metric);
      const summary = outcome!.summaries[point]!;
      expect(summary.n).toBe(values);
      expect(summary.mean! / factor).toBeCloseTo(mean, 12);
      expect(summary.interval!.low / factor).toBeCloseTo(mean_low, 12);
      expect(summary.interval!.high / factor).toBeCloseTo(mean_high, 12);
      expect(summary.band!.low / factor).toBeCloseTo(quantile_05, 12);
      expect(summary.band!.high / factor).toBeCloseTo(quantile_95, 12);
      rows++;
    }
  expect(rows).toBe(10);
});

describe("a sweep that was stopped", () => {
  beforeAll(async () => {
    expect((await command.run(["sweep", "one.yaml", "--out", "part", "--shard", "0/2"])).code).toBe(0);
  });

  test("has a report that counts what is missing", async () => {
    const done = readdirSync(inFolder("part/cells")).length;
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(30);
    expect((await command.run(["report", "part", "--format", "markdown"])).code).toBe(0);
    const text = readFileSync(inFolder("part/report.md"), "utf8");
    expect(text).toContain(`**${done} of 30** cells finished`);
    expect(text).toContain(`${30 - done} have not run yet`);
  });

  test("is inspected without tables", async () => {
    const { code, stdout } = await command.run(["inspect", "part"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^part: A small sweep\n {2}sweep {7}one: 30 cells at 5 points/);
    expect(stdout).toMatch(/not run yet: the same `yumasim sweep` goes on/);
    expect(stdout).toContain(`grid        ${KAPPA}: 5 values, 0.3 to 0.7`);
  });

  test("results that were asked for in another way count as missing", async () => {
    const [first] = readdirSync(inFolder("part/cells"));
    const path = inFolder(`part/cells/${first!}`);
    writeFileSync(path, readFileSync(path, "utf8").replace(/"request":"[0-9a-f]/, '"request":"-'));
    const { stdout } = await command.run(["inspect", "part", "--json"]);
    const { counts } = (JSON.parse(stdout) as { sweep: { counts: { done: number } } }).sweep;
    expect(counts.done).toBe(readdirSync(inFolder("part/cells")).length - 1);
    rmSync(path);
  });
});

test("inspect says why cells failed, and what a search found", async () => {
  const failing = (await command.run(["inspect", "failing"])).stdout;
  expect(failing).toContain("finished    2, 1 FAILED\n");
  expect(failing).toMatch(
    /why failed {2}failing\.yaml:\d+:\d+: subnets\[0\]\.hyperparameters\.kappa: found "many"/,
  );
  const search = (await command.run(["inspect", "search"])).stdout;
  expect(search).toMatch(/search {6}crossing of small with 0\.36, \d+ points\n {2}answer {6}subnets\[0\]/);
});

test("bad input: exit 2, what is wrong and what is allowed, nothing written", async () => {
  const cases: [string[], RegExp][] = [
    [
      ["report", "one", "two", "--out", "no"],
      /one: holds a sweep; a report about a sweep is about one directory/,
    ],
    [
      ["report", "one", "--template", "economy", "--out", "no"],
      /one: holds a sweep; the report economy is about runs/,
    ],
    [["report", "one", "--level", "high", "--out", "no"], /--level high: write a number, or metric=number/],
    [["report", "one", "--level", "smal=1", "--out", "no"], /no such metric; did you mean small\?/],
    [
      ["report", "one", "--subnet", "3", "--out", "no"],
      /one: holds a sweep; --subnet belongs to reports about runs/,
    ],
  ];
  for (const [args, message] of cases) {
    const { code, stdout, stderr } = await command.run(args);
    expect({ code, stdout }, args.join(" ")).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n\s+at /);
  }
  const [trace] = readdirSync(inFolder("replicas/traces"));
  const run = `replicas/traces/${trace!}`;
  const ofRun = await command.run(["report", run, "--template", "sweep", "--out", "no"]);
  expect(ofRun).toMatchObject({ code: 2, stdout: "" });
  expect(ofRun.stderr).toMatch(/holds a run, and no sweep/);
  expect((await command.run(["report", run, "--level", "1", "--out", "no"])).stderr).toMatch(
    /levels belong to the report of a sweep/,
  );
  expect(existsSync(inFolder("no"))).toBe(false);
});
