import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  afterBuy,
  afterSell,
  balancedPool,
  buyAlpha,
  exitValue,
  type Pool,
  sellAlpha,
  spotPrice,
  taoToBuy,
} from "../../../reports/metrics/pool.ts";
import { carryCost, pumpCost, unwindingLoss } from "../../../reports/metrics/pump.ts";
import { breakEvenVictim, largestFrontRun, sandwich } from "../../../reports/metrics/sandwich.ts";
import { exitRatio, runCurve, sellPressure, tradeImbalance } from "../../../reports/metrics/sell-pressure.ts";
import {
  depth,
  effectiveSpread,
  largestOrder,
  priceImpact,
  slippage,
} from "../../../reports/metrics/slippage.ts";
import { taoValue } from "../../../reports/metrics/tao-value.ts";
import { drawdown, realisedVolatility, returnCorrelations } from "../../../reports/metrics/volatility.ts";

const CHAIN_FEE = 33 / 65_535;
const POOL = balancedPool(50_000, 2_000_000);

const pool: fc.Arbitrary<Pool> = fc.record({
  tao: fc.double({ min: 1, max: 1e6, noNaN: true }),
  alpha: fc.double({ min: 1, max: 1e7, noNaN: true }),
  taoWeight: fc.double({ min: 0.1, max: 0.9, noNaN: true }),
  fee: fc.double({ min: 0, max: 0.15, noNaN: true }),
});
const part = fc.double({ min: 1e-6, max: 2, noNaN: true });

/** T^w A^(1 - w) as a logarithm: what a trade without its fee leaves alone. */
const invariant = ({ tao, alpha, taoWeight }: Pool): number =>
  taoWeight * Math.log(tao) + (1 - taoWeight) * Math.log(alpha);

describe("the pool", () => {
  test("the worked swaps of the chain's pool, to a millionth", () => {
    const even = { ...POOL, fee: CHAIN_FEE };
    expect(spotPrice(even)).toBeCloseTo(0.025, 15);
    expect(buyAlpha(even, 1000)).toBeCloseTo(39_196.326309349, 4);
    expect(sellAlpha(even, 1000)).toBeCloseTo(24.974930129, 6);
    const weighted = { ...even, taoWeight: 0.51 };
    expect(buyAlpha(weighted, 1000)).toBeCloseTo(40_779.756185333, 4);
    expect(sellAlpha(weighted, 1000)).toBeCloseTo(23.99575616, 6);
  });

  test("the price is undefined without alpha, and a purchase of nothing pays nothing", () => {
    expect(spotPrice(balancedPool(1, 0))).toBeNull();
    expect(buyAlpha(POOL, 0)).toBe(0);
    expect(taoToBuy(POOL, 0)).toBe(0);
    expect(taoToBuy(POOL, 2_000_000)).toBe(Infinity);
  });

  test("trades stay on the curve, and the price on the way up is undone on the way down", () => {
    fc.assert(
      fc.property(pool, part, (p, size) => {
        const bought = afterBuy(p, size * p.tao);
        expect(invariant(bought)).toBeCloseTo(invariant(p), 8);
        expect(invariant(afterSell(p, size * p.alpha))).toBeCloseTo(invariant(p), 8);
        expect(taoToBuy(p, buyAlpha(p, size * p.tao)) / (size * p.tao)).toBeCloseTo(1, 5);
      }),
    );
  });

  test("the unit does not matter", () => {
    fc.assert(
      fc.property(pool, part, (p, size) => {
        const rao = { ...p, tao: 1e9 * p.tao, alpha: 1e9 * p.alpha };
        expect(buyAlpha(rao, 1e9 * size * p.tao) / 1e9 / buyAlpha(p, size * p.tao)).toBeCloseTo(1, 9);
      }),
    );
  });
});

