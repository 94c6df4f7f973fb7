import { expect, test } from "vitest";
import { newMatrix } from "../../../kernels/variants/matrix.ts";
import { simulateVariant } from "../../../kernels/variants/simulate.ts";
import { scaleWeights, trustConsensus, trustSigmoid } from "../../../kernels/variants/trust.ts";
import { newCase, settingsOf } from "./cases.ts";

test("the sigmoid is one half at kappa, symmetric about it, and steeper at a higher temperature", () => {
  expect(trustSigmoid(0.5, 10, 0.5)).toBe(0.5);
  expect(trustSigmoid(0.4, 10, 0.4)).toBe(0.5);
  expect(trustSigmoid(1, 10, 0.5)).toBeCloseTo(1 / (1 + Math.exp(-5)), 15);
  for (const share of [0, 0.2, 0.45, 0.7])
    expect(trustSigmoid(share, 10, 0.5) + trustSigmoid(1 - share, 10, 0.5)).toBeCloseTo(1, 15);
  expect(trustSigmoid(0.6, 20, 0.5)).toBeGreaterThan(trustSigmoid(0.6, 10, 0.5));
  expect(trustSigmoid(0.6, 0, 0.5)).toBe(0.5);
});

test("a server is trusted by whoever weighs it at all, however little", () => {
  const weights = { rows: 2, columns: 3, values: Float64Array.from([0.01, 0.99, 0, 1, 0, 0]) };
  const consensus = new Float64Array(3);
  trustConsensus(weights, Float64Array.from([0.7, 0.3]), 10, 0.5, consensus);
  expect([...consensus]).toEqual([trustSigmoid(1, 10, 0.5), trustSigmoid(0.7, 10, 0.5), 0]);
  const scaled = newMatrix(2, 3);
  scaleWeights(weights, consensus, scaled);
  expect([...scaled.values]).toEqual([0.01 * consensus[0]!, 0.99 * consensus[1]!, 0, consensus[0], 0, 0]);
});

test("ranks are multiplied by the sigmoid of trust, and dividends follow them", () => {
  const apart = newCase([[0.49, 0.51]], [[[1, 0], [0, 1]]]); // prettier-ignore
  const run = simulateVariant(apart, settingsOf("yuma1", 1, { consensusMethod: "trust" }));
  const [cabal, honest] = [0.49 * trustSigmoid(0.49, 10, 0.5), 0.51 * trustSigmoid(0.51, 10, 0.5)];
  expect(run.incentives[0]).toBeCloseTo(cabal / (cabal + honest), 12);
  expect(run.dividends[0]).toBeCloseTo(cabal / (cabal + honest), 5);
});

test("where nobody weighs anything there is no consensus, and nothing is paid", () => {
  const run = simulateVariant(
    newCase([[1]], [[[0, 0]]]),
    settingsOf("yuma1", 1, { consensusMethod: "trust" }),
  );
  expect(run.undefinedConsensusEpochs).toEqual([0]);
  expect([...run.incentives, ...run.dividends]).toEqual([0, 0, 0]);
});
