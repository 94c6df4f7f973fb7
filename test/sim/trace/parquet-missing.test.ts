import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { exportTables, TRACE_TABLES, TraceWriter } from "../../../sim/trace/index.ts";

vi.mock("parquet-wasm", () => {
  throw new Error("Cannot find package 'parquet-wasm'");
});

test("without the optional package Parquet is a clear mistake, and CSV works", async () => {
  const directory = mkdtempSync(join(tmpdir(), "yumasim-export-"));
  try {
    const labels = { comparison: ["base"], hotkey: ["a"] };
    const trace = await TraceWriter.create(directory, { tables: TRACE_TABLES, metadata: new Map(), labels });
    await trace.finish();
    const outDir = join(directory, "out");
    await expect(exportTables(directory, { format: "parquet", outDir })).rejects.toThrow(
      "Parquet needs the optional package parquet-wasm, which is not installed here: npm install parquet-wasm@0.8.0, or take --csv",
    );
    await exportTables(directory, { format: "csv", outDir });
    expect(readdirSync(outDir)).toHaveLength(TRACE_TABLES.length);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
