/** How the numbers of an epoch's rows become one, against the metrics of reports. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as reports from "../../../reports/metrics/index.ts";
import { rowsToNumber } from "../../../sim/run/row-statistics.ts";
import type { MetricText } from "../../../sim/scenario/index.ts";

const of = (rows: MetricText["rows"], list: readonly number[], others: readonly number[] = []): number =>
  rowsToNumber(rows)(list, others);

const amounts = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 60 });
const rao = (values: readonly number[]): bigint[] => values.map(BigInt);

/** Equal to within rounding; what is undefined is NaN here and null there. */
const expectSame = (ours: number, theirs: number | null): void =>
  theirs === null || Number.isNaN(theirs) ? expect(ours).toBeNaN() : expect(ours).toBeCloseTo(theirs, 10);

describe("worked", () => {
  test.each<[MetricText["rows"], number[], number]>([
    ["sum", [1, 2, 6], 9],
    ["mean", [1, 2, 6], 3],
    ["min", [3, 1, 2], 1],
    ["max", [1, 3, 2], 3],
    ["count", [0, 0.5, 2], 2],
    ["gini", [0, 0, 0, 4], 0.75],
    ["gini", [0, 0], NaN],
    ["entropy", [2, 2, 2, 2], 1],
    ["entropy", [0, 5, 0], 0],
    // ln 2 / ln 4
    ["entropy", [3, 0, 3, 0], 0.5],
    ["entropy", [0, 0], NaN],
    ["entropy", [1], NaN],
    ["leader", [1, 4, 4], 1],
    ["leader", [0, 0], -1],
    [{ top: 1 }, [1, 3, 2, 2], 0.375],
    [{ top: 3 }, [1, 3, 2, 2], 0.875],
    [{ top: 9 }, [1, 3], 1],
    [{ top: 1 }, [0, 0], NaN],
  ])("%j of %j is %d", (rows, list, expected) => {
    expectSame(of(rows, list), expected);
  });

  test.each<[number[], number[], number]>([
    [[1, 2, 3], [10, 20, 30], 1],
    [[1, 2, 3], [3, 2, 1], -1],
    // Deviations (-1, 0, 1) and (-1, 1, 0): 1 over the root of 2 times 2.
    [[1, 2, 3], [1, 3, 2], 0.5],
    [[1e-200, 2e-200], [1e200, 3e200], 1],
    [[1, 1, 1], [1, 2, 3], NaN],
    [[1, 2, 3], [0.1, 0.1, 0.1], NaN],
    [[1], [2], NaN],
  ])("the correlation of %j and %j is %d", (list, others, expected) => {
    expectSame(of({ correlation: "other" }, list, others), expected);
  });
});

test("as reports have them", () => {
  fc.assert(
    fc.property(amounts, fc.integer({ min: 1, max: 70 }), (list, top) => {
      expectSame(of("gini", list), reports.gini(rao(list)));
      expectSame(of("entropy", list), reports.normalisedEntropy(rao(list)));
      expectSame(of({ top }, list), reports.topShare(rao(list), top));
    }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(1000), fc.nat(1000)), { minLength: 1, maxLength: 40 }), (pairs) => {
      const [x, y] = [pairs.map(([a]) => a), pairs.map(([, b]) => b)];
      expectSame(of({ correlation: "other" }, x, y), reports.pearson(x, y));
    }),
  );
});

test("no scale changes shares, leaders and correlations", () => {
  fc.assert(
    fc.property(amounts, fc.integer({ min: 1, max: 40 }), (list, power) => {
      const scaled = list.map((value) => value * 2 ** -power);
      for (const rows of ["entropy", "leader", { top: 3 }] as const)
        expect(of(rows, scaled)).toBe(of(rows, list));
      const squares = list.map((value) => value * value);
      const correlation = of({ correlation: "other" }, list, squares);
      expect(of({ correlation: "other" }, scaled, squares)).toBe(correlation);
      expect(Math.abs(correlation)).not.toBeGreaterThan(1);
    }),
  );
});
