import { describe, expect, test } from "vitest";
import { openStream } from "../../../sim/engine/random.ts";
import { draw } from "../../../sim/scenario/draws/distribution.ts";
import type { Distribution } from "../../../sim/scenario/schema/distribution.ts";
import type { SubnetPlan } from "../../../sim/scenario/index.ts";
import { loadText, scenarioText } from "./files.ts";

const COUNT = 20_000;

/** Sorted draws. */
function sample(distribution: Distribution<number>): number[] {
  const stream = openStream("0", "test", distribution.distribution);
  return Array.from({ length: COUNT }, () => draw(distribution, stream)).sort((a, b) => a - b);
}

/** Largest distance between the share of draws below x and what the distribution says (Kolmogorov-Smirnov). */
function distance(distribution: Distribution<number>, cumulative: (x: number) => number): number {
  return Math.max(
    ...sample(distribution).map((x, k) =>
      Math.max(Math.abs(cumulative(x) - k / COUNT), Math.abs(cumulative(x) - (k + 1) / COUNT)),
    ),
  );
}

/** The distance that one sample in ten thousand exceeds. */
const LIMIT = 2.23 / Math.sqrt(COUNT);

/** Cumulative standard normal (Abramowitz and Stegun 26.2.17, error below 7.5e-8). */
function normal(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const tail =
    (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) *
    (((((1.330274429 * t - 1.821255978) * t + 1.781477937) * t - 0.356563782) * t + 0.31938153) * t);
  return x >= 0 ? 1 - tail : tail;
}

describe("distributions", () => {
  test("have the shape that they are named after", () => {
    expect(distance({ distribution: "uniform", min: 2, max: 6 }, (x) => (x - 2) / 4)).toBeLessThan(LIMIT);
    expect(
      distance({ distribution: "normal", mean: 50, deviation: 5 }, (x) => normal((x - 50) / 5)),
    ).toBeLessThan(LIMIT);
    expect(
      distance({ distribution: "log-normal", median: 3, sigma: 0.7 }, (x) => normal(Math.log(x / 3) / 0.7)),
    ).toBeLessThan(LIMIT);
    expect(
      distance({ distribution: "pareto", min: 2, shape: 1.16 }, (x) => 1 - (2 / x) ** 1.16),
    ).toBeLessThan(LIMIT);
    expect(distance({ distribution: "exponential", mean: 4 }, (x) => 1 - Math.exp(-x / 4))).toBeLessThan(
      LIMIT,
    );
  });

  test("constant and empirical ones give the values named", () => {
    expect(new Set(sample({ distribution: "constant", value: 7 }))).toEqual(new Set([7]));
    const picked = sample({ distribution: "empirical", values: [1, 2, 5] });
    for (const value of [1, 2, 5])
      expect(Math.abs(picked.filter((x) => x === value).length - COUNT / 3)).toBeLessThan(350);
  });

  test("stay within their bounds and never fall below zero", () => {
    const bounded = sample({ distribution: "normal", mean: 0, deviation: 5, at_least: -3, at_most: 2 });
    expect([bounded[0], bounded.at(-1)]).toEqual([-3, 2]);
    expect(sample({ distribution: "normal", mean: 0, deviation: 5 })[0]).toBe(0);
  });

  test("give these numbers and no others", () => {
    const first = (distribution: Distribution<number>): number =>
      draw(distribution, openStream("1", "a", "b"));
    expect(first({ distribution: "log-normal", median: 1, sigma: 1 })).toBe(KNOWN.logNormal);
    expect(first({ distribution: "pareto", min: 1, shape: 2 })).toBe(KNOWN.pareto);
    expect(first({ distribution: "exponential", mean: 1 })).toBe(KNOWN.exponential);
  });
});

const KNOWN = { logNormal: 3.472670385253565, pareto: 1.8137711613087535, exponential: 1.190816384613426 };

const STAKE = "{ distribution: log-normal, median: 1000 alpha, sigma: 1 }";

describe("drawn stakes", () => {
  const plan = (neurons: string, seed = "0"): SubnetPlan =>
    loadText(scenarioText(`    neurons: ${neurons}`), { seed }).comparisons[0]!;

  test("do not change when neurons are added", () => {
    const few = plan(`[{ name: a, count: 3, alpha_stake: ${STAKE} }]`);
    const more = plan(`[{ name: z, alpha_stake: ${STAKE} }, { name: a, count: 5, alpha_stake: ${STAKE} }]`);
    expect([...more.alphaStake.subarray(1, 4)]).toEqual([...few.alphaStake]);
    expect(new Set(more.alphaStake).size).toBe(6);
  });

  test("change with the seed and with the epoch", () => {
    const one = plan(`[{ name: a, alpha_stake: { by_epoch: { 0: ${STAKE}, 3: ${STAKE} } } }]`);
    const other = plan(`[{ name: a, alpha_stake: { by_epoch: { 0: ${STAKE}, 3: ${STAKE} } } }]`, "1");
    expect(one.alphaStake[0]).not.toBe(other.alphaStake[0]);
    expect(one.changesBefore(3).alphaStake![0]).not.toBe(one.alphaStake[0]);
    expect(one.changesBefore(2).alphaStake).toBeUndefined();
  });

  test("that divide a total give out all of it, in proportion to sizes on each neuron's own stream", () => {
    const total = 1_000_000_000_000_007n;
    const divided = (count: number, shares: string, seed?: string) =>
      plan(`[{ name: a, count: ${count}, alpha_stake: { total: ${total} rao, shares: ${shares} } }]`, seed)
        .alphaStake;
    const sizes = "{ distribution: normal, mean: 1, deviation: 0.3 }";
    const [four, five] = [divided(4, sizes), divided(5, sizes)];
    for (const stakes of [four, five, divided(64, sizes), divided(1, sizes)])
      expect(stakes.reduce((sum, rao) => sum + rao, 0n)).toBe(total);
    expect(Number(five[1]) / Number(five[0])).toBeCloseTo(Number(four[1]) / Number(four[0]), 9);
    expect(divided(4, sizes, "2")).not.toEqual(four);
    // Only the relation of sizes counts, however large they are.
    expect(divided(3, "{ distribution: constant, value: 1e300 }")).toEqual(
      divided(3, "{ distribution: constant, value: 2 }"),
    );
  });
});

