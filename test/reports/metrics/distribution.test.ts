import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { capAtPercentile } from "../../../reports/metrics/capped.ts";
import { coalitionFraction, medianCoalitionFraction } from "../../../reports/metrics/coalition.ts";
import { meanRanks, pearson, spearman } from "../../../reports/metrics/correlation.ts";
import { dominance } from "../../../reports/metrics/dominance.ts";
import { correctedGini, gini } from "../../../reports/metrics/gini.ts";
import { churn, membershipHalfLife, rankStability, topIndices } from "../../../reports/metrics/mobility.ts";
import { nakamotoCoefficient, shareBelowBar, weakestSubsystem } from "../../../reports/metrics/nakamoto.ts";
import { quantile } from "../../../reports/metrics/quantile.ts";
import { theilByGroups, theilIndex } from "../../../reports/metrics/theil.ts";
import { topCount, topShare } from "../../../reports/metrics/top-share.ts";
import { amounts, held, total } from "./amounts.ts";

describe("worked checks", () => {
  test("M1 Gini of a log-normal with log-sd 1 is erf(1/2) = 0.5205", () => {
    // Normal quantiles by bisection of the error function's series: no library in the way.
    const erf = (x: number): number => {
      let term = x;
      let sum = x;
      for (let k = 1; k < 120; k++) {
        term *= (-x * x) / k;
        sum += term / (2 * k + 1);
      }
      return (2 / Math.sqrt(Math.PI)) * sum;
    };
    const normal = (p: number): number => {
      let [low, high] = [-4.9, 4.9];
      for (let k = 0; k < 50; k++) {
        const middle = (low + high) / 2;
        if ((1 + erf(middle / Math.SQRT2)) / 2 < p) low = middle;
        else high = middle;
      }
      return low;
    };
    const n = 4000;
    const list = Array.from({ length: n }, (_, i) =>
      BigInt(Math.round(1e9 * Math.exp(normal((i + 0.5) / n)))),
    );
    expect(erf(0.5)).toBeCloseTo(0.5205, 4);
    expect(Math.abs(gini(list)! - erf(0.5))).toBeLessThan(0.002);
  });

  test("M1 corrected: 1 when one holds everything", () => {
    expect(correctedGini([0n, 0n, 0n, 1n])).toBe(1);
    expect(correctedGini([5n])).toBe(0);
    expect(correctedGini([0n, 0n])).toBeNull();
  });

  test("M3 the weakest of several subsystems", () => {
    const parts = [
      { name: "root stake", amounts: [5n, 3n, 2n] },
      { name: "owners", amounts: [9n, 1n, 0n, 0n] },
      { name: "nobody", amounts: [0n] },
    ];
    expect(weakestSubsystem(parts)).toEqual({ name: "owners", count: 1, fraction: 0.25 });
    expect(weakestSubsystem([])).toBeNull();
  });

  test("M4 51 % coalition", () => {
    // 51 of 100 is not more than 51 %.
    expect(coalitionFraction([51n, 49n])).toBe(1);
    expect(coalitionFraction([52n, 24n, 24n, 0n])).toBe(0.25);
    expect(medianCoalitionFraction([[52n, 48n], [1n], [0n], [51n, 49n]])).toBe(1);
    expect(medianCoalitionFraction([[0n]])).toBeNull();
  });

  test("M6 by groups", () => {
    const parts = theilByGroups([
      [1n, 1n],
      [2n, 2n],
    ])!;
    expect(parts.within).toBe(0);
    expect(parts.between).toBeCloseTo((1 / 3) * Math.log(2 / 3) + (2 / 3) * Math.log(4 / 3), 15);
    expect(theilByGroups([[0n], []])).toBeNull();
  });

  test("M8 the top 1 % of 101 are two", () => {
    expect(topCount(101, { numerator: 1n, denominator: 100n })).toBe(2);
    expect(topCount(100, { numerator: 1n, denominator: 10n })).toBe(10);
  });

  test("M9 below the bar", () => {
    expect(shareBelowBar([50n, 30n, 20n], { numerator: 3n, denominator: 10n })).toBe(0.2);
    expect(shareBelowBar([50n, 30n, 20n], { numerator: 31n, denominator: 100n })).toBe(0.5);
    expect(shareBelowBar([0n], { numerator: 1n, denominator: 10n })).toBeNull();
  });

  test("M10 dominance", () => {
    expect(dominance(3n, 12n)).toBe(0.25);
    expect(dominance(0n, 0n)).toBeNull();
    expect(() => dominance(2n, 1n)).toThrow("found 2");
  });

  test("M11 mobility", () => {
    expect(rankStability([1n, 2n, 3n], [10n, 20n, 30n])).toBe(1);
    expect(rankStability([1n, 2n, 3n], [3n, 2n, 1n])).toBe(-1);
    expect(rankStability([1n, 1n], [1n, 2n])).toBeNull();
    expect(topIndices([5n, 9n, 5n, 1n], 3)).toEqual([1, 0, 2]);
    const sets = ["ab", "ab", "ac", "cd", "cd"].map((names) => new Set(names));
    // Kept after one sample: 2 + 1 + 1 + 2 of 8; after two: 1 + 0 + 1 of 6.
    expect(membershipHalfLife(sets)).toBe(2);
    expect(membershipHalfLife([new Set("a"), new Set("a")])).toBeNull();
    expect(churn(new Set("abc"), new Set("abd"), 3)).toBeCloseTo(2 / 3, 15);
  });

  test("M12 the 88th percentile of 1 .. 101", () => {
    const list = Array.from({ length: 101 }, (_, i) => BigInt(i + 1));
    const capped = capAtPercentile(list)!;
    expect(capped.cap).toBe(89n);
    expect(capped.excessSum).toBe(78n);
    expect(capAtPercentile([10n, 20n], { numerator: 1n, denominator: 4n })!.cap).toBe(12n);
    expect(capAtPercentile([])).toBeNull();
  });

  test("correlation, and ranks of equal values", () => {
    expect(pearson([1, 2, 3], [2, 4, 6])).toBe(1);
    expect(pearson([1, 2, 3, 4], [1, 3, 2, 4])).toBeCloseTo(0.8, 15);
    expect([...meanRanks([5, 1, 5, 9])]).toEqual([2.5, 1, 2.5, 4]);
    // Ties worked by hand: ranks 1.5 1.5 3 4 against 1 2 3 4.
    expect(spearman([0, 0, 7, 8], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 15);
    expect(spearman([1e-300, 2e-300], [1, 2])).toBe(1);
    expect(() => pearson([1], [1, 2])).toThrow("1 and 2");
  });
});

describe("properties", () => {
  test("a group is one: the parts of M6 add up to the whole, in any grouping", () => {
    fc.assert(
      fc.property(held, fc.array(fc.nat(4), { minLength: 60, maxLength: 60 }), (list, labels) => {
        const groups = Array.from({ length: 5 }, (_, g) => list.filter((_, i) => labels[i] === g));
        const parts = theilByGroups(groups)!;
        expect(parts.total).toBeCloseTo(theilIndex(list)!, 9);
        expect(parts.between).toBeGreaterThan(-1e-9);
        expect(parts.within).toBeGreaterThan(-1e-9);
      }),
    );
  });

  test("a cap gives back what it takes, and never makes holdings more unequal", () => {
    fc.assert(
      fc.property(held, fc.bigInt({ min: 0n, max: 100n }), (list, percent) => {
        const capped = capAtPercentile(list, { numerator: percent, denominator: 100n })!;
        expect(total(capped.amounts) + capped.excessSum).toBe(total(list));
        expect(total(capped.excess)).toBe(capped.excessSum);
        const floats = quantile(list.map(Number), Number(percent) / 100)!;
        expect(Math.abs(Number(capped.cap) - floats)).toBeLessThanOrEqual(1 + floats * 1e-12);
        if (total(capped.amounts) > 0n) {
          expect(gini(capped.amounts)!).toBeLessThanOrEqual(gini(list)! + 1e-12);
          expect(nakamotoCoefficient(capped.amounts)!).toBeGreaterThanOrEqual(nakamotoCoefficient(list)!);
        }
      }),
    );
  });

  test("above and below a bar are everything", () => {
    fc.assert(
      fc.property(held, fc.bigInt({ min: 1n, max: 99n }), (list, percent) => {
        const bar = { numerator: percent, denominator: 100n };
        const sum = total(list);
        const above = list.filter((amount) => amount * 100n >= sum * percent).length;
        expect(shareBelowBar(list, bar)! + topShare(list, above)!).toBeCloseTo(1, 12);
      }),
    );
  });

  test("Nakamoto by counting subsets of the sorted list", () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: 0n, max: 20n }), { minLength: 1, maxLength: 8 }), (list) => {
        const sum = total(list);
        let least: number | null = null;
        for (let subset = 0; subset < 1 << list.length; subset++) {
          const chosen = list.filter((_, i) => (subset >> i) & 1);
          if (2n * total(chosen) > sum && (least === null || chosen.length < least)) least = chosen.length;
        }
        expect(nakamotoCoefficient(list)).toBe(least);
      }),
    );
  });

  test("correlations: symmetric, in [-1, 1], blind to scale, shift and order", () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
      minLength: 2,
      maxLength: 30,
    });
    fc.assert(
      fc.property(pairs, fc.integer({ min: 1, max: 9 }), (list, scale) => {
        const [a, b] = [list.map(([x]) => x), list.map(([, y]) => y)];
        for (const measure of [pearson, spearman]) {
          const r = measure(a, b);
          if (r === null) continue;
          expect(Math.abs(r)).toBeLessThanOrEqual(1);
          expect(measure(b, a)).toBeCloseTo(r, 12);
          expect(
            measure(
              a.map((x) => scale * x + 7),
              b,
            ),
          ).toBeCloseTo(r, 9);
          expect(measure([...a].reverse(), [...b].reverse())).toBeCloseTo(r, 9);
          expect(
            measure(
              a.map((x) => -x),
              b,
            ),
          ).toBeCloseTo(-r, 12);
        }
        // Ranks see nothing but the order.
        const cubed = spearman(
          a.map((x) => x * x * x),
          b,
        );
        if (cubed !== null) expect(cubed).toBeCloseTo(spearman(a, b)!, 12);
      }),
    );
  });

  test("the top is the same as sorting says, and ties go to the lower uid", () => {
    fc.assert(
      fc.property(amounts, fc.nat(60), (list, count) => {
        const top = topIndices(list, count);
        const rest = list.map((_, i) => i).filter((i) => !top.includes(i));
        for (const i of top)
          for (const j of rest) expect(list[i]! > list[j]! || (list[i] === list[j] && i < j)).toBe(true);
      }),
    );
  });
});
