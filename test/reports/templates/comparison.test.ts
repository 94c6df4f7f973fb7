import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { themeOf } from "../../../reports/charts/theme.ts";
import { armsOf, type Candidate, compare, type Measure } from "../../../reports/data/comparison/arms.ts";
import { compileWithoutData } from "../../../reports/render/compile.ts";
import { chartForExport, panelForScreen } from "../../../reports/render/compose.ts";
import { renderSvg } from "../../../reports/render/svg.ts";
import { chartsOf, type Report } from "../../../reports/templates/report.ts";
import { openTrace, type Trace } from "../../../sim/trace/index.ts";
import { exampleTrace, reportAbout } from "../example-economy.ts";
import { EXAMPLE } from "../example-report.ts";
import { writeExampleRun } from "../example-run.ts";
import { settled } from "../settled.ts";

const candidate = (kind: string, seed: string, network = 0): Candidate<number> => ({
  kind,
  seed,
  label: `${seed} / ${kind}`,
  kindLabel: kind,
  network,
});

describe("sides of a comparison", () => {
  test("the same kinds with the same seeds are replicas, in the same order of seeds", () => {
    const arms = armsOf([
      candidate("a", "1", 10),
      candidate("b", "1", 11),
      candidate("b", "2", 21),
      candidate("a", "2", 20),
    ]);
    expect(arms).toEqual([
      { label: "a", replicas: [10, 20] },
      { label: "b", replicas: [11, 21] },
    ]);
  });

  test.each([
    ["one seed each", [candidate("a", "1"), candidate("b", "1")]],
    ["other seeds on the other side", [candidate("a", "1"), candidate("a", "2"), candidate("b", "1")]],
    ["one kind alone", [candidate("a", "1"), candidate("a", "2")]],
    [
      "the same run twice",
      [candidate("a", "1"), candidate("a", "1"), candidate("b", "1"), candidate("b", "1")],
    ],
  ])("stand alone: %s", (_name, candidates) => {
    expect(armsOf(candidates).map(({ label }) => label)).toEqual(candidates.map(({ label }) => label));
  });

  test("differences are taken seed by seed, with an interval from five replicas on", () => {
    const seeds = ["1", "2", "3", "4", "5"];
    const arms = armsOf([
      ...seeds.map((seed, i) => candidate("a", seed, 100 * i)),
      ...seeds.map((seed, i) => candidate("b", seed, 100 * i + 7)),
    ]);
    const own: Measure<number> = {
      id: "own",
      label: "Own",
      format: String,
      value: (network) => network,
      definition: "",
    };
    const [one] = compare(arms, [own, { ...own, id: "none", value: () => null }]);
    expect(compare(arms, [{ ...own, value: () => null }])).toEqual([]);
    // Sides spread by hundreds, the difference is 7 for every seed.
    expect(one!.differences[0]).toBeNull();
    expect(one!.differences[1]).toMatchObject({ n: 5, mean: 7, interval: { low: 7, high: 7 } });
    expect(one!.values.map(({ mean }) => mean)).toEqual([200, 207]);
  });
});

const COMPARE = 'compare=[{name: cheap, set: {}}, {name: dear, set: {"network.subnets[0].price": 0.5}}]';

let folder = "";
const traces: Trace[] = [];
let alone: Report;
let replicas: Report;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yumasim-comparison-"));
  for (const seed of ["1", "2", "3"])
    traces.push(await exampleTrace(join(folder, seed), [COMPARE, `seed="${seed}"`, "trace.calls=false"]));
  alone = await reportAbout([traces[0]!]);
  replicas = await reportAbout(traces);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("the report that compares", () => {
  test("is the usual one of an economy with comparisons, and of several runs", () => {
    for (const report of [alone, replicas]) {
      expect(report.headlines).toHaveLength(5);
      expect(chartsOf(report).map(({ id }) => id)).toEqual([
        "differences",
        "network-courses",
        "network-differences",
        "metric-courses",
        "metric-differences",
      ]);
    }
    expect(alone.subtitle).toBe("cheap and dear side by side");
    expect(replicas.subtitle).toBe("cheap and dear side by side · 3 replicas");
    expect(chartsOf(replicas)[0]!.description).toContain("with fewer than 5 no interval is given");
  });

  test("says what the traces say", async () => {
    const prices = await traces[0]!.read("pools");
    const at = (comparison: number): number => {
      const last = Math.max(...Array.from(prices.column("block") as ArrayLike<bigint>, Number));
      let sum = 0;
      for (let row = 0; row < prices.rows; row++)
        if (
          Number(prices.column("block")[row]) === last &&
          prices.column("comparison")[row] === comparison &&
          prices.column("netuid")[row] !== 0
        )
          sum += prices.column("price")[row] as number;
      return sum;
    };
    const rows = chartsOf(alone)[0]!.table.rows.filter(([measure]) => measure === "Sum of prices");
    expect(rows.map(([, side]) => side)).toEqual(["cheap", "dear"]);
    expect(rows[0]![3]).toBeCloseTo(at(0), 12);
    expect(rows[1]![4]).toBeCloseTo(at(1) - at(0), 12);
    expect(rows[1]![7]).toBeCloseTo(at(1) / at(0) - 1, 9);
  });

  test("its charts compile in both themes and look as they did", async () => {
    for (const chart of chartsOf(alone)) {
      for (const panel of chart.panels)
        for (const theme of ["light", "dark"] as const)
          compileWithoutData(panelForScreen(panel, themeOf(theme, "screen")));
      const svg = await renderSvg(chartForExport(chart, themeOf("light", "export")));
      await expect(settled(svg)).toMatchFileSnapshot(`../render/snapshots/comparison/${chart.id}.svg`);
      for (const text of [chart.title, chart.description])
        expect(text).not.toMatch(/NaN|undefined|Infinity|null/);
    }
  });

  test("subnets of epochs are compared, too; one side alone, and both kinds together, are refused", async () => {
    const study = await openTrace(await writeExampleRun(EXAMPLE, join(folder, "study")));
    const report = await reportAbout([study], "comparison");
    expect(chartsOf(report).map(({ id }) => id)).toEqual([
      "differences",
      "dividends-moved",
      "dividends-per-thousand",
      "dividends-concentration-over-time",
    ]);
    const single = await openTrace(
      await writeExampleRun({ ...EXAMPLE, comparisons: ["base"] }, join(folder, "single")),
    );
    await expect(reportAbout([single], "comparison")).rejects.toThrow(
      "a comparison needs two sides; found base",
    );
    await expect(reportAbout([single, traces[0]!], "comparison")).rejects.toThrow("give runs of one kind");
  });
});
