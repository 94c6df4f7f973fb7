import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../../sim/json.ts";
import { runScenario } from "../../../sim/run/index.ts";
import { type ColumnArray, openTrace } from "../../../sim/trace/index.ts";
import { planOfLines, scenarioOf } from "./plan.ts";

let directory: string;
let out: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "yumasim-run-"));
  out = join(directory, "runs", "test");
});
afterEach(() => rm(directory, { recursive: true }));

type GoldenLine = JsonObject & { name: string; block: number; tempo: number; n: number };

const CHAIN = gunzipSync(readFileSync(join(import.meta.dirname, "../../golden/epoch-chain.jsonl.gz")))
  .toString()
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as GoldenLine);

const listOf = (column: ColumnArray): (number | bigint)[] => Array.from(column as Iterable<number | bigint>);

/** The sequences up to the first epoch that a plan cannot state: a registration, or a block off the beat. */
function regularSequences(): GoldenLine[][] {
  const sequences = new Map<string, GoldenLine[]>();
  for (const line of CHAIN) {
    const key = line.name.slice(0, line.name.lastIndexOf("/"));
    sequences.set(key, [...(sequences.get(key) ?? []), line]);
  }
  const regular = [...sequences.values()].map((lines) => {
    const first = lines[0]!;
    const end = lines.findIndex(
      (line, epoch) =>
        line.block !== first.block + epoch * first.tempo ||
        ["block_at_registration", "commit_blocks"].some(
          (member) => JSON.stringify(line[member]) !== JSON.stringify(first[member]),
        ) ||
        line.commit_reveal === true,
    );
    return end < 0 ? lines : lines.slice(0, end);
  });
  return regular.filter((lines) => lines.length >= 2);
}

const out16 = (line: GoldenLine, member: string) => (line.out as Record<string, number[]>)[member]!;
const out64 = (line: GoldenLine, member: string) =>
  (line.out as Record<string, string[]>)[member]!.map(BigInt);

test("a run carries bonds, permits and the last block from epoch to epoch as the chain does", async () => {
  const sequences = regularSequences();
  expect(sequences.length).toBe(8);
  for (const [index, lines] of sequences.entries()) {
    const directory = join(out, String(index));
    await runScenario(scenarioOf([planOfLines(lines, "base")], lines.length), { outDir: directory });
    const trace = await openTrace(directory);
    const neurons = await trace.read("neurons");
    const bonds = await trace.read("bonds");
    const n = lines[0]!.n;
    expect(neurons.rows).toBe(n * lines.length);
    let bond = 0;
    for (const [epoch, line] of lines.entries()) {
      const rows = <T>(name: string) =>
        Array.from(neurons.column(name).subarray(epoch * n, (epoch + 1) * n) as Iterable<T>);
      for (const [column, member] of [
        ["stake_weight", "stake_weight"],
        ["consensus", "consensus"],
        ["incentive", "incentive"],
        ["dividends", "dividends"],
        ["validator_trust", "validator_trust"],
      ] as const) {
        expect(rows(column), `${line.name} ${column}`).toEqual(out16(line, member));
        expect(rows(`${column}_ratio`)).toEqual(out16(line, member).map((value) => value / 65535));
      }
      for (const member of ["consensus_raw", "incentive_raw", "dividends_raw", "validator_trust_raw"])
        expect(rows(member), `${line.name} ${member}`).toEqual(out64(line, member));
      for (const member of ["server_emission", "validator_emission", "emission"])
        expect(rows(member), `${line.name} ${member}`).toEqual(out64(line, member));
      expect(rows("active").map(Boolean)).toEqual(out16(line, "active"));
      expect(rows("validator_permit").map(Boolean)).toEqual(out16(line, "new_validator_permit"));
      expect(rows("alpha_stake")).toEqual((line.alpha_stake as string[]).map(BigInt));
      expect(rows("block")).toEqual(Array.from({ length: n }, () => BigInt(line.block)));
      const stored = (line.out as { bonds: [number, number][][] }).bonds.flatMap((row, validator) =>
        row.filter(([, value]) => value > 0).map(([miner, value]) => [validator, miner, value]),
      );
      for (const entry of stored) {
        expect(
          [bonds.column("validator_uid")[bond], bonds.column("miner_uid")[bond], bonds.column("bond")[bond]],
          `${line.name} bonds`,
        ).toEqual(entry);
        bond++;
      }
    }
    expect(bonds.rows).toBe(bond);
  }
});

const LINES = regularSequences().sort((a, b) => b.length - a.length)[0]!;
const EPOCHS = LINES.length;
const scenario = () => scenarioOf([planOfLines(LINES, "base"), planOfLines(LINES, "again")], EPOCHS);

async function bytesOf(path: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const name of (await readdir(path)).sort((a, b) => (a < b ? -1 : 1)))
    if (name !== "environment.json") files[name] = (await readFile(join(path, name))).toString("base64");
  return files;
}

