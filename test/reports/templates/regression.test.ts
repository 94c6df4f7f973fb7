import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { themeOf } from "../../../reports/charts/theme.ts";
import { renderDifference } from "../../../reports/index.ts";
import { compileWithoutData } from "../../../reports/render/compile.ts";
import { chartForExport, panelForScreen } from "../../../reports/render/compose.ts";
import { renderSvg } from "../../../reports/render/svg.ts";
import { checkReport, differenceReport } from "../../../reports/templates/regression/regression.ts";
import { chartsOf, type Report } from "../../../reports/templates/report.ts";
import { compareRuns } from "../../../sim/regression/index.ts";
import { runAnyScenario } from "../../../sim/run/index.ts";
import { loadAnyScenario } from "../../../sim/scenario/index.ts";
import { type CheckResult, openTrace } from "../../../sim/trace/index.ts";
import { CheckExample, exampleCheck, expecting, otherEmission } from "../example-check.ts";
import { settled } from "../settled.ts";

const SCHEMA = createRequire(import.meta.url).resolve("vega-lite/vega-lite-schema.json");

const validate = new Ajv({ strict: false, allErrors: false, validateFormats: false }).compile(
  JSON.parse(readFileSync(SCHEMA, "utf8")) as object,
);

const CONTEXT = { against: "baseline", engineVersion: "1.2.3" };

const scenarioFile = (path: string): string =>
  fileURLToPath(new URL(`../../../scenarios/regression/${path}`, import.meta.url));

