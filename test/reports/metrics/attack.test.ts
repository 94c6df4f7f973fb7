import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { consensusDistance, minerTrust } from "../../../reports/metrics/alignment.ts";
import {
  attackCost,
  attackProfit,
  breakEven,
  damageByRole,
  forgoneYield,
  griefingFactor,
  peakCapital,
  recoveryTime,
  returnOnCost,
} from "../../../reports/metrics/attack-economics.ts";
import { copyPenalty, smallestDelayBelow } from "../../../reports/metrics/copy-penalty.ts";
import { copierRegime } from "../../../reports/metrics/dividend-rate.ts";
import { correlationByGroup, incentiveEfficiency } from "../../../reports/metrics/incentive-efficiency.ts";
import { kappaMajorityCost } from "../../../reports/metrics/kappa-cost.ts";
import { sharePath, timeToMajority } from "../../../reports/metrics/majority.ts";
import { balancedPool, buyAlpha } from "../../../reports/metrics/pool.ts";
import {
  equilibriumRegistrations,
  registrationMarket,
} from "../../../reports/metrics/registration-market.ts";
import { meanRelativeDividend, relativeDividend } from "../../../reports/metrics/relative-dividend.ts";
import { honestEmission, retention } from "../../../reports/metrics/retention.ts";
import {
  hazardAfter,
  medianSurvival,
  shareNeverPaid,
  survivalCurve,
} from "../../../reports/metrics/survival.ts";
import { held } from "./amounts.ts";

const ratio = fc.double({ min: 0, max: 1, noNaN: true });

describe("M20 retention", () => {
  test("worked", () => {
    expect(honestEmission({ stake: 0.6, dividends: 0.7, incentive: 0.5, validatorPart: 0.5 })).toBeCloseTo(
      0.6,
    );
    expect(retention({ stake: 0.5, dividends: 0.75, incentive: 0.25, validatorPart: 0.5 })).toBe(0);
    expect(retention({ stake: 0.6, dividends: 1, incentive: 0, validatorPart: 0.25 })).toBeCloseTo(-0.35, 15);
  });

  test("what one side keeps the other loses", () => {
    fc.assert(
      fc.property(ratio, ratio, ratio, ratio, (stake, dividends, incentive, validatorPart) => {
        const ours = retention({ stake, dividends, incentive, validatorPart });
        const theirs = retention({
          stake: 1 - stake,
          dividends: 1 - dividends,
          incentive: 1 - incentive,
          validatorPart,
        });
        expect(ours + theirs).toBeCloseTo(0, 12);
      }),
    );
  });
});

describe("M22 time to majority", () => {
  test("a coalition that earns all grows, one that earns its share does not", () => {
    expect(sharePath(0.4, 100, 100, [1, 1])).toEqual([0.4, 0.7, 0.8]);
    expect(timeToMajority([0.4, 0.5, 0.51], 0.5)).toBe(2);
    expect(timeToMajority([0.4, 0.3], 0.5)).toBeNull();
  });

  test("the path stays between where it is and what it earns", () => {
    fc.assert(
      fc.property(ratio, ratio, fc.double({ min: 1, max: 1e6, noNaN: true }), (share, earned, emission) => {
        const path = sharePath(share, 1e6, emission, [earned, earned, earned]);
        for (const value of path) {
          expect(value).toBeGreaterThanOrEqual(Math.min(share, earned) - 1e-12);
          expect(value).toBeLessThanOrEqual(Math.max(share, earned) + 1e-12);
        }
      }),
    );
  });
});

test("M23 regimes at an 18 % take", () => {
  expect([1.01, 1, 0.83, 0.82, 0.5].map((rate) => copierRegime(rate, 0.18))).toEqual([
    "pays more than honest",
    "pays more without take",
    "pays more without take",
    "never pays more",
    "never pays more",
  ]);
});

describe("M24 relative dividend", () => {
  test("worked", () => {
    expect([...relativeDividend([6n, 2n], [1n, 1n])!]).toEqual([0.25, -0.25]);
    expect(relativeDividend([0n], [1n])).toBeNull();
    expect(meanRelativeDividend([0.6, 0.5], [0.5, 0.5])!.mean).toBeCloseTo(0.05, 15);
    expect(meanRelativeDividend([0.6, 0.5], [0.5, 0.5])!.ofStake).toBeCloseTo(0.1, 15);
    expect(meanRelativeDividend([], [])).toBeNull();
  });

  test("adds up to 0 over all validators, and is 0 for dividends in proportion", () => {
    fc.assert(
      fc.property(held, (list) => {
        const turned = [...list].reverse();
        const sum = relativeDividend(list, turned)!.reduce((all, part) => all + part, 0);
        expect(sum).toBeCloseTo(0, 12);
        expect(
          relativeDividend(
            list.map((amount) => 3n * amount),
            list,
          )!.every((part) => part === 0),
        ).toBe(true);
      }),
    );
  });
});

