import { expect, test } from "vitest";
import { themeOf } from "../../../reports/charts/theme.ts";
import { chartForExport } from "../../../reports/render/compose.ts";
import { renderSvg } from "../../../reports/render/svg.ts";
import { chartsOf, type Report } from "../../../reports/templates/report.ts";
import { searchReport } from "../../../reports/templates/sweeps/search.ts";
import { sweepReport } from "../../../reports/templates/sweeps/sweep.ts";
import { exampleSearch, exampleSweep } from "../example-sweeps.ts";
import { settled } from "../settled.ts";

const about = (name: Parameters<typeof exampleSweep>[0]) => (): Report => sweepReport(exampleSweep(name));

/** A picture of each kind, under the name of its file. */
const PICTURES: readonly [string, () => Report, number][] = [
  ["curve", about("one parameter"), 0],
  ["curve-of-few-replicas", about("few replicas of a scale"), 0],
  ["lines", about("two parameters"), 0],
  ["map", about("two parameters"), 1],
  ["map-of-differences", about("two comparisons"), 1],
  ["slices", about("three parameters"), 0],
  ["tornado", about("three parameters"), 1],
  ["labels", about("one label of few replicas"), 0],
  ["replicas", about("replicas"), 0],
  ["cloud", about("drawn"), 0],
  ["ranking", about("drawn"), 1],
  ["searched", () => searchReport(exampleSearch("crossing")), 0],
  ["searched-plane", () => searchReport(exampleSearch("plane")), 0],
];

test.each(PICTURES)("the drawing %s is the one that was looked at", async (name, make, at) => {
  const svg = await renderSvg(chartForExport(chartsOf(make())[at]!, themeOf("light", "export")));
  await expect(settled(svg)).toMatchFileSnapshot(`snapshots/sweeps/${name}.svg`);
});
