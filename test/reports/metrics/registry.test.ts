import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { metricsDocument } from "../../../reports/metrics/catalogue.ts";
import { METRICS } from "../../../reports/metrics/registry.ts";
import { DEFINITIONS } from "../../../reports/templates/definitions.ts";
import { ECONOMY_TABLES, TRACE_TABLES } from "../../../sim/trace/index.ts";

const FOLDER = fileURLToPath(new URL("../../../reports/metrics/", import.meta.url));

/** Ids from first to last. */
const range = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, k) => `M${first + k}`);

test("the catalogue has every measure, in the order of the ids", () => {
  const sections = [range(1, 12), range(20, 33), range(40, 46), range(50, 59), range(60, 69), range(70, 75)];
  expect(METRICS.map(({ id }) => id)).toEqual(sections.flat());
});

test("every function that a definition names is exported where it says", async () => {
  for (const { id, functions } of METRICS) {
    const files = Object.entries(functions);
    expect(files, id).not.toEqual([]);
    for (const [file, names] of files) {
      const module = (await import(/* @vite-ignore */ join(FOLDER, file))) as Record<string, unknown>;
      for (const name of names) expect(typeof module[name], `${id}: ${name} of ${file}`).toBe("function");
    }
  }
});

test("every definition beside a function is in the catalogue", () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".ts") && name !== "registry.ts");
  const written = files.flatMap((name) =>
    [...readFileSync(join(FOLDER, name), "utf8").matchAll(/^ {2}id: "(M\d+)",$/gm)].map(([, id]) => id),
  );
  expect(written).toHaveLength(METRICS.length);
  expect(new Set(written)).toEqual(new Set(METRICS.map(({ id }) => id)));
});

test("every column that a definition names is one of a trace", () => {
  const columns = new Set(
    [...TRACE_TABLES, ...ECONOMY_TABLES].flatMap(({ name, columns }) =>
      columns.map((column) => `${name}.${column.name}`),
    ),
  );
  for (const { id, inputs } of METRICS)
    for (const [, column] of inputs.matchAll(/`(\w+\.\w+)`/g))
      expect(columns.has(column!), `${id}: ${column}`).toBe(true);
});

test("reports define measures in the words of the catalogue", () => {
  expect(DEFINITIONS).toEqual(METRICS.map(({ id, name, text }) => ({ id, name, text })));
  for (const { id, text } of METRICS) expect(text, id).toMatch(/^\S.*\.$/);
});

test("docs/metrics.md is up to date; else: npm run build && node scripts/write-docs.mjs", () => {
  const page = readFileSync(join(FOLDER, "../../docs/metrics.md"), "utf8");
  expect(page).toBe(metricsDocument());
});
