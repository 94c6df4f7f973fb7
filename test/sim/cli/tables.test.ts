/** `yumasim export` and `yumasim inspect`, through the real command. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BuiltCommand, buildCommand } from "./built-command.ts";

let command: BuiltCommand;
beforeAll(async () => {
  command = await buildCommand();
  await command.run(["init", "mine.yaml"]);
  const { code, stderr } = await command.run(["run", "mine.yaml", "--out", "mine", "--no-report", "--quiet"]);
  expect(stderr).toBe("");
  expect(code).toBe(0);
});
afterAll(() => command.remove());

const path = (name: string): string => join(command.folder, name);

test("export writes every table beside the run, or some of them elsewhere", async () => {
  const all = await command.run(["export", "mine", "--parquet"]);
  expect(all.code).toBe(0);
  for (const table of ["subnets", "neurons", "bonds", "weights"])
    expect(existsSync(path(`mine/${table}.parquet`)), table).toBe(true);
  const some = await command.run([
    "export",
    "mine",
    "--csv",
    "--tables",
    "neurons",
    "--out",
    "out",
    "--json",
  ]);
  expect(JSON.parse(some.stdout)).toMatchObject({ files: [{ table: "neurons", path: "out/neurons.csv" }] });
  expect(readdirSync(path("out"))).toEqual(["neurons.csv"]);
});

test("export refuses what it cannot do", async () => {
  const cases: [string[], string][] = [
    [["export", "mine"], "say how: --parquet or --csv"],
    [["export", "mine", "--csv", "--parquet"], "say how: --parquet or --csv"],
    [["export", "nowhere", "--csv"], "nowhere: no such run directory"],
    [["export", "mine", "--csv", "--tables", "neuron"], "no table neuron; did you mean neurons?"],
  ];
  for (const [args, text] of cases) {
    const { code, stderr } = await command.run(args);
    expect(stderr).toContain(text);
    expect(code).toBe(2);
  }
});

test("inspect shows the run, its tables, units, first rows and statistics", async () => {
  const { code, stdout } = await command.run(["inspect", "mine"]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^mine: /);
  expect(stdout).toMatch(/ {2}rules {7}subtensor-425, exact; yumasim /);
  expect(stdout).toMatch(/neurons: \d+ rows, 27 columns, /);
  expect(stdout).toMatch(/ {2}emission +uint64 +rao +\d+ +\d+ +\d+ +\d+ +\d+\n/);
});

test("one table with meanings, or as JSON with every digit", async () => {
  const text = await command.run(["inspect", "mine", "--table", "subnets", "--rows", "1"]);
  expect(text.stdout).toContain("combined emission of all neurons");
  expect(text.stdout).not.toContain("neurons:");
  const { stdout } = await command.run(["inspect", "mine", "--table", "subnets", "--json"]);
  const { manifest, tables } = JSON.parse(stdout);
  expect(manifest.format).toBe("yumasim-run/1");
  const emission = tables[0].columns.find(({ name }: { name: string }) => name === "emission");
  expect(emission).toMatchObject({ type: "uint64", unit: "rao", statistics: { kind: "numbers" } });
  expect(emission.statistics.least).toMatch(/^\d+$/);
  expect(tables[0].head[0]).toHaveLength(tables[0].columns.length);
});

test("inspect says what is wrong", async () => {
  mkdirSync(path("junk"));
  writeFileSync(path("junk/neurons.arrow"), "no table at all");
  for (const [args, text] of [
    [["inspect", "junk"], "junk/neurons.arrow: not an Arrow table"],
    [["inspect", "mine", "--table", "neuron"], "did you mean neurons?"],
    [["inspect", "mine", "--rows", "-1"], "--rows -1: a number from 0 is needed"],
  ] as const) {
    const { code, stderr } = await command.run(args);
    expect(stderr).toContain(text);
    expect(code).toBe(2);
  }
});
