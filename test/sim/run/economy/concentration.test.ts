/** Measures of concentration in floats, against the exact ones of reports. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  capAtPercentile,
  gini as exactGini,
  nakamotoCoefficient,
} from "../../../../reports/metrics/index.ts";
import { coalition, gini, percentile, topShare } from "../../../../sim/run/economy/concentration.ts";

const amounts = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 60 });
const rao = (values: readonly number[]): bigint[] => values.map(BigInt);

test("worked", () => {
  expect([gini([1, 1, 1, 1]), gini([0, 0, 0, 4]), gini([])]).toEqual([0, 0.75, 0]);
  expect(topShare([5, 3, 1, 1], 0.25)).toBe(0.5);
  expect([percentile([4, 1, 3, 2], 0.5), percentile([1, 2], 1), percentile([], 0.5)]).toEqual([
    2.5,
    2,
    Infinity,
  ]);
  // Half is not more than half.
  expect([coalition([5, 3, 1, 1], 0.5), coalition([5, 3, 1, 1], 0.49), coalition([], 0.5)]).toEqual([
    2, 1, 0,
  ]);
});

test("as the exact ones have it", () => {
  fc.assert(
    fc.property(amounts, (values) => {
      expect(gini(values)).toBeCloseTo(exactGini(rao(values)) ?? 0, 12);
      // A half is exact in floats.
      expect(coalition(values, 0.5)).toBe(nakamotoCoefficient(rao(values)) ?? 0);
    }),
  );
});

test("a percentile is that of capped distributions, which rounds down to a whole rao", () => {
  fc.assert(
    fc.property(amounts, fc.integer({ min: 1, max: 100 }), (values, q) => {
      const { cap } = capAtPercentile(rao(values), { numerator: BigInt(q), denominator: 100n })!;
      const ours = percentile(values, q / 100);
      expect(ours).toBeGreaterThanOrEqual(Number(cap) - 1e-6);
      expect(ours).toBeLessThan(Number(cap) + 1 + 1e-6);
    }),
  );
});