let folder = "";
let mixed: readonly CheckResult[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yumasim-regression-"));
  mixed = await exampleCheck(join(folder, "mixed"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const inFolder = (name: string): CheckExample => new CheckExample(join(folder, name));
const figures = ({ headlines }: Report): string[] => headlines.map(({ figure }) => figure);
const tableOf = ({ tables }: Report, id: string) => tables.find((table) => table.id === id)?.table;
const column = (report: Report, id: string, name: string) => {
  const { columns, rows } = tableOf(report, id)!;
  const at = columns.findIndex((one) => one.name === name);
  expect(at, name).toBeGreaterThanOrEqual(0);
  return rows.map((row) => row[at]);
};

/** What every report of this kind must hold to. */
function expectWhole(report: Report): void {
  const texts = JSON.stringify([
    report.title,
    report.subtitle,
    report.description,
    report.headlines,
    report.sections.map(({ title, text }) => [title, text]),
    chartsOf(report).map(({ title, description, table }) => [title, description, table]),
    report.tables,
    report.manifest,
  ]);
  expect(texts).not.toMatch(/NaN|undefined|Infinity|\[object/);
  expect(report.headlines).toHaveLength(5);
  for (const { sentence } of report.headlines) expect(sentence).toMatch(/^[^.].*\.$/);
  for (const chart of chartsOf(report)) {
    for (const name of ["light", "dark"] as const)
      for (const panel of chart.panels)
        expect(() => compileWithoutData(panelForScreen(panel, themeOf(name, "screen")))).not.toThrow();
    for (const row of chart.panels.flatMap((panel) => Object.values(panel.datasets).flat()))
      for (const value of Object.values(row))
        if (typeof value === "number") expect(Number.isFinite(value), JSON.stringify(row)).toBe(true);
    const spec: unknown = JSON.parse(JSON.stringify(chartForExport(chart, themeOf("light", "export"))));
    expect(validate(spec), `${chart.id}: ${JSON.stringify(validate.errors?.slice(0, 3))}`).toBe(true);
  }
  for (const { columns, rows } of [
    ...report.tables.map(({ table }) => table),
    ...chartsOf(report).map(({ table }) => table),
  ])
    for (const row of rows) expect(row).toHaveLength(columns.length);
}

describe("the report of a check", () => {
  test("says where each scenario parts, with both values, and what an update would move", () => {
    const report = checkReport(mixed, CONTEXT);
    expectWhole(report);
    expect(figures(report)).toEqual(["1 of 3", "epoch 2", "6", "1 of 1", "2 baselines"]);
    const [first] = mixed.map(({ comparison }) => comparison!.first).slice(1);
    const { before, after } = first!;
    expect(report.headlines[1]!.sentence).toBe(
      `permits parts at block 650, epoch 2, netuid 2, uid 3: baseline ${before!.decimal} (${before!.hex!}), now ${after!.decimal} (${after!.hex!}). 1 scenario of the 2 that differ parts first here.`,
    );
    expect(BigInt(before!.decimal) - BigInt(after!.decimal)).toBe(255n);
    expect(column(report, "cases", "verdict")).toEqual(["equal", "differs", "differs"]);
    expect(column(report, "first-differences", "uid")).toEqual(["3", null]);
    expect(column(report, "first-differences", "before_hexadecimal")).toEqual([before!.hex, ""]);
    expect(column(report, "expectations", "met")).toEqual(["no"]);
    expect(column(report, "moves", "file")).toEqual(["baseline/permits.json", "baseline/ties.json"]);
    expect(column(report, "moves", "columns")[0]).toBe("neurons.emission");
  });

  test("draws the course of the differences: the blocks and rows of permits, digests of ties without numbers", () => {
    const charts = new Map(chartsOf(checkReport(mixed, CONTEXT)).map((chart) => [chart.id, chart]));
    expect([...charts.keys()]).toEqual(["verdicts", "spread-1", "sizes-1", "spread-2"]);
    const { known, unknown } = charts.get("spread-1")!.panels[0]!.datasets;
    expect(known!.map(({ tip }) => String(tip).split("\n")[1])).toEqual([
      "block 650",
      "block 700",
      "block 800",
    ]);
    for (const { share } of known!) expect(share).toBeCloseTo(1 / 11, 12);
    expect(unknown).toEqual([]);
    expect(charts.get("spread-2")!.panels[0]!.datasets["known"]).toEqual([]);
    expect(charts.get("spread-2")!.panels[0]!.datasets["unknown"]!.length).toBeGreaterThan(5);
    const sizes = charts.get("sizes-1")!.table.rows;
    expect(sizes.map((row) => row[4])).toEqual(["255", "255", "255"]);
  });

  test("its charts look as they did", async () => {
    for (const chart of chartsOf(checkReport(mixed, CONTEXT))) {
      const svg = await renderSvg(chartForExport(chart, themeOf("light", "export")));
      await expect(settled(svg)).toMatchFileSnapshot(`../render/snapshots/regression/${chart.id}.svg`);
    }
  });

  test("all equal: says so and that an update would move nothing", async () => {
    const example = inFolder("equal");
    const results = await example.check([example.scenario("permits"), example.scenario("ties")]);
    const report = checkReport(results, CONTEXT);
    expectWhole(report);
    expect(figures(report)).toEqual(["2 of 2", "none", "0", "0 of 0", "0 baselines"]);
    expect(report.title).toBe("Regression check: as expected");
    expect(report.headlines[0]!.sentence).toMatch(
      /^Everything is as the baselines have it: [\d,]+ rows of 8 tables are equal to the last bit\.$/,
    );
    expect(chartsOf(report).map(({ id, title }) => [id, title])).toEqual([
      ["verdicts", "All of 2 scenarios as expected"],
    ]);
    expect(report.tables.map(({ id }) => id)).toEqual(["cases"]);
  });

  test("a tolerance that lets a difference pass is told from equality, and an update would move it", async () => {
    const example = inFolder("tolerant");
    example.movePermits([2]);
    const tolerant = example.scenario(
      "permits",
      (text) => `${text}\ncheck:\n  tolerances: { neurons.emission: 255 }\n`,
    );
    const [result] = await example.check([tolerant]);
    expect(result!.comparison!.tables.filter(({ exact }) => !exact)).toEqual([
      expect.objectContaining({ table: "neurons", same: true }),
    ]);
    // Another scenario than the baseline's: without that note it is as expected.
    const comparison = { ...result!.comparison!, notes: [], same: true };
    const report = checkReport([{ ...result!, comparison }], CONTEXT);
    expectWhole(report);
    expect(column(report, "cases", "verdict")).toEqual(["within tolerance"]);
    expect(report.headlines[0]!.sentence).toContain("those of 1 table within the tolerances");
    expect(figures(report)[4]).toBe("1 baseline");
  });

  test("25 scenarios with one fault: all are in the tables, six are drawn, other columns before the same one again", async () => {
    const example = inFolder("many");
    example.movePermits([2]);
    const paths = [
      ...Array.from({ length: 24 }, (_, at) => example.scenario("ties", otherEmission, `ties-${at + 1}`)),
      example.scenario("permits"),
    ];
    const report = checkReport(await example.check(paths), CONTEXT);
    expectWhole(report);
    expect(figures(report)[0]).toBe("0 of 25");
    expect(tableOf(report, "cases")!.rows).toHaveLength(25);
    expect(tableOf(report, "first-differences")!.rows).toHaveLength(25);
    expect(report.sections.map(({ title }) => title)).toEqual([
      "What is equal",
      ...[1, 2, 3, 4, 5].map((at) => `How far it spreads: ties-${at}`),
      "How far it spreads: permits",
    ]);
    expect(report.sections.at(-1)!.text!.at(-1)).toBe("The tables below hold 19 scenarios more that differ.");
    expect(report.headlines[1]!.sentence).toContain(" 24 scenarios of the 25 that differ part first here.");
    expect(new Set(chartsOf(report).map(({ id }) => id)).size).toBe(chartsOf(report).length);
  });

  test("new and moved baselines of --update, and expectations that no baseline excuses", async () => {
    const example = inFolder("updated");
    example.movePermits([2]);
    await rm(join(example.against, "ties.json"));
    const results = await example.check(
      [example.scenario("permits", expecting(1)), example.scenario("ties")],
      {
        update: true,
      },
    );
    const report = checkReport(results, CONTEXT);
    expectWhole(report);
    expect(column(report, "cases", "verdict")).toEqual(["moved", "new"]);
    expect(figures(report)).toEqual(["1 of 2", "epoch 2", "1", "1 of 1", "2 baselines"]);
    expect(report.tables.find(({ id }) => id === "moves")!.title).toBe("What --update moved");
    expect(report.headlines[4]!.sentence).toBe("The update moved permits and ties: 1 column.");
    expect(report.headlines[1]!.sentence).toContain("before ");
  });

  test("no scenario at all, stopped before the first", () => {
    expectWhole(checkReport([], CONTEXT));
  });
});

describe("the report of a difference", () => {
  const runs = async (path: string, sets: readonly (readonly string[])[]): Promise<string[]> => {
    const directories: string[] = [];
    for (const [at, set] of sets.entries()) {
      const directory = join(folder, path.replace(".yaml", ""), `run-${at}`);
      await runAnyScenario(loadAnyScenario(scenarioFile(path), { set: [...set] }), directory);
      directories.push(directory);
    }
    return directories;
  };
  const reportOf = async (before: string, after: string): Promise<Report> =>
    differenceReport({
      names: ["before", "after"],
      traces: [await openTrace(before), await openTrace(after)],
      comparison: await compareRuns(before, after),
    });

  test("of epochs: equal, and with another kappa", async () => {
    const [a, b, c] = (await runs("ties.yaml", [[], [], ["subnets[0].hyperparameters.kappa=32768"]])) as [
      string,
      string,
      string,
    ];
    const equal = await reportOf(a, b);
    expectWhole(equal);
    expect(figures(equal)).toEqual(["equal", "none", "0", "none", "0"]);
    expect(chartsOf(equal).map(({ title }) => title)).toEqual(["Both runs are equal in all of 4 tables"]);
    expect(equal.tables).toEqual([]);
    const other = await reportOf(a, c);
    expectWhole(other);
    expect(figures(other).slice(0, 2)).toEqual(["different", "epoch 0"]);
    expect(other.headlines[1]!.label).toBe("neurons.consensus_raw differs first (spec/epoch.md 6.1)");
    expect(other.headlines[1]!.sentence).toMatch(
      /^The runs part at block \d+, epoch 0.*, netuid 9, uid 2: before \d+ \(0x[0-9a-f]{16}\), after 0 \(0x0{16}\)\.$/,
    );
    expect(other.headlines[4]!.sentence).toContain("another scenario");
    // One line of those that hold the same value: the raw one.
    const lines = new Set(
      chartsOf(other)
        .at(-1)!
        .table.rows.map(([table, name]) => `${table}.${name}`),
    );
    expect(lines).toContain("neurons.consensus_raw");
    expect(lines).not.toContain("neurons.consensus_ratio");
    const files = await renderDifference([a, c], await compareRuns(a, c), {
      formats: ["html", "markdown"],
      outDir: join(folder, "files"),
    });
    expect(readFileSync(files[0]!, "utf8")).toContain("<h1>Difference of two runs</h1>");
    expect(readFileSync(files[1]!, "utf8")).not.toContain("## Definitions");
  }, 60_000);

  test("of an economy: rows that only one has, texts, amounts, in every table", async () => {
    const [a, b, c] = (await runs("economy.yaml", [
      ["horizon=450 blocks"],
      ["horizon=450 blocks", "seed=other"],
      ["horizon=400 blocks"],
    ])) as [string, string, string];
    for (const [before, after] of [
      [a, b],
      [a, c],
      [c, a],
    ] as const) {
      const report = await reportOf(before, after);
      expectWhole(report);
      expect(figures(report)[0]).toBe("different");
    }
  }, 60_000);
});