describe("M61 to M64", () => {
  test("balanced and fee-free: d / (T + d) and a / (A + a)", () => {
    fc.assert(
      fc.property(part, (size) => {
        expect(slippage(POOL, "buy", size * POOL.tao)!.part).toBeCloseTo(size / (1 + size), 9);
        expect(slippage(POOL, "sell", size * POOL.alpha)!.part).toBeCloseTo(size / (1 + size), 9);
        expect(priceImpact(POOL, "buy", size * POOL.tao)).toBeCloseTo((1 + size) ** 2 - 1, 9);
        expect(priceImpact(POOL, "sell", size * POOL.alpha)).toBeCloseTo(1 / (1 + size) ** 2 - 1, 9);
      }),
    );
    const { ideal, actual, lost } = slippage(POOL, "buy", 50_000)!;
    expect([ideal, actual, lost]).toEqual([2_000_000, 1_000_000, 1_000_000]);
    expect(slippage(POOL, "buy", 0)).toBeNull();
    expect(slippage(balancedPool(1, 0), "sell", 1)).toBeNull();
  });

  test("the impact is that of the prices before and after", () => {
    fc.assert(
      fc.property(pool, part, (p, size) => {
        const before = spotPrice(p)!;
        const up = spotPrice(afterBuy(p, size * p.tao))! / before - 1;
        const down = spotPrice(afterSell(p, size * p.alpha))! / before - 1;
        expect(priceImpact(p, "buy", size * p.tao) / up).toBeCloseTo(1, 5);
        expect(priceImpact(p, "sell", size * p.alpha) / down).toBeCloseTo(1, 5);
      }),
    );
  });

  test("the largest order moves the price by just that much", () => {
    fc.assert(
      fc.property(pool, fc.double({ min: 0.001, max: 0.9, noNaN: true }), (p, move) => {
        expect(priceImpact(p, "buy", largestOrder(p, "buy", move))).toBeCloseTo(move, 9);
        expect(priceImpact(p, "sell", largestOrder(p, "sell", move))).toBeCloseTo(-move, 9);
        const { up, down } = depth(p, move);
        expect(up).toBe(largestOrder(p, "buy", move));
        expect(down / sellAlpha(p, largestOrder(p, "sell", move))).toBeCloseTo(1, 9);
      }),
    );
    expect(largestOrder(POOL, "buy", 0.21)).toBeCloseTo(5000, 8);
  });

  test("M63 the spread is the two fees", () => {
    fc.assert(
      fc.property(pool, part, (p, size) => {
        const spread = effectiveSpread(p, size * p.tao)!;
        expect(spread).toBeGreaterThanOrEqual(-1e-6);
        if (p.fee === 0) expect(spread).toBeCloseTo(0, 6);
      }),
    );
    // A small order loses 1 - (1 - f)^2.
    expect(effectiveSpread({ ...POOL, fee: 0.01 }, 1e-3)).toBeCloseTo(1 - 0.99 ** 2, 6);
    expect(effectiveSpread(POOL, 0)).toBeNull();
  });
});

describe("M65 and M66", () => {
  test("worked", () => {
    expect(sellPressure(20_000, POOL)).toBeCloseTo(0.01, 15);
    expect(sellPressure(1, balancedPool(0, 1))).toBeNull();
    expect(tradeImbalance(3n, 1n)).toBe(0.5);
    expect(tradeImbalance(0n, 0n)).toBeNull();
    expect(exitValue(POOL, 2_000_000)).toBe(25_000);
    expect(exitRatio(POOL, 2_000_000)).toBe(0.5);
    expect(exitRatio(POOL, 0)).toBeNull();
    expect(taoValue(1000, POOL, 0.02, "spot")).toBe(25);
    expect(taoValue(1000, POOL, 0.02, "EMA")).toBe(20);
    expect(taoValue(2_000_000, POOL, 0.02, "exit")).toBe(25_000);
  });

  test("the run curve adds up to the exit value", () => {
    fc.assert(
      fc.property(pool, part, (p, size) => {
        const alpha = size * p.alpha;
        const points = runCurve(p, alpha, 2001);
        let area = 0;
        for (let i = 1; i < points.length; i++)
          area += ((points[i]!.price + points[i - 1]!.price) / 2) * (alpha / 2000);
        expect(area / exitValue(p, alpha)).toBeCloseTo(1, 3);
        for (let i = 1; i < points.length; i++)
          expect(points[i]!.price).toBeLessThanOrEqual(points[i - 1]!.price * (1 + 1e-9));
      }),
      { numRuns: 30 },
    );
  });
});

