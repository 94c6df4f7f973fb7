import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DataType,
  Field,
  FixedSizeBinary,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  Table,
  tableFromIPC,
  tableToIPC,
} from "apache-arrow";
import { readParquet } from "parquet-wasm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { exportTables, type TableSchema, TraceWriter } from "../../../sim/trace/index.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "yumasim-export-"));
});
afterEach(() => rm(directory, { recursive: true }));

const column = (name: string, type: TableSchema["columns"][number]["type"], unit = "none") => ({
  name,
  type,
  unit,
  description: `what ${name} is`,
  source: "",
});

const TABLE: TableSchema = {
  name: "things",
  description: "one row per thing",
  columns: [
    column("who", "label"),
    column("flag", "bool"),
    column("small", "uint16"),
    column("amount", "uint64", "rao"),
    column("raw", "int64"),
    column("part", "float64", "ratio"),
  ],
};

/** Names as a scenario could have them. */
const NAMES = ['a "quoted", name', "=1+1", "two\nlines", "plain"];
const AMOUNTS = [0n, 1n, 2n ** 53n + 1n, 2n ** 64n - 1n];
const RAW = [-(2n ** 63n), -1n, 0n, 2n ** 63n - 1n];
const PARTS = [0.1, 1 / 3, 5e-324, 123456789.125];

async function open() {
  return TraceWriter.create(directory, {
    tables: [TABLE],
    metadata: new Map([["seed", "7"]]),
    labels: { who: NAMES },
  });
}

const fourRows = {
  who: Int32Array.from([0, 1, 2, 3]),
  flag: Uint8Array.from([1, 0, 0, 1]),
  small: Uint16Array.from([0, 1, 2, 65535]),
  amount: BigUint64Array.from(AMOUNTS),
  raw: BigInt64Array.from(RAW),
  part: Float64Array.from(PARTS),
};

/** A finished table of `batches` batches with at least 16,384 rows each. */
async function finished(batches: number): Promise<number> {
  const trace = await open();
  for (let batch = 0; batch < batches; batch++) {
    for (let k = 0; k < 4096; k++) trace.append("things", 4, fourRows);
    await trace.endEpoch();
  }
  await trace.finish();
  return batches * 16_384;
}

test("CSV has every digit, and reads back to the same bits", async () => {
  const trace = await open();
  trace.append("things", 4, fourRows);
  await trace.finish();
  const [file] = await exportTables(directory, { format: "csv", outDir: join(directory, "out") });
  expect(file).toEqual({ table: "things", path: join(directory, "out", "things.csv"), rows: 4 });
  expect(await readFile(file!.path, "utf8")).toBe(
    [
      "who,flag,small,amount,raw,part",
      '"a ""quoted"", name",true,0,0,-9223372036854775808,0.1',
      "'=1+1,false,1,1,-1,0.3333333333333333",
      '"two\nlines",false,2,9007199254740993,0,5e-324',
      "plain,true,65535,18446744073709551615,9223372036854775807,123456789.125",
      "",
    ].join("\n"),
  );
});

test("Parquet keeps types, dictionaries, units and every value", async () => {
  const rows = await finished(3);
  const [file] = await exportTables(directory, { format: "parquet", outDir: directory });
  expect(file!.rows).toBe(rows);
  const back = tableFromIPC(readParquet(await readFile(file!.path)).intoIPCStream());
  const before = tableFromIPC(await readFile(join(directory, "things.arrow")));
  expect(back.numRows).toBe(rows);
  expect([...back.schema.metadata]).toEqual(
    expect.arrayContaining([
      ["seed", "7"],
      ["description", "one row per thing"],
    ]),
  );
  for (const field of before.schema.fields) {
    const found = back.schema.fields.find(({ name }) => name === field.name)!;
    expect(String(found.type), field.name).toBe(String(field.type));
    expect(found.nullable).toBe(false);
    expect(new Map(found.metadata)).toEqual(new Map(field.metadata));
    const [a, b] = [before.getChild(field.name)!, back.getChild(field.name)!];
    // All rows, but quickly: the four of the pattern repeat.
    for (const row of [0, 1, 2, 3, rows / 2, rows - 2, rows - 1]) expect(b.get(row)).toEqual(a.get(row));
    if (!DataType.isDictionary(field.type) && !DataType.isBool(field.type))
      expect(Buffer.from(b.toArray().buffer).equals(Buffer.from(a.toArray().buffer))).toBe(true);
  }
});

