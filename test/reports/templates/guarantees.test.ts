import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv } from "ajv";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { themeOf } from "../../../reports/charts/theme.ts";
import type { GuaranteeMap } from "../../../reports/data/guarantee-map.ts";
import { renderGuarantees } from "../../../reports/index.ts";
import { compileWithoutData } from "../../../reports/render/compile.ts";
import { chartForExport, panelForScreen } from "../../../reports/render/compose.ts";
import { guaranteesReport } from "../../../reports/templates/guarantees.ts";
import { chartsOf } from "../../../reports/templates/report.ts";
import { exampleMap, mapOf } from "../example-map.ts";
import { BROWSER_PATH, launchBrowser, NO_BROWSER, openReport } from "../render/browser.ts";

const SCHEMA = createRequire(import.meta.url).resolve("vega-lite/vega-lite-schema.json");

const validate = new Ajv({ strict: false, allErrors: false, validateFormats: false }).compile(
  JSON.parse(readFileSync(SCHEMA, "utf8")) as object,
);

const WEIGHTS = [0, 20, 30, 40, 60, 80, 100];

/** The honest part grows evenly with its own weight and falls with the cabal's: the contour is W_H = W_C s / 50. */
const even = (stake: number, major: number, minor: number): number =>
  stake / 100 + (major - (minor * stake) / 50) / 1000;

/** Nothing holds a cabal that gives itself more than 60 percent. */
const lost = (stake: number, major: number, minor: number): number =>
  stake === 55 && minor > 60 ? 0 : even(stake, major, minor / 2);

const MAPS: Record<string, () => GuaranteeMap | Promise<GuaranteeMap>> = {
  "real networks": exampleMap,
  "one stake": () => mapOf([75], WEIGHTS, even),
  "a stake that cannot be held against some cabals": () => mapOf([55, 60, 90], WEIGHTS, lost),
  "stakes that cannot be held": () => mapOf([51, 60], WEIGHTS, () => 0),
  "a grid without the quoted cabal": () => mapOf([60, 70], [0, 50, 100], lost),
};

