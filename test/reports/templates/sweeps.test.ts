import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { themeOf } from "../../../reports/charts/theme.ts";
import { compileWithoutData } from "../../../reports/render/compile.ts";
import { chartForExport, panelForScreen } from "../../../reports/render/compose.ts";
import { renderMarkdown } from "../../../reports/render/markdown.ts";
import { chartsOf, type Report } from "../../../reports/templates/report.ts";
import { searchReport } from "../../../reports/templates/sweeps/search.ts";
import { sweepReport } from "../../../reports/templates/sweeps/sweep.ts";
import {
  exampleSearch,
  exampleSweep,
  makeSweep,
  noiseOf,
  SEARCHES,
  SWEEPS,
  type SweepName,
} from "../example-sweeps.ts";
import { sweepStudy } from "../../../reports/data/sweeps/study.ts";

const SCHEMA = createRequire(import.meta.url).resolve("vega-lite/vega-lite-schema.json");
const validate = new Ajv({ strict: false, allErrors: false, validateFormats: false }).compile(
  JSON.parse(readFileSync(SCHEMA, "utf8")) as object,
);

const REPORTS: [string, () => Report][] = [
  ...(Object.keys(SWEEPS) as SweepName[]).map((name): [string, () => Report] => [
    name,
    () => sweepReport(exampleSweep(name)),
  ]),
  ...(Object.keys(SEARCHES) as (keyof typeof SEARCHES)[]).map((name): [string, () => Report] => [
    `search: ${name}`,
    () => searchReport(exampleSearch(name)),
  ]),
];

