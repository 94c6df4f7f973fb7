import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import { beforeAll, describe, expect, test } from "vitest";
import type { Chart } from "../../../reports/charts/chart.ts";
import { themeOf } from "../../../reports/charts/theme.ts";
import { compileWithoutData } from "../../../reports/render/compile.ts";
import { chartForExport, panelForScreen } from "../../../reports/render/compose.ts";
import { chartsOf, type Report } from "../../../reports/templates/report.ts";
import { EXAMPLE, exampleReport } from "../example-report.ts";

const SCHEMA = createRequire(import.meta.url).resolve("vega-lite/vega-lite-schema.json");

/** Rows in one panel beyond which a page would hold more than a plot can show. */
const MOST_ROWS = 5000;

const EXAMPLES = {
  "two formulas": EXAMPLE,
  "one run": { ...EXAMPLE, comparisons: ["base"] },
  "one epoch": { ...EXAMPLE, epochs: 1 },
  "one validator": { ...EXAMPLE, validators: 1 },
  "no validator": { ...EXAMPLE, validators: 0 },
  "more of everything": { validators: 30, miners: 120, epochs: 160, comparisons: ["a", "b", "c"] },
};

describe.each(Object.entries(EXAMPLES))("charts of %s", (_name, example) => {
  let charts: Chart[] = [];
  let report: Report;
  beforeAll(async () => {
    report = await exampleReport(example);
    charts = chartsOf(report);
  });

  test("all compile without a warning, in both themes", () => {
    for (const chart of charts) {
      for (const name of ["light", "dark"] as const) {
        for (const panel of chart.panels) {
          const compiled = compileWithoutData(panelForScreen(panel, themeOf(name, "screen")));
          // The page puts the rows in by these names.
          const named = (compiled.data ?? []).map((data) => data.name);
          const used = Object.entries(panel.datasets).filter(([dataset]) => named.includes(dataset));
          expect(used.length, chart.id).toBeGreaterThan(0);
          expect(JSON.stringify(compiled), chart.id).not.toContain('"values":[{');
        }
        expect(() => compileWithoutData(chartForExport(chart, themeOf(name, "export")))).not.toThrow();
      }
    }
  });

  test("titles and texts are there, ids are unique, tables are whole", () => {
    const ids = charts.map((chart) => chart.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const chart of charts) {
      expect(chart.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
      for (const text of [chart.title, chart.description]) {
        expect(text).not.toMatch(/NaN|undefined|Infinity|null|\[object/);
        expect(text.length).toBeGreaterThan(10);
      }
      for (const row of chart.table.rows) expect(row).toHaveLength(chart.table.columns.length);
    }
    for (const headline of report.headlines)
      expect(Object.values(headline).join(" ")).not.toMatch(/NaN|undefined|Infinity/);
  });

  test("no more rows than a plot can show, and no number that is none", () => {
    for (const chart of charts) {
      for (const panel of chart.panels) {
        const rows = Object.values(panel.datasets).flat();
        expect(rows.length, chart.id).toBeLessThanOrEqual(MOST_ROWS);
        for (const row of rows) {
          for (const value of Object.values(row)) {
            if (typeof value === "number")
              expect(Number.isFinite(value), `${chart.id}: ${JSON.stringify(row)}`).toBe(true);
          }
        }
      }
    }
  });
});

test("every exported specification is valid against the schema of Vega-Lite", async () => {
  const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: false });
  const validate = ajv.compile(JSON.parse(readFileSync(SCHEMA, "utf8")) as object);
  for (const chart of chartsOf(await exampleReport())) {
    const spec: unknown = JSON.parse(JSON.stringify(chartForExport(chart, themeOf("light", "export"))));
    expect(validate(spec), `${chart.id}: ${JSON.stringify(validate.errors?.slice(0, 3))}`).toBe(true);
    // A check that could not fail would prove nothing.
    const broken = structuredClone(spec) as { concat: { layer: { mark: { type: string } }[] }[] };
    broken.concat[0]!.layer[0]!.mark.type = "no such mark";
    expect(validate(broken)).toBe(false);
  }
});

