/** docs/traces.md: up to date, and its examples do what they say in the tools that they are for. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runScenario } from "../../sim/run/index.ts";
import { loadScenario } from "../../sim/scenario/index.ts";
import { tracesDocument } from "../../sim/trace/document.ts";
import {
  ECONOMY_TABLES,
  EXPERIMENT_TABLES,
  exportTables,
  openTrace,
  type Trace,
  TRACE_TABLES,
  TraceWriter,
} from "../../sim/trace/index.ts";

const ROOT = join(import.meta.dirname, "../..");
const page = readFileSync(join(ROOT, "docs/traces.md"), "utf8");

test("docs/traces.md is up to date; else: npm run build && node scripts/write-docs.mjs", () => {
  expect(page).toBe(tracesDocument());
});

test("every column of every table is explained", () => {
  for (const { name, columns } of [...TRACE_TABLES, ...ECONOMY_TABLES, ...EXPERIMENT_TABLES]) {
    expect(page).toContain(`### ${name}\n`);
    for (const column of columns) expect(page).toContain(`| \`${column.name}\` `);
  }
});

/** The code blocks of the page in one language. */
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, "gs"))].map(([, code]) => code!);

const PACKAGES = ["pyarrow", "pandas", "polars", "duckdb"];

/** Why the Python tests cannot run here; null where they can. */
function missing(): string | null {
  try {
    execFileSync("python3", ["-c", `import ${PACKAGES.join(", ")}`], { stdio: ["ignore", "ignore", "pipe"] });
    return null;
  } catch (error) {
    const { stderr, message } = error as { stderr?: Buffer; message: string };
    return stderr?.toString().trim().split("\n").at(-1) ?? message;
  }
}

const reason = missing();
if (reason !== null) {
  const text = `the examples of docs/traces.md are NOT tested here, they need Python with ${PACKAGES.join(", ")}: ${reason}`;
  if (process.env["YUMASIM_REQUIRED_PYTHON"] === "1") throw new Error(text);
  process.stderr.write(`\n${text}\n\n`);
}