test("the same scenario gives the same bytes, environment.json aside", async () => {
  const other = join(directory, "other");
  await runScenario(scenario(), { outDir: out });
  await runScenario(scenario(), { outDir: other });
  const bytes = await bytesOf(out);
  expect(Object.keys(bytes)).toEqual([
    "bonds.arrow",
    "neurons.arrow",
    "run.json",
    "subnets.arrow",
    "weights.arrow",
  ]);
  expect(await bytesOf(other)).toEqual(bytes);
});

test("run.json describes the run and its tables; comparisons run side by side", async () => {
  const { manifest, completed } = await runScenario(scenario(), { outDir: out });
  expect(completed).toBe(true);
  expect(JSON.parse(await readFile(join(out, "run.json"), "utf8"))).toEqual(manifest);
  expect(manifest).toMatchObject({
    format: "yumasim-run/1",
    comparisons: ["base", "again"],
    epochs: EPOCHS,
    completedEpochs: EPOCHS,
    arithmetic: "exact",
  });
  expect(manifest.scenarioHash).toMatch(/^[0-9a-f]{64}$/);
  expect(manifest.tables.subnets?.rows).toBe(2 * EPOCHS);
  const subnets = await (await openTrace(out)).read("subnets");
  expect(subnets.labels("comparison")).toEqual(["base", "again"]);
  expect(listOf(subnets.column("comparison")).slice(0, 4)).toEqual([0, 1, 0, 1]);
  const emissions = subnets.column("emission");
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const sum = out64(LINES[epoch]!, "emission").reduce((a, b) => a + b, 0n);
    expect([emissions[2 * epoch], emissions[2 * epoch + 1]]).toEqual([sum, sum]);
  }
});

test("weights are written at the epochs before which a row was set", async () => {
  const plan = planOfLines(LINES, "base");
  const once = { ...plan, changesBefore: (epoch: number) => (epoch === 1 ? plan.changesBefore(1) : {}) };
  await runScenario(scenarioOf([once], EPOCHS), { outDir: out });
  const weights = await (await openTrace(out)).read("weights");
  const stored = (line: GoldenLine) => (line.weights as JsonValue[][]).flat();
  expect([...new Set(listOf(weights.column("epoch")))]).toEqual([0, 1]);
  expect(weights.rows).toBe(stored(LINES[0]!).length + stored(LINES[1]!).length);
  const sums = new Map<string, number>();
  for (let row = 0; row < weights.rows; row++) {
    const key = `${weights.column("epoch")[row]}/${weights.column("validator_uid")[row]}`;
    sums.set(key, (sums.get(key) ?? 0) + Number(weights.column("weight_ratio")[row]));
  }
  for (const sum of sums.values()) expect(sum === 0 || Math.abs(sum - 1) < 1e-12).toBe(true);
});

test("a run that is stopped keeps the epochs that it has, in tables that open", async () => {
  const controller = new AbortController();
  const { completed, manifest } = await runScenario(scenario(), {
    outDir: out,
    signal: controller.signal,
    onProgress: ({ completedEpochs }) => {
      if (completedEpochs === 2) controller.abort();
    },
  });
  expect(completed).toBe(false);
  expect(manifest).toMatchObject({ epochs: EPOCHS, completedEpochs: 2 });
  const subnets = await (await openTrace(out)).read("subnets", ["epoch"]);
  expect(listOf(subnets.column("epoch"))).toEqual([0, 0, 1, 1]);
});

test("an earlier result is never lost silently", async () => {
  const first = await runScenario(scenario(), { outDir: out });
  await writeFile(join(out, "notes.txt"), "mine");
  // The same run: it comes out the same, so it may be written again.
  expect((await runScenario(scenario(), { outDir: out })).manifest).toEqual(first.manifest);
  const other = { ...scenario(), seed: "2" };
  const before = await bytesOf(out);
  await expect(runScenario(other, { outDir: out })).rejects.toThrow(
    /a run with another seed; choose another --out.*--force/,
  );
  expect(await bytesOf(out)).toEqual(before);
  expect((await runScenario(other, { outDir: out, force: true })).manifest.seed).toBe("2");
  expect(await readFile(join(out, "notes.txt"), "utf8")).toBe("mine");
});

test("a directory with other things in it, or a file, is not written to", async () => {
  await writeFile(join(directory, "file"), "mine");
  await expect(runScenario(scenario(), { outDir: directory, force: true })).rejects.toThrow(/holds no run/);
  await expect(runScenario(scenario(), { outDir: join(directory, "file") })).rejects.toThrow(
    /not a directory/,
  );
  expect(await readdir(directory)).toEqual(["file"]);
  // Files of somebody else that are called like ours.
  await writeFile(join(directory, "weights.arrow"), "mine");
  await writeFile(join(directory, "run.json"), "{}");
  await expect(runScenario(scenario(), { outDir: directory, force: true })).rejects.toThrow(/holds no run/);
  expect(await readFile(join(directory, "weights.arrow"), "utf8")).toBe("mine");
});
