import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bootstrapInterval,
  elasticity,
  pairedDifference,
  rankSensitivities,
  summarise,
} from "../../../reports/metrics/uncertainty.ts";
import { median } from "../../../reports/metrics/quantile.ts";

const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 5, maxLength: 40 });

describe("summary of replicas", () => {
  test("worked: 1 to 5 with t(4) = 2.776", () => {
    const { n, mean, median, band, interval } = summarise([1, 2, 3, 4, 5]);
    expect([n, mean, median]).toEqual([5, 3, 3]);
    expect(band!.low).toBeCloseTo(1.2, 12);
    expect(band!.high).toBeCloseTo(4.8, 12);
    expect(interval!.high - 3).toBeCloseTo(2.776445105197793 * Math.sqrt(2.5 / 5), 12);
    expect(3 - interval!.low).toBeCloseTo(interval!.high - 3, 12);
  });

  test("no band from fewer than 5, no mean from none", () => {
    expect(summarise([1, 2, 3, 4])).toEqual({ n: 4, mean: 2.5, median: 2.5, band: null, interval: null });
    expect(summarise([])).toEqual({ n: 0, mean: null, median: null, band: null, interval: null });
    expect(summarise([1, 2, 3, 4, NaN, Infinity]).band).toBeNull();
    expect(bootstrapInterval([1, 2, 3, 4])).toBeNull();
  });

  test("order does not matter; the mean is in its interval, the median in the band", () => {
    fc.assert(
      fc.property(values, (list) => {
        const { mean, median, band, interval } = summarise(list);
        expect(summarise([...list].reverse()).median).toBe(median);
        expect(interval!.low).toBeLessThanOrEqual(mean!);
        expect(interval!.high).toBeGreaterThanOrEqual(mean!);
        expect(band!.low).toBeLessThanOrEqual(median!);
        expect(band!.high).toBeGreaterThanOrEqual(median!);
      }),
    );
  });
});

describe("paired differences", () => {
  test("what both sides share falls out", () => {
    // Seeds differ a lot, the effect is 1 in every one of them.
    const before = [10, 200, 3000, 40_000, 500_000];
    const difference = pairedDifference(
      before,
      before.map((value) => value + 1),
    );
    expect(difference.mean).toBe(1);
    expect(difference.interval).toEqual({ low: 1, high: 1 });
    expect(() => pairedDifference([1], [1, 2])).toThrow("1 and 2");
  });
});

describe("bootstrap", () => {
  test("the same values give the same interval, inside of what they span", () => {
    fc.assert(
      fc.property(values, (list) => {
        const interval = bootstrapInterval(list, undefined, 200)!;
        expect(bootstrapInterval(list, undefined, 200)).toEqual(interval);
        expect(interval.low).toBeGreaterThanOrEqual(Math.min(...list) - 1e-6);
        expect(interval.high).toBeLessThanOrEqual(Math.max(...list) + 1e-6);
        expect(interval.low).toBeLessThanOrEqual(interval.high);
      }),
      { numRuns: 20 },
    );
  });

  test("of many values it is about as wide as Student's t", () => {
    const list = Array.from({ length: 400 }, (_, i) => (i * 7919) % 400);
    const boot = bootstrapInterval(list)!;
    const t = summarise(list).interval!;
    expect((boot.high - boot.low) / (t.high - t.low)).toBeGreaterThan(0.9);
    expect((boot.high - boot.low) / (t.high - t.low)).toBeLessThan(1.1);
    expect(bootstrapInterval(list, (sample) => median(sample)!, 200)!.low).toBeGreaterThan(150);
  });
});

describe("elasticities", () => {
  const power = (exponent: number) => (p: number) => 3 * p ** exponent;

  test("of a power it is the exponent, for small steps", () => {
    for (const exponent of [-2, 0, 0.5, 1, 3]) {
      const outcome = power(exponent);
      const found = elasticity({
        parameter: "p",
        from: 2,
        to: 2.00001,
        outcomeFrom: outcome(2),
        outcomeTo: outcome(2.00001),
      });
      expect(found).toBeCloseTo(exponent, 4);
    }
  });

  test("undefined from 0 and without a step; ranked by strength", () => {
    const one = (parameter: string, to: number, outcomeTo: number) => ({
      parameter,
      from: 1,
      to,
      outcomeFrom: 1,
      outcomeTo,
    });
    expect(elasticity({ ...one("a", 2, 2), from: 0 })).toBeNull();
    expect(elasticity(one("a", 1, 2))).toBeNull();
    expect(elasticity({ ...one("a", 2, 2), outcomeFrom: 0 })).toBeNull();
    const ranked = rankSensitivities([
      one("weak", 2, 1.5),
      one("none", 1, 1),
      one("strong", 2, -2),
      one("same", 2, 0.5),
    ]);
    expect(ranked.map(({ sensitivity }) => sensitivity.parameter)).toEqual([
      "strong",
      "weak",
      "same",
      "none",
    ]);
  });
});