describe.skipIf(reason !== null)("other tools", () => {
  let folder: string;
  let trace: Trace;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "yumasim-traces-"));
    const outDir = join(folder, "runs/subnet-15");
    await runScenario(loadScenario(join(ROOT, "scenarios/economy/subnet-15.yaml")), { outDir });
    await exportTables(outDir, { format: "parquet", outDir });
    trace = await openTrace(outDir);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const python = (code: string): string[] =>
    execFileSync("python3", ["-"], { cwd: folder, input: code, encoding: "utf8" }).trim().split("\n");

  /** Exact sums of a column of `neurons` by comparison, or by comparison and hotkey. */
  async function sums(column: string, byHotkey: boolean): Promise<Map<string, bigint>> {
    const found = new Map<string, bigint>();
    for await (const batch of trace.batches("neurons")) {
      const [comparisons, hotkeys] = [batch.labels("comparison"), batch.labels("hotkey")];
      const values = batch.column(column) as BigUint64Array;
      for (let row = 0; row < batch.rows; row++) {
        const comparison = comparisons[Number(batch.column("comparison")[row])]!;
        const hotkey = hotkeys[Number(batch.column("hotkey")[row])]!;
        const key = byHotkey ? `${comparison} ${hotkey}` : comparison;
        found.set(key, (found.get(key) ?? 0n) + values[row]!);
      }
    }
    return found;
  }

  test("the example of pandas finds the validators that earned most", async () => {
    const earned = [...(await sums("validator_emission", true))].sort(([, a], [, b]) => Number(b - a));
    const expected = earned.slice(0, 4).map(([key, rao]) => `${key} ${rao}`);
    expect(python(blocks("python")[0]!)).toEqual(["rao", ...expected]);
  });

  test("the example of polars has exact sums", async () => {
    const expected = [...(await sums("emission", false))].map(([key, rao]) => `${key} ${rao}`);
    expect(python(blocks("python")[1]!)).toEqual(expected);
  });

  test("the example of DuckDB over Arrow has exact sums", async () => {
    const emitted = new Map<string, bigint>();
    for await (const batch of trace.batches("subnets")) {
      const labels = batch.labels("comparison");
      (batch.column("emission") as BigUint64Array).forEach((rao, row) => {
        const key = labels[Number(batch.column("comparison")[row])]!;
        emitted.set(key, (emitted.get(key) ?? 0n) + rao);
      });
    }
    expect(python(blocks("python")[2]!)).toEqual([...emitted].map(([key, rao]) => `${key} 99 ${rao}`));
  });

  test("the example in SQL over Parquet finds what a loop finds", async () => {
    const neurons = await trace.read("neurons");
    const { rows } = neurons;
    const column = (name: string) => neurons.column(name);
    const labels = (name: string) => neurons.labels(name);
    const [first, second] = ["yuma3 off", "yuma3 on"].map((name) => labels("comparison").indexOf(name));
    const emission = column("validator_emission") as BigUint64Array;
    const pairs = new Map<string, { hotkey: string; off: bigint; on: bigint }>();
    for (let row = 0; row < rows; row++) {
      const key = `${column("epoch")[row]} ${column("uid")[row]}`;
      const pair = pairs.get(key) ?? { hotkey: "", off: 0n, on: 0n };
      pairs.set(key, pair);
      pair.hotkey = labels("hotkey")[Number(column("hotkey")[row])]!;
      if (column("comparison")[row] === first) pair.off = emission[row]!;
      if (column("comparison")[row] === second) pair.on = emission[row]!;
    }
    const gains = new Map<string, { epochs: number; rao: bigint }>();
    for (const { hotkey, off, on } of pairs.values()) {
      if (off <= on) continue;
      const gain = gains.get(hotkey) ?? { epochs: 0, rao: 0n };
      gains.set(hotkey, { epochs: gain.epochs + 1, rao: gain.rao + off - on });
    }
    const expected = [...gains]
      .sort(([a, x], [b, y]) => (x.rao === y.rao ? (a < b ? -1 : 1) : x.rao > y.rao ? -1 : 1))
      .slice(0, 3)
      .map(([hotkey, { epochs, rao }]) => `${hotkey} ${epochs} ${rao}`);
    expect(expected).toHaveLength(3);
    const [query] = blocks("sql");
    expect(
      python(`import duckdb\nfor row in duckdb.sql(${JSON.stringify(query)}).fetchall(): print(*row)`),
    ).toEqual(expected);
  });

  test("pyarrow, pandas and polars open every table unchanged, with types and units", async () => {
    const found = JSON.parse(
      python(`
import json, pandas, polars, pyarrow, pyarrow.ipc, pyarrow.parquet, pathlib
tables = {}
for path in sorted(pathlib.Path("runs/subnet-15").glob("*.arrow")):
    arrow = pyarrow.ipc.open_file(path).read_all()
    arrow.validate(full=True)
    parquet = pyarrow.parquet.read_table(path.with_suffix(".parquet"))
    assert parquet.schema.equals(arrow.schema, check_metadata=False), path
    assert parquet.combine_chunks().equals(arrow.combine_chunks()), path
    assert all(parquet.field(f.name).metadata[b"unit"] == f.metadata[b"unit"] for f in arrow.schema), path
    assert pandas.read_feather(path).equals(arrow.to_pandas()), path
    assert polars.read_ipc(path).height == polars.read_parquet(path.with_suffix(".parquet")).height == arrow.num_rows, path
    assert not any(f.nullable for f in arrow.schema), path
    tables[path.stem] = {"rows": arrow.num_rows, "columns": {f.name: [str(f.type), f.metadata[b"unit"].decode()] for f in arrow.schema}}
print(json.dumps(tables))
`)[0]!,
    ) as Record<string, { rows: number; columns: Record<string, [string, string]> }>;
    const types = { label: "dictionary<values=string, indices=int32, ordered=0>", float64: "double" };
    for (const { name, columns } of TRACE_TABLES) {
      expect(found[name]!.rows).toBe(trace.manifest!.tables[name]!.rows);
      expect(found[name]!.columns).toEqual(
        Object.fromEntries(
          columns.map(({ name, type, unit }) => [name, [types[type as keyof typeof types] ?? type, unit]]),
        ),
      );
    }
  });

  test("a stream that is being written opens in pyarrow and polars", async () => {
    const writer = await TraceWriter.create(folder, {
      tables: [TRACE_TABLES[3]!],
      metadata: new Map(),
      labels: { comparison: ["base"] },
    });
    writer.append("weights", 20_000, {
      comparison: new Int32Array(20_000),
      epoch: 1,
      block: 360n,
      netuid: 1,
      validator_uid: 2,
      miner_uid: 3,
      weight: 65_535,
      weight_ratio: 1,
    });
    await writer.endEpoch();
    const code = `
import polars, pyarrow.ipc
with pyarrow.ipc.open_stream("weights.arrows") as stream:
    print(sum(batch.num_rows for batch in stream), polars.read_ipc_stream("weights.arrows").height)
`;
    expect(python(code)).toEqual(["20000 20000"]);
    await writer.abandon();
  });
});
