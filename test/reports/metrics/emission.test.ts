import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emissionConcentration } from "../../../reports/metrics/emission-concentration.ts";
import {
  cumulativeByRole,
  EMISSION_ROLES,
  emissionResidual,
  nominalSplit,
  sumByRole,
} from "../../../reports/metrics/emission-by-role.ts";
import { gini } from "../../../reports/metrics/gini.ts";
import {
  alphaDistributionRatio,
  baselineRatio,
  exitPrice,
  haircut,
  liquidationPrice,
} from "../../../reports/metrics/haircut.ts";
import { annualisedInflation, instantInflation } from "../../../reports/metrics/inflation.ts";
import {
  halvingDelay,
  halvingsPassed,
  halvingsWithin,
  halvingThreshold,
  SUPPLY_CAP,
  supplyShare,
} from "../../../reports/metrics/issuance.ts";
import { netFlow, netSubsidy, positiveFlows } from "../../../reports/metrics/net-subsidy.ts";
import { ownerExtraction } from "../../../reports/metrics/owner-extraction.ts";
import { balancedPool, exitValue } from "../../../reports/metrics/pool.ts";
import { crossingsOfOne, equilibriumPriceSum, priceSum } from "../../../reports/metrics/price-sum.ts";
import { takeRevenue } from "../../../reports/metrics/take-revenue.ts";
import { taoShares, taoSplitResidual } from "../../../reports/metrics/tao-split.ts";
import { held, total } from "./amounts.ts";

const TAO = 1_000_000_000n;
const rao = fc.bigInt({ min: 0n, max: 2n ** 60n });

describe("M50 emission by role", () => {
  const part = fc
    .array(rao, { minLength: EMISSION_ROLES.length, maxLength: EMISSION_ROLES.length })
    .map((list) => new Map(EMISSION_ROLES.map((role, i) => [role, list[i]!] as const)));

  test("sums are exact in any order, and the running sum ends with the sum", () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (parts) => {
        const sums = sumByRole(parts);
        expect([...sumByRole([...parts].reverse())]).toEqual([...sums]);
        expect(cumulativeByRole(parts).at(-1)).toEqual(sums);
        const emitted = parts.reduce((all, roles) => all + total([...roles.values()]), 0n);
        expect(emissionResidual(emitted + 3n, sums)).toBe(3n);
      }),
    );
  });

  test("18, 41 and 41 %, of which root has its proportion", () => {
    const split = nominalSplit(0.18, 0.25);
    expect(split.miners).toBeCloseTo(0.41, 15);
    expect(split.root).toBeCloseTo(0.1025, 15);
    expect(split.validators + split.root).toBeCloseTo(0.41, 15);
    expect(split.owner + split.miners + split.validators + split.root).toBeCloseTo(1, 15);
  });
});

test("M51 shares of TAO, and books that close", () => {
  const subnets = [
    { injected: 10n, chainBuy: 20n, recycled: 1n },
    { injected: 70n, chainBuy: 0n, recycled: 2n },
  ];
  expect(taoShares(subnets)).toEqual([0.3, 0.7]);
  expect(taoSplitResidual(103n, subnets)).toBe(0n);
  expect(taoSplitResidual(104n, subnets)).toBe(1n);
  expect(taoShares([{ injected: 0n, chainBuy: 0n, recycled: 9n }])).toBeNull();
});

describe("M52 issuance", () => {
  test("thresholds of the curve: 10.5M, 15.75M, 18.375M ...", () => {
    expect([0, 1, 2, 3, 4].map(halvingThreshold)).toEqual([
      10_500_000n * TAO,
      15_750_000n * TAO,
      18_375_000n * TAO,
      19_687_500n * TAO,
      20_343_750n * TAO,
    ]);
    expect(halvingsPassed(10_500_000n * TAO - 1n)).toBe(0);
    expect(halvingsPassed(10_500_000n * TAO)).toBe(1);
    expect(halvingsPassed(SUPPLY_CAP)).toBe(55);
    expect(supplyShare(SUPPLY_CAP / 4n)).toBe(0.25);
    expect(halvingDelay(7_200n * TAO, TAO)).toBe(7200);
    expect(halvingDelay(1n, 0n)).toBeNull();
  });

  test("halvings between samples", () => {
    const samples = [
      { block: 100, issuance: 10_400_000n * TAO },
      { block: 200, issuance: 10_500_001n * TAO },
      { block: 300, issuance: 10_600_000n * TAO },
      { block: 400, issuance: 18_400_000n * TAO },
    ];
    expect(halvingsWithin(samples).map(({ number, block }) => [number, block])).toEqual([
      [1, 200],
      [2, 400],
      [3, 400],
    ]);
    expect(halvingsWithin(samples.slice(1, 3))).toEqual([]);
  });

  test("past as many halvings as thresholds are at or below", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: SUPPLY_CAP }), (issuance) => {
        const k = halvingsPassed(issuance);
        if (k > 0) expect(issuance >= halvingThreshold(k - 1)).toBe(true);
        if (k < 55) expect(issuance < halvingThreshold(k)).toBe(true);
      }),
    );
  });
});

