import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatEstimate, formatFigure, formatFigures } from "../../../reports/text/figures.ts";

describe("figures of any size", () => {
  test.each([
    [null, "–"],
    [0, "0"],
    [0.1, "0.1"],
    [-34.1, "−34.1"],
    [816.04, "816"],
    [999.96, "1,000"],
    [23_074.4, "23,074"],
    [1e-4, "0.0001"],
    [9.08e-8, "9.08×10⁻⁸"],
    [-1.5e12, "−1.50×10¹²"],
    [999_999_999.9, "1,000,000,000"],
  ])("%d is written %s", (value, text) => {
    expect(formatFigure(value)).toBe(text);
  });
});

describe("figures that are read beside each other", () => {
  test("get the digits that tell them apart, and no more", () => {
    expect(formatFigures([0.333332, 0.3333651, null, 0.3333333])).toEqual([
      "0.333332",
      "0.333365",
      "–",
      "0.333333",
    ]);
    expect(formatFigures([23_074.49, 23_073.51])).toEqual(["23,074.5", "23,073.5"]);
    expect(formatFigures([0.1, 0.5])).toEqual(["0.1", "0.5"]);
    expect(formatFigures([7, 7, 7])).toEqual(["7", "7", "7"]);
  });

  test("larger ones are never written as the smaller, and those that differ by a thousandth differ in writing", () => {
    const sizes = fc.double({ min: 1e-3, max: 1e8, noNaN: true });
    fc.assert(
      fc.property(sizes, fc.double({ min: 1.001, max: 3, noNaN: true }), (value, factor) => {
        const [small, large] = formatFigures([value, value * factor]);
        const numbers = [small!, large!].map((text) => Number(text.replaceAll(",", "")));
        expect(numbers[0]).toBeLessThan(numbers[1]!);
      }),
    );
  });
});

describe("estimates", () => {
  test("show their interval where it can be seen", () => {
    expect(formatEstimate({ mean: 0.95, low: 0.94, high: 0.96, count: 20 })).toBe("0.95 [0.94, 0.96]");
    expect(formatEstimate({ mean: 0.93783, low: 0.9378299, high: 0.9378301, count: 20 })).toBe("0.93783");
    expect(formatEstimate({ mean: 2, low: null, high: null, count: 1 })).toBe("2");
    expect(formatEstimate({ mean: null, low: null, high: null, count: 0 })).toBe("undefined");
  });
});
