import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { spreadLabels } from "../../../reports/charts/label-placement.ts";
import { rangeAround, rangeFromZero, squareRootTicks } from "../../../reports/charts/scale.ts";

describe("direct labels", () => {
  const axis = { low: 0, high: 1, height: 260, gap: 14 };

  test("labels that have room stay where they are", () => {
    expect(spreadLabels([0.2, 0.5, 0.9], axis)).toEqual([0.2, 0.5, 0.9]);
  });

  test("no two overlap, all are within the axis, and their order is that of the values", () => {
    const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(values, (list) => {
        const places = spreadLabels(list, axis);
        const order = list.map((_, i) => i).sort((a, b) => places[a]! - places[b]!);
        for (let k = 1; k < order.length; k++) {
          expect((places[order[k]!]! - places[order[k - 1]!]!) * axis.height).toBeGreaterThanOrEqual(
            axis.gap - 1e-6,
          );
          expect(list[order[k]!]!).toBeGreaterThanOrEqual(list[order[k - 1]!]!);
        }
        for (const place of places) {
          expect(place).toBeGreaterThanOrEqual(-1e-9);
          expect(place).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
    );
  });
});

describe("axes", () => {
  test("round ends at or above the data, and labels with the digits that the steps need", () => {
    expect(rangeFromZero(0.37)).toMatchObject({ low: 0, high: 0.4, percentFormat: ".0%" });
    expect(rangeFromZero(0.0031)).toMatchObject({ low: 0, high: 0.004, percentFormat: ".1%" });
    expect(rangeFromZero(29_520)).toMatchObject({ high: 30_000, numberFormat: ",.0f" });
    expect(rangeFromZero(0)).toMatchObject({ low: 0, high: 1 });
    expect(rangeAround([0.97, 0.99], 0.02).high).toBeLessThanOrEqual(1);
  });

  test("the data always fit", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e12, noNaN: true }), (largest) => {
        const range = rangeFromZero(largest);
        expect(range.high).toBeGreaterThanOrEqual(largest * (1 - 1e-9));
        expect(range.high).toBeLessThanOrEqual(largest * 2.51);
      }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 9 }),
        (values) => {
          const range = rangeAround(values, 0.02);
          expect(range.low).toBeLessThanOrEqual(Math.min(...values) + 1e-9);
          expect(range.high).toBeGreaterThanOrEqual(Math.max(...values) - 1e-9);
        },
      ),
    );
  });

  test("ticks of a square-root axis are apart", () => {
    for (const high of [1, 0.6, 0.05, 0.004]) {
      const places = squareRootTicks(high).map((tick) => Math.sqrt(tick / high));
      expect(places[0]).toBe(0);
      for (let i = 1; i < places.length; i++)
        expect(places[i]! - places[i - 1]!).toBeGreaterThanOrEqual(0.08);
    }
  });
});