describe("M53 inflation", () => {
  test("worked", () => {
    expect(annualisedInflation(100n, 110n, 365)).toBeCloseTo(0.1, 12);
    expect(annualisedInflation(100n, 110n, 182.5)).toBeCloseTo(0.21, 12);
    expect(annualisedInflation(0n, 1n, 1)).toBeNull();
    expect(instantInflation(7_200n * TAO, 10_000_000n * TAO)).toBeCloseTo(0.2628, 12);
    expect(instantInflation(1n, 0n)).toBeNull();
  });

  test("a rao in all TAO is not lost, and two windows compound to one", () => {
    expect(annualisedInflation(SUPPLY_CAP - 1n, SUPPLY_CAP, 365)).toBeCloseTo(1 / 2.1e16, 25);
    fc.assert(
      fc.property(fc.bigInt({ min: 1000n, max: 10n ** 16n }), fc.nat(100), fc.nat(100), (first, a, b) => {
        const second = first + (first * BigInt(a)) / 100n;
        const third = second + (second * BigInt(b)) / 100n;
        const [x, y] = [annualisedInflation(first, second, 365)!, annualisedInflation(second, third, 365)!];
        expect(annualisedInflation(first, third, 730)).toBeCloseTo(Math.sqrt((1 + x) * (1 + y)) - 1, 9);
      }),
    );
  });
});

test("M54 take revenue", () => {
  const result = takeRevenue([
    { nominatedDividends: 65_535n, ownDividends: 0n, take: 11_796, cost: 11_795n },
    { nominatedDividends: 65_535n, ownDividends: 131_070n, take: 0, cost: 0n },
  ]);
  expect(result.byOperator).toEqual([11_796n, 0n]);
  expect(result.total).toBe(11_796n);
  expect(result.shareOfDividends).toBeCloseTo(0.18 / 4, 5);
  expect(result.meanTake).toBeCloseTo(0.09, 5);
  expect(result.margins).toEqual([1n, 0n]);
  expect(result.aboveBreakEven).toBe(1);
  expect(takeRevenue([])).toMatchObject({ total: 0n, shareOfDividends: null, meanTake: null });
});

test("M55 owner extraction", () => {
  expect(
    ownerExtraction({ received: 100n, sold: 75n, locked: 25n, realisedTao: 30n, emittedTao: 40n }),
  ).toEqual({ soldPart: 0.75, lockedPart: 0.25, realisedOfEmission: 0.75 });
  expect(ownerExtraction({ received: 0n, sold: 1n, locked: 0n, realisedTao: 1n, emittedTao: 0n })).toEqual({
    soldPart: null,
    lockedPart: null,
    realisedOfEmission: null,
  });
});

test("M56 net subsidy", () => {
  const flows = { emission: 100n, chainBuys: 50n, rootSells: 20n, userIn: 10n, userOut: 40n };
  expect(netSubsidy(flows)).toBe(100n);
  expect(netFlow(flows)).toBe(-30n);
  // Users that bring more than they take do not raise the subsidy.
  expect(netSubsidy({ ...flows, userIn: 500n })).toBe(130n);
  expect(positiveFlows([flows, { ...flows, userIn: 41n }, { ...flows, userIn: 40n }])).toBe(1);
});

describe("M57 ADR and haircut", () => {
  test("worked", () => {
    expect(alphaDistributionRatio(82n, 41n)).toBe(2);
    expect(alphaDistributionRatio(1n, 0n)).toBeNull();
    expect(baselineRatio(1, 3)).toBe(0.25);
    expect(liquidationPrice(50n, 200n)).toBe(0.25);
    expect(haircut(0.25, 0.5)).toBe(0.5);
    expect(haircut(0.25, 0)).toBeNull();
    expect(exitPrice(50n, 100n, 300n)).toBe(0.125);
  });

  test("the exit price is what the pool pays, and never above the liquidation price", () => {
    const reserve = fc.bigInt({ min: 1n, max: 10n ** 15n });
    fc.assert(
      fc.property(reserve, reserve, reserve, (tao, alpha, outstanding) => {
        const exit = exitPrice(tao, alpha, outstanding)!;
        expect(exit).toBeLessThanOrEqual(liquidationPrice(tao, outstanding)!);
        const paid = exitValue(balancedPool(Number(tao), Number(alpha)), Number(outstanding));
        expect(paid / Number(outstanding) / exit).toBeCloseTo(1, 6);
      }),
    );
  });
});

test("M58 sum of prices", () => {
  expect(priceSum([0.5, 0.25])).toBe(0.75);
  expect(priceSum([])).toBe(0);
  expect(crossingsOfOne([0.9, 1, 1.1, 1.2, 1, 1.3])).toEqual([
    { index: 2, direction: "up" },
    { index: 4, direction: "down" },
    { index: 5, direction: "up" },
  ]);
  expect(equilibriumPriceSum(0.5, 0.3, 0.2)).toBe(1);
  expect(equilibriumPriceSum(0.5, 0, 0)).toBeNull();
});

test("M59 is the measures of section A", () => {
  fc.assert(
    fc.property(held, (list) => {
      const result = emissionConcentration(list);
      expect(result.gini).toBe(gini(list));
      expect(result.effective! * result.herfindahl!).toBeCloseTo(1, 12);
      if (list.length <= 8) expect(result.topEight).toBe(1);
    }),
  );
  expect(emissionConcentration([5n, 3n, 2n], { numerator: 3n, denominator: 10n })).toMatchObject({
    nakamoto: 2,
    rank: 2,
    topEight: 1,
    belowBar: 0.2,
  });
  expect(Object.values(emissionConcentration([0n])).every((value) => value === null)).toBe(true);
});