describe.each(Object.entries(MAPS))("report of %s", (_name, make) => {
  let map: GuaranteeMap;
  beforeAll(async () => {
    map = await make();
  });

  test("charts compile without a warning in both themes and hold only numbers", () => {
    for (const chart of chartsOf(guaranteesReport(map))) {
      for (const name of ["light", "dark"] as const) {
        for (const panel of chart.panels)
          expect(() => compileWithoutData(panelForScreen(panel, themeOf(name, "screen")))).not.toThrow();
        expect(() => compileWithoutData(chartForExport(chart, themeOf(name, "export")))).not.toThrow();
      }
      for (const row of chart.panels.flatMap((panel) => Object.values(panel.datasets).flat()))
        for (const value of Object.values(row))
          if (typeof value === "number") expect(Number.isFinite(value), JSON.stringify(row)).toBe(true);
      for (const row of chart.table.rows) expect(row).toHaveLength(chart.table.columns.length);
    }
  });

  test("texts are whole", () => {
    const { title, subtitle, description, headlines, tables, manifest } = guaranteesReport(map);
    const charts = chartsOf(guaranteesReport(map)).map((chart) => [chart.title, chart.description]);
    const texts = JSON.stringify([title, subtitle, description, headlines, tables, manifest, charts]);
    expect(texts).not.toMatch(/NaN|undefined|Infinity|\[object/);
    expect(headlines.length).toBeGreaterThanOrEqual(2);
  });

  test("specifications are valid", () => {
    for (const chart of chartsOf(guaranteesReport(map))) {
      const spec: unknown = JSON.parse(JSON.stringify(chartForExport(chart, themeOf("light", "export"))));
      expect(validate(spec), `${chart.id}: ${JSON.stringify(validate.errors?.slice(0, 3))}`).toBe(true);
      const broken = structuredClone(spec) as { concat: { layer: { mark: { type: string } }[] }[] };
      broken.concat[0]!.layer[0]!.mark.type = "no such mark";
      expect(validate(broken)).toBe(false);
    }
  });
});

describe("what the report says", () => {
  test("is what the map says: the utility at 60 %, the quoted cabal, the worst one", () => {
    // At 60 % the contour is W_H = 1.2 W_C halved: 60 at a cabal of 100 percent, 18 at one of 30.
    const { headlines, tables } = guaranteesReport(mapOf([55, 60, 90], WEIGHTS, lost));
    expect(headlines.map(({ figure }) => figure)).toEqual(["60%", "18%", "0.00"]);
    expect(headlines[0]!.sentence).toBe(
      "With 60% of the stake, an honest side that gives itself at least 60% of its weight loses to no cabal; the worst one gives itself 100%.",
    );
    const rows = tables[0]!.table.rows;
    expect(rows[0]).toEqual([0.55, null, null, null, 0]);
    expect(rows.map((row) => row[0])).toEqual([0.55, 0.6, 0.9]);
    expect(rows[2]![1]).toBeCloseTo(0.9, 12);
  });

  test("a contour runs through all weights of the cabal, in their order, and has gaps where nothing holds it", () => {
    const [contours] = chartsOf(guaranteesReport(mapOf([55, 60, 90], WEIGHTS, lost)));
    const rows = contours!.panels[0]!.datasets["contours"]!.filter(({ stake }) => stake === 0.55);
    expect(rows.map(({ cabal }) => cabal)).toEqual(WEIGHTS.map((weight) => weight / 100));
    expect(rows.map(({ honest }) => honest === null)).toEqual(WEIGHTS.map((weight) => weight > 60));
    expect(contours!.description).toContain("Where the line of 55% is missing, no weight is enough.");
  });

  test("a stake that no weight holds is said to be so", () => {
    const report = guaranteesReport(mapOf([51, 60], WEIGHTS, () => 0));
    expect(report.headlines[0]!.figure).toBe("none");
    expect(chartsOf(report).map(({ title }) => title)).toEqual([
      "An honest 60% of stake cannot hold every cabal",
      "No weight is enough at any of the stakes",
    ]);
  });
});

describe("the page", () => {
  let folder = "";
  let plain = "";
  let hostile = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "yumasim-guarantees-"));
    const map = await exampleMap();
    const seed = `</script><script>alert(1)</script><img src=x onerror=alert(2)>\u202e`;
    const write = async (name: string, content: GuaranteeMap): Promise<string> =>
      (await renderGuarantees(content, { formats: ["html"], outDir: join(folder, name) }))[0]!;
    plain = await write("plain", map);
    hostile = await write("hostile", { ...map, options: { ...map.options, seed } });
  });
  afterAll(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  test("a seed stays text", async () => {
    const tagsOf = async (file: string): Promise<string[]> =>
      [...(await readFile(file, "utf8")).matchAll(/<script\b[^>]*>/g)].map(([tag]) => tag);
    expect(await tagsOf(hostile)).toEqual(await tagsOf(plain));
    expect(await readFile(hostile, "utf8")).not.toContain("<img src=x");
  });

  describe.skipIf(BROWSER_PATH === null)(
    `in a browser${BROWSER_PATH === null ? `: ${NO_BROWSER}` : ""}`,
    () => {
      let browser: Browser;
      beforeAll(async () => {
        browser = await launchBrowser();
      });
      afterAll(async () => {
        await browser.close();
      });

      test.each([
        [400, "dark"],
        [1400, "light"],
      ] as const)("draws its charts, nothing complains: %i px, %s", async (width, theme) => {
        for (const file of [plain, hostile]) {
          const { page, complaints } = await openReport(browser, file, { width, theme });
          const lines = await page.evaluate<number>(
            `document.querySelectorAll("#retention-contours-panel-0 svg .mark-line path").length`,
          );
          // A line per stake, the quoted one included.
          expect(lines).toBe(3);
          expect(
            await page.evaluate<number>(
              `document.querySelectorAll("#required-honest-utility-panel-0 svg .mark-symbol path").length`,
            ),
          ).toBe(3);
          expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
          expect(complaints).toEqual([]);
          await page.context().close();
        }
      });

      test("gives the contours as CSV", async () => {
        const { page, complaints } = await openReport(browser, plain, { width: 1400, theme: "light" });
        const [download] = await Promise.all([
          page.waitForEvent("download"),
          page.click(`button[data-chart="retention-contours"][data-download="csv"]`),
        ]);
        const lines = (await readFile(await download.path(), "utf8")).trimEnd().split("\r\n");
        expect(lines[0]).toBe("honest_stake,cabal_weight,honest_weight");
        expect(lines).toHaveLength(1 + 3 * 8);
        expect(complaints).toEqual([]);
        await page.context().close();
      });

      test("shows pictures without scripts", async () => {
        const { page, complaints } = await openReport(browser, plain, {
          width: 1000,
          theme: "light",
          scripts: false,
        });
        expect(await page.locator("article noscript svg").count()).toBe(2);
        expect(complaints).toEqual([]);
        await page.context().close();
      });
    },
  );
});
