import { describe, expect, test } from "vitest";
import { clipWeights } from "../../../kernels/variants/clipping.ts";
import {
  bisectedConsensus,
  quantiseConsensus,
  sortedConsensus,
} from "../../../kernels/variants/consensus.ts";
import { normaliseDividends } from "../../../kernels/variants/dividends.ts";
import { liquidRates } from "../../../kernels/variants/liquid-alpha.ts";
import { type Matrix, newMatrix } from "../../../kernels/variants/matrix.ts";
import { findVariant, VARIANTS } from "../../../kernels/variants/names.ts";
import {
  proportionalIncentives,
  serverTrust,
  validatorTrust,
  winnerTakesAllIncentives,
} from "../../../kernels/variants/ranks.ts";
import { CHART_LIQUID_ALPHA } from "../../../kernels/variants/settings.ts";
import { effectiveWeights, normaliseStakes, normaliseWeights } from "../../../kernels/variants/weights.ts";

const f64 = (...values: number[]) => Float64Array.from(values);

function matrix(...rows: (readonly number[])[]): Matrix {
  const columns = rows[0]?.length ?? 0;
  return { rows: rows.length, columns, values: Float64Array.from(rows.flat()) };
}

test("names are understood in both spellings", () => {
  expect(findVariant("YUMA3_LIQUID")).toBe("yuma3-liquid");
  expect(VARIANTS.map((name) => findVariant(name))).toEqual([...VARIANTS]);
  expect(VARIANTS.map((name) => findVariant(name.toUpperCase().replace("-", "_")))).toEqual([...VARIANTS]);
  expect(findVariant("yuma4")).toBeUndefined();
});

test("rows are divided by their sum + 1e-6, empty rows stay empty; stakes by their sum", () => {
  const weights = newMatrix(2, 2);
  normaliseWeights(matrix([3, 1], [0, 0]), weights);
  expect([...weights.values]).toEqual([3 / 4.000001, 1 / 4.000001, 0, 0]);
  const shares = new Float64Array(3);
  normaliseStakes(f64(8, 1, 1), shares);
  expect([...shares]).toEqual([0.8, 0.1, 0.1]);
});

describe("consensus", () => {
  const sorted = (weights: Matrix, shares: Float64Array, kappa: number) => {
    const consensus = new Float64Array(weights.columns);
    sortedConsensus(weights, shares, kappa, new Uint32Array(weights.rows), consensus);
    return [...consensus];
  };
  const bisected = (weights: Matrix, shares: Float64Array, kappa: number) => {
    const consensus = new Float64Array(weights.columns);
    bisectedConsensus(weights, shares, kappa, consensus);
    return [...consensus];
  };

  test("is the highest weight that kappa of the stake supports", () => {
    const weights = matrix([0.7, 0.3], [0.2, 0.8], [0.4, 0.6]);
    expect(sorted(weights, f64(0.4, 0.35, 0.25), 0.5)).toEqual([0.4, 0.6]);
    expect(sorted(weights, f64(0.4, 0.35, 0.25), 0.3)).toEqual([0.7, 0.8]);
    expect(sorted(weights, f64(0.4, 0.35, 0.25), 1)).toEqual([0.2, 0.3]);
    expect(sorted(weights, f64(0.4, 0.35, 0.25), 0)).toEqual([0.7, 0.8]);
    bisected(weights, f64(0.4, 0.35, 0.25), 0.5).forEach((found, j) =>
      expect(found).toBeCloseTo([0.4, 0.6][j]!, 4),
    );
  });

  test("at an exact tie is all or nothing: >= when sorted, > when bisected", () => {
    const weights = matrix([1, 0], [0, 1]);
    expect(sorted(weights, f64(0.5, 0.5), 0.5)).toEqual([1, 1]);
    for (const found of bisected(weights, f64(0.5, 0.5), 0.5)) {
      expect(found).toBeGreaterThan(0);
      expect(found).toBeLessThan(1e-5);
    }
  });

  test("is the largest weight where rounding keeps the sum of stake below kappa", () => {
    const shares = f64(0.1, 0.2, 0.7);
    // (0.7 + 0.2) + 0.1 = 0.9999999999999999
    const weights = matrix([0.1, 0.9], [0.2, 0.8], [0.3, 0.7]);
    expect(sorted(weights, shares, 1)).toEqual([0.3, 0.7]);
  });

  test("is quantised by truncation, dividing before multiplying", () => {
    const quotients = new Float64Array(3);
    const consensus = f64(0.6, 0.4, 0);
    expect(quantiseConsensus(consensus, false, quotients)).toBe(true);
    expect([...consensus].map((q) => q * 65_535)).toEqual([39_321, 26_214, 0]);
    expect([...quotients]).toEqual([39_321, 26_214, 0]);
  });

  test("without any majority is 0, and with compat the x86 conversion of not-a-number", () => {
    const consensus = f64(0, 0);
    expect(quantiseConsensus(consensus, false, new Float64Array(2))).toBe(false);
    expect([...consensus]).toEqual([0, 0]);
    expect(quantiseConsensus(consensus, true, new Float64Array(2))).toBe(false);
    expect([...consensus]).toEqual([-2_147_483_648 / 65_535, -2_147_483_648 / 65_535]);
  });
});