describe.each(REPORTS)("report about %s", (_, make) => {
  test("its charts compile without a warning in both themes, are valid, and hold only numbers", () => {
    for (const chart of chartsOf(make())) {
      for (const name of ["light", "dark"] as const) {
        for (const panel of chart.panels)
          expect(() => compileWithoutData(panelForScreen(panel, themeOf(name, "screen")))).not.toThrow();
        expect(() => compileWithoutData(chartForExport(chart, themeOf(name, "export")))).not.toThrow();
      }
      const spec = JSON.parse(JSON.stringify(chartForExport(chart, themeOf("light", "export")))) as unknown;
      expect(validate(spec), `${chart.id}: ${JSON.stringify(validate.errors?.[0])}`).toBe(true);
      for (const row of chart.panels.flatMap((panel) => Object.values(panel.datasets).flat()))
        for (const value of Object.values(row))
          if (typeof value === "number") expect(Number.isFinite(value), JSON.stringify(row)).toBe(true);
      for (const row of chart.table.rows) expect(row).toHaveLength(chart.table.columns.length);
    }
  });

  test("no specification has more rows than a screen has room for", () => {
    for (const { panels } of chartsOf(make()))
      for (const { datasets } of panels)
        for (const rows of Object.values(datasets)) expect(rows.length).toBeLessThanOrEqual(10_000);
  });

  test("its texts have no number that is none", () => {
    expect(renderMarkdown(make(), (id) => `${id}.svg`)).not.toMatch(/NaN|undefined|Infinity|\[object/);
  });
});

const headlines = (name: SweepName, levels?: Parameters<typeof sweepReport>[1]): string[] =>
  sweepReport(exampleSweep(name), levels).headlines.map(
    ({ figure, label, sentence }) => `${figure} | ${label} | ${sentence}`,
  );

describe("the summary", () => {
  test("has five findings wherever anything finished", () => {
    for (const name of Object.keys(SWEEPS) as SweepName[])
      expect(headlines(name), name).toHaveLength(name === "nothing finished" ? 1 : 5);
  });

  test("of one parameter says where the profit begins, in tokens", () => {
    const [cells, range, shape, crossing, chance] = headlines("one parameter");
    expect(cells).toBe("72 of 72 | cells finished | 9 points with 8 replicas: all cells finished.");
    expect(range).toMatch(/^−2\.\d+ to 5\.\d+ tokens \| profit \| Profit is least at alpha stake 100 alpha/);
    expect(shape).toMatch(/Profit rises with alpha stake\.$/);
    expect(crossing).toMatch(
      /^3\d\d\.?\d* alpha \| alpha stake where profit is 0 \| It lies between 300 and 400;/,
    );
    expect(chance).toMatch(/of all variation is chance/);
  });

  test("says what failed and what is missing, and where all failures are", () => {
    expect(headlines("failed and missing cells")[0]).toBe(
      "40 of 50 | cells finished | 10 points with 5 replicas: 5 failed, all at kappa 2 and 5 have not run yet.",
    );
    expect(sweepReport(exampleSweep("failed and missing cells")).description).toContain(
      "5 cells FAILED and 5 cells have not run yet",
    );
    const failed = sweepReport(exampleSweep("failed and missing cells")).tables.find(
      ({ id }) => id === "failures",
    );
    expect(failed!.table.rows).toHaveLength(5);
    expect(failed!.table.rows[0]).toEqual(["kappa 2", "7/0", "the subnet has no stake"]);
  });

  test("of drawn points names the parameter that the outcome follows most", () => {
    expect(headlines("drawn")[2]).toMatch(/^0\.[89]\d+ \| rank correlation with alpha stake/);
  });

  test("of two comparisons gives their difference", () => {
    expect(headlines("two comparisons")[3]).toMatch(/^36 of 81 \| points with attack less control above 0/);
  });

  test("a change that replicas leave open is not called one", () => {
    const { file, results } = makeSweep({
      ...SWEEPS["one parameter"],
      metrics: [{ name: "m", unit: null }],
      value: (_, { noise, point }) => 1 + noise * (point % 2 === 0 ? 1 : -1),
    });
    expect(sweepReport(sweepStudy(file, results)).headlines[2]!.sentence).toBe(
      "M shows no clear change with alpha stake.",
    );
  });
});

describe("levels", () => {
  const title = (levels: Parameters<typeof sweepReport>[1]): string =>
    chartsOf(sweepReport(exampleSweep("one parameter"), levels))[1]!.title;

  test("are drawn and crossed where they are asked for", () => {
    expect(title([])).toMatch(/^Small share from /);
    expect(title([{ metric: "small_share", value: 0.4 }])).toMatch(
      /^Small share crosses 0.4 at alpha stake 39\d/,
    );
  });

  test("without a name belong to the first metric, in the unit of its table", () => {
    expect(headlines("one parameter", [{ metric: null, value: 2e9 }])[3]).toMatch(
      /^5\d\d\.?\d* alpha \| alpha stake where profit is 2/,
    );
  });

  test("of a metric that is not there are refused", () => {
    expect(() => sweepReport(exampleSweep("one parameter"), [{ metric: "proft", value: 0 }])).toThrow(
      "--level proft: no such metric; did you mean profit?; metrics: profit, small_share",
    );
  });
});

describe("what is drawn", () => {
  const rows = (name: SweepName, chart: number, set: string) =>
    chartsOf(sweepReport(exampleSweep(name)))[chart]!.panels[0]!.datasets[set]!;

  test("no interval below five replicas: every value instead", () => {
    expect(rows("few replicas of a scale", 0, "lines").every(({ low }) => low === null)).toBe(true);
    expect(rows("few replicas of a scale", 0, "dots")).toHaveLength(15);
    expect(rows("one label of few replicas", 0, "singles")).toHaveLength(9);
    expect(rows("one label of few replicas", 0, "spans")).toHaveLength(0);
    expect(
      rows("one parameter", 0, "lines").every(({ low, mean, high }) => low! < mean! && mean! < high!),
    ).toBe(true);
    expect(rows("one parameter", 0, "dots")).toHaveLength(0);
  });

  test("the contour of a profit goes where it is 0", () => {
    const contour = rows("two parameters", 1, "contour");
    expect(contour.length).toBeGreaterThan(5);
    for (const { x, y } of contour)
      expect(Number(y) / 100 - 3 - 40 * (Number(x) - 0.55) ** 2).toBeCloseTo(0, 0);
  });

  test("the tornado has the elasticities, the strongest first", () => {
    const bars = rows("three parameters", 1, "bars");
    const [first] = bars;
    expect(first!["parameter"]).toBe("alpha stake");
    // From 400 to 500 alpha: one more, for a quarter more stake.
    const noise = [0, 1, 2, 3, 4].reduce((sum, k) => sum + noiseOf(k) / 5, 0);
    const before = 4 - 3 - 40 * 0.05 ** 2 + 0.3 * noise;
    const up = bars.find(({ parameter, side }) => parameter === "alpha stake" && side === "one value up")!;
    expect(Number(up["value"])).toBeCloseTo(1 / before / 0.25, 6);
    const sizes = bars.map(({ value }) => Math.abs(Number(value)));
    expect(Math.max(...sizes.slice(0, 2))).toBe(Math.max(...sizes));
  });

  test("a wide map is thinned", () => {
    const many = Array.from({ length: 150 }, (_, k) => String(k + 1));
    const { file, results } = makeSweep({
      ...SWEEPS["two parameters"],
      points: many.flatMap((a) => many.map((b) => [a, `${b} alpha`])),
      replicas: 1,
      value: ([a = 0, b = 0]) => a - b,
    });
    const map = chartsOf(sweepReport(sweepStudy(file, results))).find(({ id }) => id.startsWith("map"))!;
    expect(map.panels[0]!.datasets["cells"]).toHaveLength(100 * 100);
    expect(map.table.rows).toHaveLength(150 * 150);
  });
});

describe("searches", () => {
  test("a crossing has the bracket that bisection left", () => {
    const study = exampleSearch("crossing");
    expect(study.answer!.places).toEqual([297]);
    expect(study.bracket).toEqual({ low: 297, high: 300.5 });
  });

  test("an extreme lies between its neighbours", () => {
    expect(exampleSearch("maximum").bracket).toEqual({ low: 495, high: 520 });
    expect(exampleSearch("plane").bracket).toBeNull();
  });

  test("nothing found is said first", () => {
    const [first] = searchReport(exampleSearch("nothing")).headlines;
    expect(first).toMatchObject({ figure: "none", label: "crossing" });
  });
});