test("M26 distance and miner trust", () => {
  expect(consensusDistance([0.5, 0.5], [0.25, 0.75])).toBe(0.25);
  expect(consensusDistance([], [])).toBeNull();
  // Validators of 0.6 and 0.4 weigh 0.5 and 1.0; consensus 0.5 clips the second.
  expect(minerTrust([0.6, 0.4], [0.5, 1], 0.5)).toBeCloseTo(0.5 / 0.7, 15);
  expect(minerTrust([0.6, 0.4], [0.5, 0.5], 0.5)).toBe(1);
  expect(minerTrust([1, 0], [0, 1], 0.5)).toBeNull();
});

test("M27 copy penalty", () => {
  expect(copyPenalty(0.9, 1.2)).toBeCloseTo(0.25, 15);
  expect(copyPenalty(0.9, 0)).toBeNull();
  const copiers = [
    { delay: 2, rate: 0.95 },
    { delay: 0, rate: 1.1 },
    { delay: 1, rate: 1 },
    { delay: 5, rate: 0.8 },
  ];
  expect(smallestDelayBelow(copiers, 1)).toBe(2);
  expect(smallestDelayBelow(copiers, 0.82)).toBe(5);
  expect(smallestDelayBelow(copiers, 0.5)).toBeNull();
});

describe("M28 attack economics", () => {
  test("profit, cost, return, damage", () => {
    const cost = attackCost({ burned: 5n, fees: 1n, slippage: 2n, bribes: 0n, forgoneYield: 2n });
    expect(cost).toBe(10n);
    expect(attackProfit(125n, 120n)).toBe(5n);
    expect(returnOnCost(5n, cost)).toBe(0.5);
    expect(returnOnCost(5n, 0n)).toBeNull();
    expect(griefingFactor(-30n, cost)).toBe(-3);
    expect(griefingFactor(30n, 0n)).toBeNull();
    expect(peakCapital([3n, 9n, 4n])).toBe(9n);
    const damage = damageByRole(
      new Map([
        ["miners", 10n],
        ["owners", 4n],
      ]),
      new Map([
        ["miners", 7n],
        ["attacker", 9n],
      ]),
    );
    expect([...damage]).toEqual([
      ["miners", 3n],
      ["owners", 4n],
      ["attacker", -9n],
    ]);
  });

  test("forgone yield is exact to a rao", () => {
    // 25 % a year for a year and for 73 days.
    expect(forgoneYield(1_000_000_000_000n, 0.25, 365)).toBe(250_000_000_000n);
    expect(forgoneYield(20_000_000_000_000_000n, 0.5, 73)).toBeGreaterThanOrEqual(1_999_999_999_999_999n);
    expect(forgoneYield(20_000_000_000_000_000n, 0.5, 73)).toBeLessThanOrEqual(2_000_000_000_000_000n);
  });

  test("break-even is bracketed, or there is none", () => {
    fc.assert(
      fc.property(fc.double({ min: -9, max: 9, noNaN: true }), fc.boolean(), (root, falls) => {
        const sign = falls ? -1 : 1;
        const bracket = breakEven((x) => sign * (x - root), { low: -10, high: 10 }, 1e-6)!;
        expect(bracket.high - bracket.low).toBeLessThanOrEqual(1e-6);
        expect(bracket.low).toBeLessThanOrEqual(root);
        expect(bracket.high).toBeGreaterThanOrEqual(root);
      }),
    );
    expect(breakEven((x) => x * x + 1, { low: -1, high: 1 }, 0.1)).toBeNull();
    // The doubles end before the width does.
    expect(breakEven((x) => x - 0.1, { low: 0, high: 1 }, 0)!.high).toBeGreaterThan(0.0999);
  });

  test("recovery lasts until the end", () => {
    const control = [100, 100, 100, 100, 100];
    expect(recoveryTime([100, 50, 99, 90, 99.5], control, 1)).toBe(3);
    expect(recoveryTime([100, 50, 99, 99, 100], control, 1)).toBe(1);
    expect(recoveryTime([100, 50, 50, 50, 50], control, 1)).toBeNull();
  });
});