describe("drawn weights", () => {
  const rows = (drawn: string, more = "[{ name: m, count: 9 }]"): [number, number][][] => {
    const { offsets, uids, values } = loadText(
      scenarioText(
        `    neurons: [{ name: v, count: 3, weights: { drawn: ${drawn} } }, ${more.slice(1, -1)}]`,
      ),
    ).comparisons[0]!.weights;
    return [0, 1, 2].map((uid) =>
      Array.from({ length: offsets[uid + 1]! - offsets[uid]! }, (_, k) => [
        uids[offsets[uid]! + k]!,
        values[offsets[uid]! + k]!,
      ]),
    );
  };
  const VALUES = "values: { distribution: pareto, min: 1, shape: 1 }";

  test("go to as many targets as asked, by ascending uid, the largest being 65535", () => {
    const drawn = rows(`{ among: m, targets: [2, 5, 9], ${VALUES} }`);
    expect(drawn.map((row) => row.length)).toEqual([2, 5, 9]);
    for (const row of drawn) {
      const uids = row.map(([uid]) => uid);
      expect(uids).toEqual(uids.toSorted((a, b) => a - b));
      expect(Math.min(...uids)).toBeGreaterThan(2);
      expect(Math.max(...row.map(([, value]) => value))).toBe(65_535);
    }
  });

  test("never go to the validator itself", () => {
    const drawn = rows(`{ targets: all, ${VALUES} }`);
    drawn.forEach((row, uid) => {
      expect(row).toHaveLength(11);
      expect(row.map(([target]) => target)).not.toContain(uid);
    });
  });

  test("give the best target the share asked for", () => {
    const drawn = rows(`{ among: m, targets: 6, first: [50 %, 25 %, 100 %], ${VALUES} }`);
    const shares = drawn.map((row) => 65_535 / row.reduce((sum, [, value]) => sum + value, 0));
    expect(shares[0]).toBeCloseTo(0.5, 3);
    expect(shares[2]).toBe(1);
    // A quarter can be less than what another target gets; it is the best target's all the same.
    const quarter = drawn[1]!.map(([, value]) => value / drawn[1]!.reduce((sum, [, each]) => sum + each, 0));
    expect(quarter.some((share) => Math.abs(share - 0.25) < 1e-4)).toBe(true);
  });

  test("give groups of targets the shares asked for, and the others what is left, as the values fall", () => {
    const more = "[{ name: m, count: 9 }, { name: o, count: 4 }]";
    const plain = rows(`{ among: [m, o], targets: all, ${VALUES} }`, more);
    const shared = rows(`{ among: [m, o], targets: all, shares: { m: 30 %, o-1: 0.05 }, ${VALUES} }`, more);
    const groups = [[3, 4, 5, 6, 7, 8, 9, 10, 11], [13], [12, 14, 15]];
    shared.forEach((row, validator) => {
      const all = row.reduce((sum, [, value]) => sum + value, 0);
      const weights = new Map(row);
      const before = new Map(plain[validator]);
      [0.3, 0.05, 0.65].forEach((share, group) => {
        const sum = groups[group]!.reduce((total, uid) => total + weights.get(uid)!, 0);
        const sumBefore = groups[group]!.reduce((total, uid) => total + before.get(uid)!, 0);
        expect(sum / all).toBeCloseTo(share, 3);
        for (const uid of groups[group]!)
          expect(weights.get(uid)! / sum).toBeCloseTo(before.get(uid)! / sumBefore, 2);
      });
    });
    const whole = rows(`{ among: [m, o], targets: all, shares: { m: 100 % }, ${VALUES} }`, more)[0]!;
    expect(whole.filter(([uid]) => uid > 11).map(([, value]) => value)).toEqual([0, 0, 0, 0]);
  });

  test("are alike where values are shared, nearly alike with noise, and different otherwise", () => {
    const shared = rows(`{ among: m, targets: 9, shared: view, ${VALUES} }`);
    expect(shared[1]).toEqual(shared[0]);
    expect(shared[2]).toEqual(shared[0]);
    const noisy = rows(`{ among: m, targets: 9, shared: view, noise: 0.01, ${VALUES} }`);
    expect(noisy[1]).not.toEqual(noisy[0]);
    noisy[1]!.forEach(([, value], k) => expect(Math.abs(value / shared[0]![k]![1] - 1)).toBeLessThan(0.1));
    const own = rows(`{ among: m, targets: 9, ${VALUES} }`);
    expect(own[1]).not.toEqual(own[0]);
    const other = rows(`{ among: m, targets: 9, shared: another-view, ${VALUES} }`);
    expect(other[0]).not.toEqual(shared[0]);
  });
});
