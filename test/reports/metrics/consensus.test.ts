import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { consensusCosine, validatorTrust } from "../../../reports/metrics/alignment.ts";
import { redistributedShare } from "../../../reports/metrics/distance.ts";
import { dividendsPerThousand, relativeDividendRate } from "../../../reports/metrics/dividend-rate.ts";
import { median, quantile } from "../../../reports/metrics/quantile.ts";

describe("M25 dividends per 1,000", () => {
  test("equal treatment of 1M TAO at 41 % of 100 a epoch: 0.041 per epoch, 1.64 in 40", () => {
    expect(dividendsPerThousand(41_000_000_000n, 10n ** 15n)).toBeCloseTo(0.041, 15);
    expect(dividendsPerThousand(40n * 41_000_000_000n, 10n ** 15n)).toBeCloseTo(1.64, 12);
    expect(dividendsPerThousand(1n, 0n)).toBeNull();
  });
});

describe("M23 relative dividend rate", () => {
  test("the median validator has 1; who has no stake has none", () => {
    expect(relativeDividendRate([10n, 20n, 40n, 5n], [100n, 100n, 100n, 0n])).toEqual([0.5, 1, 2, null]);
    expect(relativeDividendRate([0n, 0n], [1n, 1n])).toEqual([null, null]);
  });
});

describe("M26 validator trust and alignment", () => {
  test("what is above consensus is lost", () => {
    expect(validatorTrust([0.5, 0.5, 0], [0.5, 0.2, 0.3])).toBeCloseTo(0.7, 15);
    expect(validatorTrust([0, 0], [0.4, 0.6])).toBe(0);
  });

  test("cosine", () => {
    expect(consensusCosine([1, 2], [2, 4])).toBeCloseTo(1, 15);
    expect(consensusCosine([1, 0], [0, 1])).toBe(0);
    expect(consensusCosine([0, 0], [0, 1])).toBeNull();
  });
});

describe("properties", () => {
  const rao = fc.bigInt({ min: 1n, max: 2n ** 60n });
  const pairs = fc.array(fc.tuple(rao, rao), { minLength: 1, maxLength: 20 });

  test("M23 is blind to the units of dividends and stake, and to the order", () => {
    fc.assert(
      fc.property(pairs, rao, rao, (list, a, b) => {
        const [dividends, stakes] = [list.map(([d]) => d), list.map(([, s]) => s)];
        const rates = relativeDividendRate(dividends, stakes);
        const scaled = relativeDividendRate(
          dividends.map((d) => d * a),
          stakes.map((s) => s * b),
        );
        const turned = relativeDividendRate([...dividends].reverse(), [...stakes].reverse()).reverse();
        rates.forEach((rate, i) => {
          expect(turned[i]).toBe(rate);
          expect(scaled[i]! / rate!).toBeCloseTo(1, 12);
        });
        expect(median(rates.filter((rate) => rate !== null))).toBeCloseTo(1, 12);
      }),
    );
  });

  test("M26 trust and cosine are in [0, 1], and trust is whole where consensus asks for no less", () => {
    const part = fc.oneof(fc.constant(0), fc.double({ min: 1e-9, max: 1, noNaN: true }));
    fc.assert(
      fc.property(fc.array(fc.tuple(part, part), { minLength: 1, maxLength: 20 }), (list) => {
        const sum = list.reduce((all, [w]) => all + w, 0);
        const row = list.map(([w]) => (sum > 0 ? w / sum : 0));
        const consensus = list.map(([, c]) => c);
        const trust = validatorTrust(row, consensus);
        expect(trust).toBeGreaterThanOrEqual(0);
        expect(trust).toBeLessThanOrEqual(1 + 1e-12);
        expect(validatorTrust(row, row)).toBeCloseTo(sum > 0 ? 1 : 0, 12);
        const cosine = consensusCosine(row, consensus);
        if (cosine !== null) {
          expect(cosine).toBeGreaterThanOrEqual(0);
          expect(cosine).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
    );
  });
});

describe("redistributed share", () => {
  const list = fc.array(fc.bigInt({ min: 0n, max: 10n ** 18n }), { minLength: 3, maxLength: 3 });

  test("worked", () => {
    expect(redistributedShare([5n, 5n], [10n, 0n])).toBe(0.5);
    expect(redistributedShare([1n, 3n], [2n, 6n])).toBe(0);
    expect(redistributedShare([1n, 0n], [0n, 9n])).toBe(1);
    expect(redistributedShare([0n], [1n])).toBeNull();
  });

  test("symmetric and within 0 and 1", () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        const there = redistributedShare(a, b);
        expect(redistributedShare(b, a)).toBe(there);
        if (there !== null) expect(there).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe("quantiles are of type 7", () => {
  test("between order statistics", () => {
    expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(quantile([10, 20, 30, 40, 50], 0.1)).toBeCloseTo(14, 12);
    expect(quantile([1, 2], 1)).toBe(2);
    expect(quantile([], 0.5)).toBeNull();
    expect(median([3])).toBe(3);
  });
});
