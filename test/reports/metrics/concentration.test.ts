import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ratioOf, sharesOf, sumAmounts } from "../../../reports/metrics/amounts.ts";
import { gini } from "../../../reports/metrics/gini.ts";
import { effectiveNumber, herfindahlIndex } from "../../../reports/metrics/herfindahl.ts";
import { lorenzCurve } from "../../../reports/metrics/lorenz.ts";
import { nakamotoCoefficient, rankAtShare } from "../../../reports/metrics/nakamoto.ts";
import { normalisedEntropy, theilIndex } from "../../../reports/metrics/theil.ts";
import { topShare } from "../../../reports/metrics/top-share.ts";

const FIVE_THREE_TWO = [5n, 3n, 2n];
const ONE_OF_FOUR = [0n, 0n, 0n, 1n];
const EQUAL = [7n, 7n, 7n, 7n];

const amounts = fc.array(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { minLength: 1, maxLength: 60 });
const held = amounts.filter((list) => list.some((amount) => amount > 0n));

describe("worked checks", () => {
  test("M1 Gini", () => {
    expect(gini(EQUAL)).toBe(0);
    expect(gini(ONE_OF_FOUR)).toBe(0.75);
    expect(gini(FIVE_THREE_TWO)).toBeCloseTo(0.2, 15);
    expect(gini([12n])).toBe(0);
  });

  test("M1 Gini of a Pareto distribution with index a is 1 / (2a - 1)", () => {
    const n = 20_000;
    const pareto = Array.from({ length: n }, (_, i) =>
      BigInt(Math.round(1e12 * (1 - (i + 0.5) / n) ** (-1 / 3))),
    );
    expect(gini(pareto)).toBeCloseTo(1 / 5, 2);
  });

  test("M3 Nakamoto: half is not more than half", () => {
    expect(nakamotoCoefficient(FIVE_THREE_TWO)).toBe(2);
    expect(nakamotoCoefficient(FIVE_THREE_TWO, { numerator: 1n, denominator: 3n })).toBe(1);
    expect(nakamotoCoefficient(FIVE_THREE_TWO, { numerator: 1n, denominator: 1n })).toBeNull();
  });

  test("M5 Herfindahl-Hirschman", () => {
    expect(herfindahlIndex(FIVE_THREE_TWO)).toBeCloseTo(0.38, 15);
    expect(effectiveNumber(FIVE_THREE_TWO)).toBeCloseTo(2.63, 2);
    expect(effectiveNumber(EQUAL)).toBe(4);
  });

  test("M6 Theil and M7 entropy", () => {
    expect(theilIndex(EQUAL)).toBe(0);
    expect(theilIndex(ONE_OF_FOUR)).toBeCloseTo(Math.log(4), 12);
    expect(normalisedEntropy(EQUAL)).toBe(1);
    expect(normalisedEntropy(ONE_OF_FOUR)).toBe(0);
    expect(normalisedEntropy([3n])).toBeNull();
  });

  test("M8 top share and M9 rank at a share", () => {
    expect(topShare(FIVE_THREE_TWO, 1)).toBe(0.5);
    expect(topShare(FIVE_THREE_TWO, 9)).toBe(1);
    expect(rankAtShare(FIVE_THREE_TWO, { numerator: 8n, denominator: 10n })).toBe(2);
    expect(rankAtShare(FIVE_THREE_TWO, { numerator: 81n, denominator: 100n })).toBe(3);
  });

  test("M2 Lorenz", () => {
    expect(lorenzCurve(ONE_OF_FOUR)).toEqual([
      { population: 0, share: 0 },
      { population: 0.25, share: 0 },
      { population: 0.5, share: 0 },
      { population: 0.75, share: 0 },
      { population: 1, share: 1 },
    ]);
  });
});

