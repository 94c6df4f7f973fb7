import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { VARIANTS } from "../../../kernels/variants/names.ts";
import { CHART_PAYOUT } from "../../../kernels/variants/settings.ts";
import { dividendsPer1000Tao } from "../../../kernels/variants/payout.ts";
import { caseFromTrace } from "../../../reports/data/case-from-trace.ts";
import {
  type CaseRun,
  normalisedBonds,
  relativeDividends,
  totalsPerThousand,
} from "../../../reports/data/case-run.ts";
import { renderCases, renderReport } from "../../../reports/index.ts";
import { casesReport } from "../../../reports/templates/cases.ts";
import { runCases } from "../../../sim/eval/variant/case-runs.ts";
import { CaseLibrary } from "../../../sim/eval/variant/cases.ts";
import { runScenario } from "../../../sim/run/index.ts";
import { loadScenario } from "../../../sim/scenario/index.ts";
import { openTrace } from "../../../sim/trace/index.ts";
import { loadText, scenarioText } from "../../sim/scenario/files.ts";
import { BROWSER_PATH, launchBrowser, openReport } from "../render/browser.ts";

const CASES = fileURLToPath(new URL("../../../scenarios/cases/", import.meta.url));
const directly = (ids: readonly number[]): CaseRun[] =>
  runCases({ ids, formulas: VARIANTS, bondPenalty: 0.99, options: null });

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yumasim-cases-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function runOf(id: number): Promise<string> {
  const outDir = join(folder, `run-${id}`);
  const file = join(CASES, `case-${String(id).padStart(2, "0")}.yaml`);
  await runScenario(loadScenario(file), { outDir });
  return outDir;
}

const worst = (found: Float64Array, expected: Float64Array): number =>
  found.reduce((most, value, k) => Math.max(most, Math.abs(value - expected[k]!)), 0);

test.each([5, 8, 15, 23])("case %i reads the same from a trace as from the formulas", async (id) => {
  const traced = await caseFromTrace(await openTrace(await runOf(id)));
  const [direct] = directly([id]);
  expect(traced.epochs).toBe(40);
  expect(traced.validators).toEqual(["a", "b", "c"]);
  expect(traced.servers).toEqual(direct!.servers.map((name) => name.toLowerCase()));
  expect(traced.validatorEmission).toBeCloseTo(direct!.validatorEmission, 6);
  expect(worst(traced.stakes, direct!.stakes)).toBeLessThan(1e-3);
  expect(worst(traced.weights, direct!.weights)).toBeLessThan(1e-12);
  expect(traced.formulas.map(({ name }) => name)).toEqual(["subtensor-425", ...VARIANTS]);
  for (const [k, formula] of direct!.formulas.entries()) {
    const found = traced.formulas[k + 1]!;
    expect(worst(found.dividends, formula.dividends), formula.name).toBeLessThan(1e-9);
    expect(worst(found.incentives, formula.incentives), formula.name).toBeLessThan(1e-9);
    expect(worst(found.bonds, formula.bonds), formula.name).toBeLessThan(1e-12);
  }
});

test("totals are the published ones per 1,000 TAO", () => {
  const library = new CaseLibrary();
  for (const run of directly([])) {
    const story = library.get(Number(run.id.slice(-2)));
    for (const formula of run.formulas) {
      const expected = dividendsPer1000Tao(story, formula.dividends, CHART_PAYOUT);
      totalsPerThousand(run, formula).forEach((total, i) => expect(total).toBeCloseTo(expected[i]!, 10));
    }
  }
});

test("relative dividends add up to nothing, normalised bonds to one where there are any", () => {
  for (const run of directly([2, 21])) {
    const [rows, columns] = [run.validators.length, run.servers.length];
    for (const formula of run.formulas) {
      const relative = relativeDividends(run, formula);
      const normalised = normalisedBonds(run, formula);
      for (let epoch = 0; epoch < run.epochs; epoch++) {
        const sum = (values: Float64Array, from: number, step: number): number =>
          Array.from({ length: rows }, (_, i) => values[from + i * step]!).reduce((a, b) => a + b, 0);
        const paid = sum(formula.dividends, epoch * rows, 1) > 0;
        expect(sum(relative, epoch * rows, 1)).toBeCloseTo(paid ? 0 : -1, 4);
        for (let j = 0; j < columns; j++) {
          const share = sum(normalised, epoch * rows * columns + j, columns);
          expect(share === 0 || Math.abs(share - 1) < 1e-9).toBe(true);
        }
      }
    }
  }
});

describe("the sheet of a case", () => {
  const [chart] = casesReport(directly([1]), []).sections[0]!.charts;

  test("has a plot for everything, and no marker", () => {
    const picture = chart!.picture!({ rules: "" });
    // Two of weights; per formula dividends, relative dividends, incentive, and bonds twice on two servers.
    expect(picture.match(/class="axis"/g)).toHaveLength(2 + 7 * 7);
    expect(picture).not.toMatch(/<circle|NaN|undefined|Infinity/);
  });

  test("holds what it draws in its table", () => {
    const { columns, rows } = chart!.table;
    expect(rows).toHaveLength(7 * 40);
    const at = (formula: string, epoch: number, name: string) =>
      rows.find((row) => row[0] === formula && row[1] === epoch)![
        columns.findIndex((column) => column.name.startsWith(name))
      ];
    expect(at("yuma1", 39, "dividends_per_1000_A")).toBeCloseTo(0.041, 6);
    expect(at("yuma2b", 1, "incentive_S1")).toBe(0);
  });
});

test("names are text, whoever wrote them", () => {
  const [run] = directly([1]);
  const evil = '<script>alert("x")</script>';
  const report = casesReport([{ ...run!, title: evil, validators: [evil, evil, evil] }], []);
  expect(report.sections[0]!.charts[0]!.picture!({ rules: "" })).not.toContain("<script");
});

test("a run of many neurons is refused with what to do", async () => {
  const outDir = join(folder, "many");
  const text = scenarioText(
    "    neurons:\n      - { name: v, count: 9, alpha_stake: 1 alpha, weights: { m: 1 } }\n      - { name: m, count: 2 }",
  );
  await runScenario(loadText(text), { outDir });
  await expect(renderReport([outDir], { formats: ["html"], outDir, template: "cases" })).rejects.toThrow(
    /shows 1 to 6 validators and servers one by one; this run has 9 and 2: try --template consensus/,
  );
});

describe.skipIf(BROWSER_PATH === null)("in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  test("all cases under all formulas open offline, and are given away as SVG and PNG", async () => {
    const outDir = join(folder, "all");
    const [file] = await renderCases(directly([]), [], { formats: ["html"], outDir });
    const { page, complaints } = await openReport(browser, file!, { width: 1280, theme: "dark" });
    expect(await page.locator("svg.sheet").count()).toBe(24);
    for (const format of ["svg", "png", "csv"]) {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.locator(`button[data-chart="case-03"][data-download="${format}"]`).click(),
      ]);
      expect(download.suggestedFilename()).toBe(`case-03.${format}`);
    }
    expect(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")).toBe(true);
    expect(complaints).toEqual([]);
  });
});

test("files of a run hold a picture and its data", async () => {
  const run = await runOf(4);
  const files = await renderReport([run], { formats: ["svg", "csv"], outDir: join(folder, "files") });
  expect(files.map((file) => file.slice(folder.length))).toEqual([
    "/files/charts/case-04.svg",
    "/files/charts/case-04.csv",
    "/files/charts/totals.csv",
  ]);
});