test("the same table gives the same bytes", async () => {
  await finished(2);
  const bytes = async (format: "parquet" | "csv", folder: string) => {
    const [file] = await exportTables(directory, { format, outDir: join(directory, folder) });
    return readFile(file!.path);
  };
  for (const format of ["parquet", "csv"] as const)
    expect((await bytes(format, "one")).equals(await bytes(format, "two")), format).toBe(true);
});

test("an unfinished run gives what it has; a stream that was cut off, its whole batches", async () => {
  const trace = await open();
  for (let batch = 0; batch < 2; batch++) {
    for (let k = 0; k < 4096; k++) trace.append("things", 4, fourRows);
    await trace.endEpoch();
  }
  await trace.abandon();
  const path = join(directory, "things.arrows");
  const size = (await readFile(path)).byteLength;
  const count = async (format: "parquet" | "csv") =>
    (await exportTables(directory, { format, outDir: join(directory, "out") }))[0]!.rows;
  expect(await count("csv")).toBe(32_768);
  await truncate(path, size - 100);
  expect(await count("parquet")).toBe(16_384);
  expect(await count("csv")).toBe(16_384);
  await truncate(path, 1500);
  expect(await count("csv")).toBe(0);
  expect(await count("parquet")).toBe(0);
  await truncate(path, 10);
  await expect(count("csv")).rejects.toThrow("not an Arrow table");
});

test("a table without rows has its columns", async () => {
  const trace = await open();
  await trace.finish();
  const files = [
    ...(await exportTables(directory, { format: "csv", outDir: directory })),
    ...(await exportTables(directory, { format: "parquet", outDir: directory })),
  ];
  expect(files.map(({ rows }) => rows)).toEqual([0, 0]);
  expect(await readFile(files[0]!.path, "utf8")).toBe("who,flag,small,amount,raw,part\n");
  const back = tableFromIPC(readParquet(await readFile(files[1]!.path)).intoIPCStream());
  expect(back.schema.fields.map(({ name }) => name)).toEqual(TABLE.columns.map(({ name }) => name));
});

test("bytes of fixed size come through", async () => {
  const type = new FixedSizeBinary(16);
  const schema = new Schema([new Field("digest", type, false)]);
  const bytes = Uint8Array.from({ length: 32 }, (_, i) => i);
  const data = makeData({ type, length: 2, nullCount: 0, data: bytes });
  const struct = makeData({ type: new Struct(schema.fields), length: 2, nullCount: 0, children: [data] });
  await writeFile(
    join(directory, "keys.arrow"),
    tableToIPC(new Table([new RecordBatch(schema, struct)]), "file"),
  );
  await exportTables(directory, { format: "csv", outDir: directory });
  await exportTables(directory, { format: "parquet", outDir: directory });
  const hex = Buffer.from(bytes).toString("hex");
  expect(await readFile(join(directory, "keys.csv"), "utf8")).toBe(
    `digest\n${hex.slice(0, 32)}\n${hex.slice(32)}\n`,
  );
  const back = tableFromIPC(readParquet(await readFile(join(directory, "keys.parquet"))).intoIPCStream());
  expect(String(back.schema.fields[0]!.type)).toBe("FixedSizeBinary[16]");
  expect(Array.from(back.getChild("digest")!.get(1) as Uint8Array)).toEqual(Array.from(bytes.slice(16)));
});

test("tables are chosen by name, and an unknown one is a clear mistake", async () => {
  await finished(1);
  await expect(
    exportTables(directory, { format: "csv", outDir: directory, tables: ["thing"] }),
  ).rejects.toThrow("no table thing; did you mean things?; tables: things");
  await mkdir(join(directory, "empty"));
  await expect(exportTables(join(directory, "empty"), { format: "csv", outDir: directory })).rejects.toThrow(
    "no tables in it",
  );
  await expect(exportTables(join(directory, "no"), { format: "csv", outDir: directory })).rejects.toThrow(
    "no such run directory",
  );
});

test("a stop leaves no half of a file", async () => {
  await finished(3);
  for (const format of ["parquet", "csv"] as const) {
    const controller = new AbortController();
    const files = await exportTables(directory, {
      format,
      outDir: join(directory, "out"),
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    expect(files).toEqual([]);
    expect(await readdir(join(directory, "out"))).toEqual([]);
  }
});
