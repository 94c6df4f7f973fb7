import * as fc from "fast-check";
import { expect, test } from "vitest";
import { plotSvg, PLOT_HEIGHT, PLOT_WIDTH } from "../../../reports/charts/small-plot.ts";

const line = (values: number[]) => ({ name: "v", colour: 0, values });
const texts = (svg: string): string[] => [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map((match) => match[1]!);

test("axes have round ends and three labels", () => {
  expect(texts(plotSvg(0, 0, [line([0, 0.041, 0.08])], [0, 0.08], null)).slice(0, 3)).toEqual([
    "0",
    "0.04",
    "0.08",
  ]);
  expect(texts(plotSvg(0, 0, [line([0, 1])], [-0.09, 0.09], null)).slice(0, 3)).toEqual(["−0.1", "0", "0.1"]);
  expect(texts(plotSvg(0, 0, [line([0, 0])], [0, 0], null)).slice(0, 3)).toEqual(["0", "0.5", "1"]);
});

test("epochs are labelled at round numbers", () => {
  const labels = (epochs: number) =>
    texts(plotSvg(0, 0, [line(Array.from({ length: epochs }, () => 0))], [0, 1], null)).slice(3);
  expect(labels(40)).toEqual(["0", "10", "20", "30"]);
  expect(labels(5)).toEqual(["0", "1", "2", "3", "4"]);
  expect(labels(1)).toEqual(["0"]);
});

test("a line has a gap where there is no value", () => {
  const svg = plotSvg(0, 0, [line([1, Number.NaN, 0, 1])], [0, 1], null);
  expect(/class="s0 w2" d="([^"]*)"/.exec(svg)![1]).toMatch(/^M[\d. ]+M[\d. ]+L[\d. ]+$/);
});

test("everything that is drawn lies in the plot", () => {
  const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(fc.array(finite, { minLength: 2, maxLength: 50 }), (values) => {
      const range = [Math.min(0, ...values), Math.max(0, ...values)] as const;
      const svg = plotSvg(0, 0, [line(values)], range, null);
      const path = /class="s0 w2" d="([^"]*)"/.exec(svg)![1]!;
      for (const [, x, y] of path.matchAll(/[ML]([-\d.]+) ([-\d.]+)/g)) {
        expect(Number(x)).toBeGreaterThanOrEqual(0);
        expect(Number(x)).toBeLessThanOrEqual(PLOT_WIDTH);
        expect(Number(y)).toBeGreaterThanOrEqual(-0.1);
        expect(Number(y)).toBeLessThanOrEqual(PLOT_HEIGHT + 0.1);
      }
    }),
  );
});