describe("M67 sandwich", () => {
  const priced = { ...POOL, fee: 0.003 };

  test("worked without fee: 1,000 before 1,000", () => {
    const { profit, alone, sandwiched, loss, lossInTao } = sandwich(balancedPool(1000, 1000), 1000, 1000);
    // 1,000 buy 500 alpha; the victim gets 166.67 instead of 500; 500 alpha sell for 3000 x 500 / 833.33.
    expect(profit).toBeCloseTo(800, 9);
    expect(alone).toBe(500);
    expect(sandwiched).toBeCloseTo(1000 / 6, 9);
    expect(loss).toBeCloseTo(500 - 1000 / 6, 9);
    expect(lossInTao).toBeCloseTo(loss, 9);
  });

  test("below the break-even victim no front-run pays, above it a small one does", () => {
    const victim = breakEvenVictim(priced);
    for (const front of [1, 10, 100, 1000, 10_000])
      expect(sandwich(priced, front, 0.98 * victim).profit).toBeLessThan(0);
    expect(sandwich(priced, 1, 1.05 * victim).profit).toBeGreaterThan(0);
    expect(breakEvenVictim(POOL)).toBe(0);
  });

  test("the largest front-run leaves the victim its limit, a larger one does not", () => {
    fc.assert(
      fc.property(pool, part, fc.double({ min: 0.1, max: 0.99, noNaN: true }), (p, size, limit) => {
        const victim = size * p.tao;
        const least = limit * buyAlpha(p, victim);
        const front = largestFrontRun(p, victim, least);
        expect(buyAlpha(afterBuy(p, front), victim)).toBeGreaterThanOrEqual(least);
        expect(buyAlpha(afterBuy(p, front * 1.001 + 1e-9 * p.tao), victim)).toBeLessThan(least);
      }),
    );
    expect(largestFrontRun(POOL, 1, 1e9)).toBe(0);
    expect(largestFrontRun(POOL, 1, 0)).toBe(Infinity);
  });
});

test("M68 pump: T (sqrt(k) - 1) / (1 - f)", () => {
  expect(pumpCost(POOL, 4)).toBeCloseTo(50_000, 8);
  expect(pumpCost({ ...POOL, fee: 0.5 }, 4)).toBeCloseTo(100_000, 8);
  expect(pumpCost(POOL, 1)).toBe(0);
  expect(carryCost(1000, 0.365, 10)).toBeCloseTo(10, 12);
  expect(unwindingLoss(POOL, 4)).toBeCloseTo(0, 6);
  expect(unwindingLoss({ ...POOL, fee: 0.01 }, 1.21)).toBeGreaterThan(0);
});

describe("M69", () => {
  test("worked", () => {
    expect(realisedVolatility([1, Math.E, 1, Math.E], 1)).toBeCloseTo(Math.sqrt(4 / 3), 12);
    expect(realisedVolatility([1, 2], 365)).toBeNull();
    expect(realisedVolatility([3, 3, 3], 365)).toBe(0);
    expect(drawdown([1, 2, 1, 1.5, 3, 2])).toEqual({ deepest: 0.5, longestUnderWater: 2, underWater: 3 });
    expect(drawdown([])).toBeNull();
    expect(drawdown([0])).toBeNull();
  });

  test("the scale of a price does not matter; a path correlates with itself", () => {
    const path = fc.array(fc.double({ min: 0.01, max: 10, noNaN: true }), { minLength: 4, maxLength: 20 });
    fc.assert(
      fc.property(path, (prices) => {
        const scaled = prices.map((price) => 8 * price);
        expect(realisedVolatility(scaled, 365)).toBeCloseTo(realisedVolatility(prices, 365)!, 9);
        expect(drawdown(scaled)!.deepest).toBeCloseTo(drawdown(prices)!.deepest, 12);
        const [[own, other]] = returnCorrelations([prices, scaled]) as [[number | null, number | null]];
        if (own !== null) expect(own).toBeCloseTo(1, 9);
        if (other !== null) expect(other).toBeCloseTo(1, 9);
      }),
    );
  });
});