test("weights are cut at the consensus; the bonds penalty mixes cut and uncut ones", () => {
  const weights = matrix([0.7, 0.3], [0.2, 0.8]);
  const clipped = newMatrix(2, 2);
  clipWeights(weights, f64(0.5, 0.5), clipped);
  expect([...clipped.values]).toEqual([0.5, 0.3, 0.2, 0.5]);
  const effective = newMatrix(2, 2);
  effectiveWeights(weights, clipped, 0.5, effective);
  effective.values.forEach((e, at) => expect(e).toBeCloseTo([0.6, 0.3, 0.2, 0.65][at]!, 15));
  const trust = new Float64Array(2);
  validatorTrust(weights, clipped, trust);
  trust.forEach((share, i) => expect(share).toBeCloseTo([0.8, 0.7][i]!, 15));
});

test("incentives are proportional to rank, or all for the highest", () => {
  const incentives = new Float64Array(3);
  proportionalIncentives(f64(1, 2, 1), incentives);
  expect([...incentives]).toEqual([0.25, 0.5, 0.25]);
  proportionalIncentives(f64(0, 0, 0), incentives);
  expect([...incentives]).toEqual([0, 0, 0]);
  winnerTakesAllIncentives(f64(1, 2, 1), incentives);
  expect([...incentives]).toEqual([0, 1, 0]);
  winnerTakesAllIncentives(f64(2, 2, 1), incentives);
  expect([...incentives]).toEqual([0.5, 0.5, 0]);
  const trust = new Float64Array(2);
  serverTrust(f64(0.5, 0), f64(1, 0), trust);
  expect([...trust]).toEqual([0.5, 0]);
});

test("dividends end just below 1, and stay 0 where there are none", () => {
  const dividends = f64(3, 1);
  normaliseDividends(dividends);
  expect([...dividends]).toEqual([3 / 4.000001, 1 / 4.000001]);
  const none = f64(0, 0);
  normaliseDividends(none);
  expect([...none]).toEqual([0, 0]);
});

describe("liquid alpha", () => {
  const rateOf = (
    weight: number,
    bond: number,
    now: number,
    before: number,
    mode: "CURRENT" | "PREVIOUS" | "MIXED",
    changes: Partial<typeof CHART_LIQUID_ALPHA> = {},
  ) => {
    const rates = newMatrix(1, 1);
    const layout = { rows: 1, columns: 1, validators: 1, firstServer: 0 };
    const settings = { ...CHART_LIQUID_ALPHA, ...changes };
    liquidRates(matrix([weight]), matrix([bond]), f64(now), f64(before), mode, settings, layout, rates);
    return rates.values[0]!;
  };

  test("gives nearly alpha_low at agreement and nearly alpha_high at full departure", () => {
    const step = 0.2 / (1 + Math.exp(5));
    expect(rateOf(0.5, 0.2, 0.5, 0.5, "CURRENT")).toBeCloseTo(0.1 + step, 12);
    expect(rateOf(1, 0, 0, 0, "CURRENT")).toBeCloseTo(0.3 - step, 12);
    expect(rateOf(0, 1, 0.7, 0.7, "CURRENT")).toBeCloseTo(0.3 - step, 12);
    expect(rateOf(0.75, 0, 0.25, 0, "CURRENT")).toBeCloseTo(0.2, 12);
  });

  test("looks at this consensus, the last one, or the larger", () => {
    expect(rateOf(0.75, 0, 0.25, 0.75, "CURRENT")).toBeCloseTo(0.2, 12);
    expect(rateOf(0.75, 0, 0.75, 0.25, "PREVIOUS")).toBeCloseTo(0.2, 12);
    expect(rateOf(0.75, 0, 0.25, 0.1, "MIXED")).toBeCloseTo(0.2, 12);
    expect(rateOf(0.75, 0, 0.1, 0.25, "MIXED")).toBeCloseTo(0.2, 12);
  });

  test("is the upper bound everywhere when the bounds are the wrong way round", () => {
    for (const gap of [0, 0.3, 1])
      expect(rateOf(gap, 0, 0, 0, "CURRENT", { alphaLow: 0.3, alphaHigh: 0.1 })).toBe(0.1);
  });
});