describe("M29 cost of a kappa majority", () => {
  test("what it buys is kappa of all", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.double({ min: 1, max: 1e5, noNaN: true }),
        (kappa, stake) => {
          const pool = { ...balancedPool(1e4, 1e6), fee: 0.0005 };
          const { alpha, throughPool, throughRoot } = kappaMajorityCost(pool, stake, kappa, 0.18);
          expect(alpha / (stake + alpha)).toBeCloseTo(kappa, 9);
          expect(throughRoot * 0.18).toBeCloseTo(alpha, 6);
          if (Number.isFinite(throughPool)) expect(buyAlpha(pool, throughPool) / alpha).toBeCloseTo(1, 9);
          else expect(alpha).toBeGreaterThanOrEqual(1e6);
        },
      ),
    );
  });

  test("worked, and more than the pool has", () => {
    // kappa 1/2 of 1,000: 1,000 alpha of 3,000 in the pool for 100 TAO: 100 x 1000 / 2000.
    expect(kappaMajorityCost(balancedPool(100, 3000), 1000, 0.5, 0.18).throughPool).toBe(50);
    expect(kappaMajorityCost(balancedPool(100, 1000), 1000, 0.5, 0).throughPool).toBe(Infinity);
    expect(kappaMajorityCost(balancedPool(100, 1000), 1000, 0.5, 0).throughRoot).toBe(Infinity);
  });
});

describe("M30 and M31", () => {
  test("incentive in proportion to quality", () => {
    const quality = Array.from({ length: 20 }, (_, j) => j);
    const same = incentiveEfficiency(
      quality.map((q) => BigInt(3 * q)),
      quality,
    );
    expect(same.pearson).toBeCloseTo(1, 12);
    expect(same.spearman).toBeCloseTo(1, 12);
    expect(same.topDecileShare).toBeCloseTo(37 / 190, 15);
    expect(same.scoreError).toBeCloseTo(0, 15);
  });

  test("all for the worst", () => {
    const worst = incentiveEfficiency([1, 0], [0, 1]);
    expect(worst).toEqual({ pearson: -1, spearman: -1, topDecileShare: 0, scoreError: 1 });
    expect(incentiveEfficiency([0, 0], [0, 1])).toEqual({
      pearson: null,
      spearman: null,
      topDecileShare: null,
      scoreError: null,
    });
  });

  test("groups stay apart", () => {
    const pairs = [
      { group: "1 miners", x: 1, y: 1 },
      { group: "2 miners", x: 1, y: 2 },
      { group: "1 miners", x: 2, y: 2 },
      { group: "2 miners", x: 2, y: 1 },
      { group: "3 miners", x: 2, y: 1 },
    ];
    expect([...correlationByGroup(pairs)]).toEqual([
      ["1 miners", 1],
      ["2 miners", -1],
      ["3 miners", null],
    ]);
  });
});

describe("M32 life table", () => {
  test("worked by hand: six patients of a textbook", () => {
    const lifetimes = [
      { blocks: 6, ended: true },
      { blocks: 6, ended: false },
      { blocks: 7, ended: true },
      { blocks: 9, ended: false },
      { blocks: 10, ended: true },
      { blocks: 11, ended: false },
    ];
    const steps = survivalCurve(lifetimes);
    expect(steps.map(({ blocks, atRisk, ended }) => [blocks, atRisk, ended])).toEqual([
      [6, 6, 1],
      [7, 4, 1],
      [10, 2, 1],
    ]);
    expect(steps.map(({ survival }) => survival)).toEqual([5 / 6, (5 / 6) * 0.75, (5 / 6) * 0.75 * 0.5]);
    expect(medianSurvival(steps)).toBe(10);
    expect(hazardAfter(lifetimes, 7, 3)).toBe(0.25);
    expect(hazardAfter(lifetimes, 70, 3)).toBeNull();
    expect(shareNeverPaid([0n, 1n, 0n, 2n])).toBe(0.5);
    expect(shareNeverPaid([])).toBeNull();
    expect(medianSurvival([])).toBeNull();
  });

  test("without censoring it is the part that is left", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { minLength: 1, maxLength: 40 }), (blocks) => {
        for (const step of survivalCurve(blocks.map((value) => ({ blocks: value, ended: true }))))
          expect(step.survival).toBeCloseTo(blocks.filter((b) => b > step.blocks).length / blocks.length, 12);
      }),
    );
  });
});

test("M33 registration market: 1.26 and 360 hold still at 60 a day", () => {
  expect(equilibriumRegistrations(1.26, 360)).toBeCloseTo(60, 0);
  expect(equilibriumRegistrations(2, 7200)).toBe(1);
  expect(equilibriumRegistrations(1, 360)).toBeNull();
  expect(equilibriumRegistrations(1.26, 0)).toBeNull();
  const market = registrationMarket(
    [
      { paid: 10n, alphaDestroyed: 100n },
      { paid: 13n, alphaDestroyed: 120n },
    ],
    0.5,
  );
  expect(market).toEqual({ registrations: 2, perDay: 4, revenue: 23n, meanPaid: 11n, alphaDestroyed: 220n });
  expect(registrationMarket([], 1).meanPaid).toBeNull();
});