describe("nobody holds anything", () => {
  test.each([
    ["an empty list", []],
    ["a list of zeros", [0n, 0n]],
  ])("%s is undefined, not 0", (_name, list) => {
    expect(gini(list)).toBeNull();
    expect(lorenzCurve(list)).toBeNull();
    expect(nakamotoCoefficient(list)).toBeNull();
    expect(herfindahlIndex(list)).toBeNull();
    expect(theilIndex(list)).toBeNull();
    expect(topShare(list, 1)).toBeNull();
    expect(sharesOf(list)).toBeNull();
  });

  test("a negative amount is refused by its index", () => {
    expect(() => gini([1n, -2n])).toThrow("index 1 has -2");
  });
});

describe("properties", () => {
  const measures = [
    gini,
    herfindahlIndex,
    theilIndex,
    nakamotoCoefficient,
    (list: readonly bigint[]) => topShare(list, 2),
  ];

  test("order does not matter", () => {
    fc.assert(
      fc.property(held, (list) => {
        const turned = [...list].reverse();
        for (const measure of measures) expect(measure(turned)).toBeCloseTo(measure(list)!, 9);
      }),
    );
  });

  test("the unit does not matter", () => {
    fc.assert(
      fc.property(held, fc.bigInt({ min: 1n, max: 10n ** 9n }), (list, factor) => {
        const scaled = list.map((amount) => amount * factor);
        for (const measure of measures) expect(measure(scaled)).toBeCloseTo(measure(list)!, 12);
      }),
    );
  });

  test("bounds", () => {
    fc.assert(
      fc.property(held, (list) => {
        const n = list.length;
        expect(gini(list)).toBeGreaterThanOrEqual(0);
        expect(gini(list)).toBeLessThanOrEqual((n - 1) / n);
        expect(herfindahlIndex(list)).toBeGreaterThanOrEqual(1 / n - 1e-15);
        expect(herfindahlIndex(list)).toBeLessThanOrEqual(1);
        expect(theilIndex(list)).toBeLessThanOrEqual(Math.log(n) + 1e-12);
        expect(nakamotoCoefficient(list)).toBeLessThanOrEqual(n);
      }),
    );
  });

  test("Gini is 1 - 2 x the area under the Lorenz curve", () => {
    fc.assert(
      fc.property(held, (list) => {
        const curve = lorenzCurve(list)!;
        let area = 0;
        for (let k = 1; k < curve.length; k++)
          area += (curve[k]!.share + curve[k - 1]!.share) / (2 * list.length);
        expect(gini(list)).toBeCloseTo(1 - 2 * area, 9);
      }),
    );
  });

  test("typed arrays and lists give the same to the bit", () => {
    fc.assert(
      fc.property(held, (list) => {
        for (const measure of measures) {
          expect(Object.is(measure(BigUint64Array.from(list) as unknown as bigint[]), measure(list))).toBe(
            true,
          );
        }
      }),
    );
  });

  test("a transfer from poor to rich raises the Gini", () => {
    fc.assert(
      fc.property(
        fc.array(fc.bigInt({ min: 1n, max: 10n ** 15n }), { minLength: 2, maxLength: 20 }),
        (list) => {
          const sorted = [...list].sort((a, b) => (a < b ? -1 : Number(a > b)));
          const moved = [sorted[0]! - 1n, ...sorted.slice(1, -1), sorted.at(-1)! + 1n];
          expect(gini(moved)!).toBeGreaterThanOrEqual(gini(sorted)!);
        },
      ),
    );
  });
});

describe("exact ratios", () => {
  test("sums above 2^53 keep every rao", () => {
    const whole = 21_000_000_000_000_000n;
    expect(sumAmounts([whole, 1n])).toBe(21_000_000_000_000_001n);
    expect(ratioOf(2n ** 70n + 2n ** 40n, 2n ** 70n)).toBe(1 + 2 ** -30);
  });

  test("small ratios keep all their digits", () => {
    expect(ratioOf(3n, 2n ** 130n)).toBe(3 * 2 ** -130);
    expect(ratioOf(-3n, 2n ** 130n)).toBe(-3 * 2 ** -130);
    expect(ratioOf(1n, 3n * 2n ** 100n)).toBeCloseTo((1 / 3) * 2 ** -100, 60);
    expect(ratioOf(0n, 7n)).toBe(0);
  });
});
