import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maxUpscale } from "../../../sim/scenario/upscale.ts";

describe("max-upscale", () => {
  test("gives the worked examples (spec/weights.md 9)", () => {
    expect([...maxUpscale([1, 2, 3])]).toEqual([21_845, 43_690, 65_535]);
    expect([...maxUpscale([40_000, 20_000, 1])]).toEqual([65_535, 32_767, 2]);
    expect([...maxUpscale([32_768, 1])]).toEqual([65_535, 2]);
    expect([...maxUpscale([0, 0])]).toEqual([0, 0]);
    expect([...maxUpscale([65_535, 1])]).toEqual([65_535, 1]);
    expect([...maxUpscale([60_996, 31_694])]).toEqual([65_535, 34_052]);
    expect([...maxUpscale([])]).toEqual([]);
  });

  test("is the rounded quotient up to a largest of 32768, and at most one lower above", () => {
    const row = fc.array(fc.integer({ min: 0, max: 65_535 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(row, (values) => {
        const largest = BigInt(Math.max(...values));
        const scaled = maxUpscale(values);
        values.forEach((value, k) => {
          const rounded =
            largest === 0n ? 0 : Number((2n * BigInt(value) * 65_535n + largest) / (2n * largest));
          expect([rounded, ...(largest > 32_768n ? [rounded - 1] : [])]).toContain(scaled[k]);
        });
        if (largest > 0n) expect(Math.max(...scaled)).toBe(65_535);
      }),
    );
  });

  test("rounds fractions by their decimals", () => {
    expect([...maxUpscale([0.5, 0.25])]).toEqual([65_535, 32_768]);
    expect([...maxUpscale([0.3, 0.6])]).toEqual([32_768, 65_535]);
    expect([...maxUpscale([0.5, 0.000007629453])]).toEqual([65_535, 1]);
    expect([...maxUpscale([0.5, 1e-9])]).toEqual([65_535, 0]);
    expect([...maxUpscale([0.1, 0, 2.5])]).toEqual([2621, 0, 65_535]);
  });

  test("a fraction in the row changes nothing up to a largest of 32768", () => {
    const row = fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(row, (values) => {
        // Ten times each: the same relations, as whole numbers and as tenths.
        expect([...maxUpscale(values.map((value) => value / 10))]).toEqual([...maxUpscale(values)]);
      }),
    );
  });
});