describe("what the charts say is what the trace says", () => {
  test("what is the same under all rules is drawn once, what is not side by side", async () => {
    const charts = chartsOf(await exampleReport());
    const panels = Object.fromEntries(
      charts.map((chart) => [chart.id, chart.panels.map((panel) => panel.title)]),
    );
    // Bonds and so dividends depend on the formula, incentive does not.
    expect(panels["dividends-over-time"]).toEqual(["yuma3 off", "yuma3 on"]);
    expect(panels["incentive-over-time"]).toEqual(["yuma3 off and yuma3 on"]);
    expect(panels["bonds-heat-map"]).toEqual(["yuma3 off", "yuma3 on"]);
  });

  test("shares of a miner's bonds add up to one", async () => {
    const charts = chartsOf(await exampleReport());
    const heatMap = charts.find((chart) => chart.id === "bonds-heat-map")!;
    for (const panel of heatMap.panels) {
      const sums = new Map<string, number>();
      for (const { miner, share } of panel.datasets["cells"]!)
        sums.set(miner as string, (sums.get(miner as string) ?? 0) + (share as number));
      expect(sums.size).toBeGreaterThan(0);
      for (const sum of sums.values()) expect(sum).toBeCloseTo(1, 12);
    }
  });

  test("incentive by rank falls, adds up to one, and has the entropy and Gini of its shares", async () => {
    const chart = chartsOf(await exampleReport()).find(({ id }) => id === "incentive-by-rank")!;
    const runs = new Map<string, (readonly (string | number | null)[])[]>();
    for (const row of chart.table.rows) runs.set(String(row[0]), [...(runs.get(String(row[0])) ?? []), row]);
    expect(runs.size).toBeGreaterThan(0);
    for (const rows of runs.values()) {
      const shares = rows.map((row) => row[4] as number);
      const n = shares.length;
      expect(rows.map((row) => row[1])).toEqual(Array.from({ length: n }, (_, i) => i + 1));
      expect(shares).toEqual([...shares].sort((a, b) => b - a));
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
      const entropy = -shares.reduce((sum, share) => sum + (share > 0 ? share * Math.log(share) : 0), 0);
      expect(rows[0]![6]).toBeCloseTo(entropy / Math.log(n), 9);
      // Ranks from the top: the i-th largest of n has the weight n + 1 - 2i.
      const gini = shares.reduce((sum, share, i) => sum + ((n - 1 - 2 * i) * share) / n, 0);
      expect(rows[0]![5]).toBeCloseTo(gini, 9);
    }
  });

  test("consensus is never above the largest weight of a validator", async () => {
    const chart = chartsOf(await exampleReport()).find(({ id }) => id === "consensus-against-weight")!;
    const names = chart.table.columns.map((column) => column.name);
    const at = (name: string): number => names.indexOf(name);
    expect(chart.table.rows.length).toBe(EXAMPLE.miners);
    for (const row of chart.table.rows) {
      const [consensus, high] = [row[at("consensus_ratio")] as number, row[at("weight_p90")] as number];
      expect(consensus).toBeLessThanOrEqual(Math.max(high, 1e-9) * 1.5);
    }
    expect(chart.table.rows.some((row) => (row[at("consensus_ratio")] as number) > 0)).toBe(true);
  });

  test("what one validator gains others lose", async () => {
    const chart = chartsOf(await exampleReport()).find(({ id }) => id === "dividends-moved")!;
    const at = chart.table.columns.findIndex((column) => column.name === "change_alpha");
    const changes = chart.table.rows.map((row) => Number(row[at]));
    expect(changes.some((change) => change > 0.001)).toBe(true);
    // Each epoch rounds down each validator's part by less than a rao.
    expect(Math.abs(changes.reduce((sum, change) => sum + change, 0))).toBeLessThan(1e-6);
  });
});
