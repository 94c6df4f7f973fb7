import * as fc from "fast-check";
import { expect, test } from "vitest";
import { earlyPools, type EarlyPool } from "../../../kernels/variants/paper/bit001.ts";

const pool = (price: number, alpha: number): EarlyPool => ({ tao: price * alpha, alpha });

test("without trade every price and every share of emission goes to 1/n, wherever they come from", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.double({ min: 0.001, max: 2, noNaN: true }), fc.integer({ min: 1, max: 10 })), {
        minLength: 1,
        maxLength: 8,
      }),
      (pools) => {
        const { prices, emissions } = earlyPools(
          pools.map(([price, alpha]) => pool(price, alpha)),
          40_000,
        );
        for (const price of prices) expect(Math.abs(price - 1 / pools.length)).toBeLessThan(0.02);
        for (const emission of emissions) expect(Math.abs(emission - 1 / pools.length)).toBeLessThan(0.02);
      },
    ),
    { numRuns: 20 },
  );
});

test("the distance to 1/n falls from block to block", () => {
  const pools = [pool(0.6, 1_000), pool(0.1, 1_000)];
  const apart = [0, 500, 1_000, 5_000, 50_000].map((blocks) => {
    const { prices } = earlyPools(pools, blocks);
    return Math.abs(prices[0]! - prices[1]!);
  });
  expect(apart).toEqual([...apart].sort((a, b) => b - a));
  expect(apart[0]).toBeCloseTo(0.5, 12);
  // Of two pools: d' = (tanh(d / 2) - d) / alpha, so about the square root of what alpha has grown by.
  expect(apart.at(-1)).toBeCloseTo(0.5 / Math.sqrt(51), 2);
});

test("in proportion to prices only their sum goes to 1: equal pools keep the ratio of their prices", () => {
  const { prices, emissions } = earlyPools(
    [pool(0.6, 100), pool(0.3, 100), pool(0.3, 100)],
    100_000,
    "proportional",
  );
  expect(prices.reduce((sum, price) => sum + price, 0)).toBeCloseTo(1, 3);
  expect(prices[0]! / prices[1]!).toBeCloseTo(2, 9);
  expect(emissions[0]).toBeCloseTo(0.5, 9);
});

test("no block changes nothing, and emissions always sum to one TAO", () => {
  const { prices, emissions } = earlyPools([pool(0.2, 10), pool(0.4, 10)], 0);
  expect(prices).toEqual([0.2, 0.4]);
  expect(emissions[0]! + emissions[1]!).toBeCloseTo(1, 15);
  expect(emissions[1]! / emissions[0]!).toBeCloseTo(Math.exp(0.2), 12);
});
