import { mkdtemp, readFile, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openTrace, type TableSchema, TRACE_TABLES, TraceWriter } from "../../../sim/trace/index.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "yumasim-trace-"));
});
afterEach(() => rm(directory, { recursive: true }));

const LABELS = { comparison: ["base", "other"], hotkey: ["a", "b", "c"] };
const METADATA = new Map([["seed", "1"]]);

/** Values of a table that tell its rows apart: `first`, `first + 1`, ... in the type of each column. */
function numbered(table: TableSchema, rows: number, first: number) {
  const values: Record<string, Uint16Array | number | bigint> = {};
  for (const column of table.columns) {
    const at = (i: number) => first + i;
    const made = {
      bool: () => Uint8Array.from({ length: rows }, (_, i) => at(i) & 1),
      label: () => Int32Array.from({ length: rows }, (_, i) => at(i) % 2),
      uint16: () => Uint16Array.from({ length: rows }, (_, i) => at(i) % 65536),
      uint32: () => Uint32Array.from({ length: rows }, (_, i) => at(i)),
      uint64: () => BigUint64Array.from({ length: rows }, (_, i) => 18446744073709551615n - BigInt(at(i))),
      int64: () => BigInt64Array.from({ length: rows }, (_, i) => -9223372036854775808n + BigInt(at(i))),
      float64: () => Float64Array.from({ length: rows }, (_, i) => at(i) / 65535),
    }[column.type]();
    values[column.name] = made as Uint16Array;
  }
  return values;
}

async function writer() {
  return TraceWriter.create(directory, { tables: TRACE_TABLES, metadata: METADATA, labels: LABELS });
}

test("every value of every column comes back from a finished trace", async () => {
  const trace = await writer();
  let first = 0;
  for (const rows of [5, 20_000, 3]) {
    for (const table of TRACE_TABLES) trace.append(table.name, rows, numbered(table, rows, first));
    await trace.endEpoch();
    first += rows;
  }
  const digests = await trace.finish();
  expect((await readdir(directory)).sort((a, b) => (a < b ? -1 : 1))).toEqual([
    "bonds.arrow",
    "neurons.arrow",
    "subnets.arrow",
    "weights.arrow",
  ]);
  const opened = await openTrace(directory);
  for (const table of TRACE_TABLES) {
    expect(digests[table.name]).toMatchObject({ rows: 20_008, batches: 2 });
    const read = await opened.read(table.name);
    expect(read.rows).toBe(20_008);
    const expected = numbered(table, 20_008, 0);
    for (const column of table.columns)
      expect(read.column(column.name), `${table.name}.${column.name}`).toEqual(expected[column.name]);
    expect(read.labels("comparison")).toEqual(LABELS.comparison);
  }
});

test("units, descriptions and the run's metadata are in the Arrow schema", async () => {
  const trace = await writer();
  for (const table of TRACE_TABLES) trace.append(table.name, 1, numbered(table, 1, 0));
  await trace.finish();
  for (const table of TRACE_TABLES) {
    const { schema } = tableFromIPC(await readFile(join(directory, `${table.name}.arrow`)));
    expect(schema.metadata.get("seed")).toBe("1");
    expect(schema.metadata.get("description")).toBe(table.description);
    for (const column of table.columns) {
      const field = schema.fields.find((candidate) => candidate.name === column.name);
      expect(field?.metadata.get("unit"), column.name).toBe(column.unit);
      expect(field?.metadata.get("description"), column.name).toBe(column.description);
    }
  }
});

test("the same rows give the same bytes", async () => {
  const digests = [];
  for (let run = 0; run < 2; run++) {
    const trace = await writer();
    for (let epoch = 0; epoch < 4; epoch++) {
      for (const table of TRACE_TABLES)
        trace.append(table.name, 6_000, numbered(table, 6_000, epoch * 6_000));
      await trace.endEpoch();
    }
    digests.push(await trace.finish());
  }
  expect(digests[0]).toEqual(digests[1]);
});

test("an empty table can be read", async () => {
  const trace = await writer();
  await trace.finish();
  const opened = await openTrace(directory);
  for (const table of TRACE_TABLES) expect((await opened.read(table.name)).rows).toBe(0);
});

test("a stream cut off anywhere yields its whole batches", async () => {
  const trace = await writer();
  const table = TRACE_TABLES[1]!;
  const path = join(directory, "neurons.arrows");
  const ends: number[] = [];
  for (let batch = 0; batch < 3; batch++) {
    trace.append("neurons", 17_000, numbered(table, 17_000, batch * 17_000));
    await trace.endEpoch();
    ends.push((await readFile(path)).length);
  }
  await trace.abandon();
  const whole = await readFile(path);
  const opened = await openTrace(directory);
  for (const [batch, end] of ends.entries())
    for (const cut of [end, end + 1, end + 9, end + 300, end + 100_000]) {
      await writeFile(path, whole);
      await truncate(path, Math.min(cut, whole.length));
      const expected = cut >= whole.length ? 3 : batch + 1;
      expect((await opened.read("neurons", ["uid"])).rows, `cut at ${cut}`).toBe(expected * 17_000);
    }
});

test("values of the wrong type, number or column are refused", async () => {
  const trace = await writer();
  const good = numbered(TRACE_TABLES[2]!, 4, 0);
  expect(() => trace.append("bonds", 4, { ...good, bond: new Float64Array(4) })).toThrow(/bond/);
  expect(() => trace.append("bonds", 4, { ...good, bond: new Uint16Array(3) })).toThrow(/bond/);
  expect(() => trace.append("bonds", 4, { ...good, bonds: 1 })).toThrow(/no column bonds/);
  expect(() => trace.append("bond", 4, good)).toThrow(/no table bond/);
  await trace.abandon();
});

test("a directory that is no run says so", async () => {
  await expect(openTrace(directory)).rejects.toThrow(/not a run directory/);
  await expect(openTrace(join(directory, "none"))).rejects.toThrow(/no such run directory/);
  await writeFile(join(directory, "run.json"), "{");
  await expect(openTrace(directory)).rejects.toThrow(/run\.json: cannot be read/);
  await writeFile(join(directory, "run.json"), "{}");
  await expect(openTrace(directory)).rejects.toThrow(/found format undefined; allowed: "yumasim-run\/1"/);
});
