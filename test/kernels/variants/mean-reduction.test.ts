import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Matrix } from "../../../kernels/variants/matrix.ts";
import { newMatrix } from "../../../kernels/variants/matrix.ts";
import { reduceToMean } from "../../../kernels/variants/mean-reduction.ts";
import { honestEmission } from "../../../kernels/variants/paper/cabal.ts";
import { simulateVariant } from "../../../kernels/variants/simulate.ts";
import { newCase, settingsOf } from "./cases.ts";

interface Vote {
  readonly stake: number;
  readonly weights: readonly number[];
}

function reduced(votes: readonly Vote[], steps: number, smoothing: number) {
  const columns = votes[0]!.weights.length;
  const weights: Matrix = {
    rows: votes.length,
    columns,
    values: Float64Array.from(votes.flatMap((vote) => vote.weights)),
  };
  const out = newMatrix(votes.length, columns);
  const consensus = new Float64Array(columns);
  reduceToMean(
    weights,
    Float64Array.from(votes, ({ stake }) => stake),
    steps,
    smoothing,
    out,
    consensus,
  );
  return { weights: [...out.values], consensus: [...consensus] };
}

const column = (...pairs: readonly (readonly [number, number])[]): Vote[] =>
  pairs.map(([stake, weight]) => ({ stake, weights: [weight] }));

const votes = fc.integer({ min: 1, max: 3 }).chain((servers) =>
  fc.array(
    fc.record({
      stake: fc.integer({ min: 1, max: 9 }),
      weights: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: servers, maxLength: servers }),
    }),
    { minLength: 1, maxLength: 5 },
  ),
);
const smoothings = fc.constantFrom(0, 0.5, 0.95, 1);
const steps = fc.integer({ min: 0, max: 5 });

function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  found.forEach((value, at) => {
    expect(value).toBeCloseTo(expected[at]!, 9);
  });
}

test("a step brings weights above the mean down to it, or a part of the way with smoothing", () => {
  // Mean (0.6 * 0.5625 + 0.4 * 0.0625) / (0.45 + 0.1) = 29/44, mean deviation 0.45/0.55 * 4/44 + 0.1/0.55 * 18/44.
  const sides = column([0.6, 0.75], [0.4, 0.25]);
  const [mean, deviation] = [29 / 44, (0.45 * (4 / 44) + 0.1 * (18 / 44)) / 0.55];
  expectClose(reduced(sides, 1, 0).weights, [mean, 0.25]);
  expectClose(reduced(sides, 1, 0.5).weights, [mean + (4 / 44) * 0.5 ** (4 / 44 / deviation), 0.25]);
  expectClose(reduced(sides, 0, 0).consensus, [mean]);
});

test("weights without stake behind them, and equal ones, stay", () => {
  expect(reduced(column([0, 0.5], [0, 0.25]), 3, 0)).toEqual({ weights: [0.5, 0.25], consensus: [0] });
  expectClose(reduced(column([2, 0.5], [1, 0.5], [4, 0]), 3, 0.5).weights, [0.5, 0.5, 0]);
});

test("no weight rises, and a consensus lies within the weights that count", () => {
  fc.assert(
    fc.property(votes, steps, smoothings, (told, count, smoothing) => {
      const { weights, consensus } = reduced(told, count, smoothing);
      const before = told.flatMap((vote) => vote.weights);
      weights.forEach((weight, at) => {
        expect(weight).toBeLessThanOrEqual(before[at]!);
        expect(weight > 0).toBe(before[at]! > 0);
      });
      consensus.forEach((mean, j) => {
        const own = weights.filter((_, at) => at % consensus.length === j);
        expect(mean).toBeLessThanOrEqual(Math.max(...own) * (1 + 1e-12));
        expect(mean).toBeGreaterThanOrEqual(Math.min(...own) * (1 - 1e-12));
      });
    }),
  );
});

test("steps add up: so many, and then so many more", () => {
  fc.assert(
    fc.property(votes, steps, steps, smoothings, (told, first, second, smoothing) => {
      const width = told[0]!.weights.length;
      const { weights } = reduced(told, first, smoothing);
      const between = told.map(({ stake }, i) => ({
        stake,
        weights: weights.slice(i * width, (i + 1) * width),
      }));
      expect(reduced(between, second, smoothing)).toEqual(reduced(told, first + second, smoothing));
    }),
  );
});

test("without smoothing many steps leave of every server its smallest weight above 0", () => {
  fc.assert(
    fc.property(votes, (told) => {
      const { consensus } = reduced(told, 20_000, 0);
      const smallest = consensus.map((_, j) => {
        const given = told.map(({ weights }) => weights[j]!).filter((weight) => weight > 0);
        return given.length === 0 ? 0 : Math.min(...given);
      });
      expectClose(consensus, smallest);
    }),
    { numRuns: 20 },
  );
});

test("the order of validators, the unit of stake and the unit of weights do not matter", () => {
  fc.assert(
    fc.property(votes, steps, smoothings, (told, count, smoothing) => {
      const { consensus } = reduced(told, count, smoothing);
      expectClose(reduced([...told].reverse(), count, smoothing).consensus, consensus);
      const richer = told.map(({ stake, weights }) => ({ stake: stake * 1024, weights }));
      expectClose(reduced(richer, count, smoothing).consensus, consensus);
      const scaled = told.map(({ stake, weights }) => ({ stake, weights: weights.map((w) => w / 1024) }));
      expectClose(
        reduced(scaled, count, smoothing).consensus.map((mean) => mean * 1024),
        consensus,
      );
    }),
  );
});

/** Emission share of the honest side of the two-group game by the formula itself. */
function honestShare(honestWeight: number, cabalWeight: number, count: number, smoothing: number): number {
  const weights = [
    [honestWeight, 1 - honestWeight],
    [1 - cabalWeight, cabalWeight],
  ];
  const run = simulateVariant(
    newCase([[0.6, 0.4]], [weights]),
    settingsOf("yuma1", 1, {
      consensusMethod: "mean_reduction",
      consensusSteps: count,
      consensusSmoothing: smoothing,
    }),
  );
  return (run.incentives[0]! + run.dividends[0]!) / 2;
}

const cabalVotes = Array.from({ length: 101 }, (_, step) => step / 100);

test("without a step the two-group game is that without consensus", () => {
  for (const vote of cabalVotes)
    expect(honestShare(0.75, vote, 0, 0)).toBeCloseTo(honestEmission(0.6, 0.75, vote, false), 5);
});

test.each([
  { count: 1, smoothing: 0, from: 0.7 },
  { count: 3, smoothing: 0, from: undefined },
  { count: 60, smoothing: 0.95, from: undefined },
])("at $count steps and a smoothing of $smoothing the cabal profits from $from on", (game) => {
  const profits = cabalVotes.filter((vote) => honestShare(0.75, vote, game.count, game.smoothing) < 0.6);
  expect(profits[0]).toBe(game.from);
});
