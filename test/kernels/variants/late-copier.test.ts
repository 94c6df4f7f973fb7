import { describe, expect, test } from "vitest";
import { consensusAlpha, lateCopierDividend } from "../../../kernels/variants/paper/late-copier.ts";
import { simulateVariant } from "../../../kernels/variants/simulate.ts";
import { newCase, settingsOf } from "./cases.ts";

const ROUNDS = 5;
/** The paper's alphas; the ends of its sigmoid are not printed: these agree with both of its numbers. */
const PAPER = { low: 0.1, high: 0.9, from: 0, to: 0.8 };
const liquid = (jump: number, sigmoid = PAPER) =>
  lateCopierDividend(jump, ROUNDS, consensusAlpha(jump, sigmoid));
const constant = (jump: number) => lateCopierDividend(jump, ROUNDS, 0.9);

describe("the numbers of the paper", () => {
  test("at a jump of 0.5 the dividend falls from .0071 to .0053, by 25 %", () => {
    expect(constant(0.5).toFixed(4)).toBe("0.0071");
    expect(liquid(0.5).toFixed(4)).toBe("0.0053");
    expect(Math.abs(1 - liquid(0.5) / constant(0.5) - 0.25)).toBeLessThan(0.01);
  });

  test("at one of 0.1 it falls by about 6 %", () => {
    expect((1 - liquid(0.1) / constant(0.1)).toFixed(2)).toBe("0.06");
  });

  test("the lower alpha_low, the lower the dividend", () => {
    const lows = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7];
    const dividends = lows.map((low) => liquid(0.5, { ...PAPER, low }));
    expect(dividends).toEqual([...dividends].sort((a, b) => a - b));
    expect(dividends.at(-1)).toBeLessThan(constant(0.5));
  });
});

test("the sigmoid goes through both ends and stays within its bounds", () => {
  expect(consensusAlpha(0, PAPER)).toBeCloseTo(0.1, 12);
  expect(consensusAlpha(0.4, PAPER)).toBeCloseTo(0.5, 12);
  expect(consensusAlpha(0.8, PAPER)).toBeCloseTo(0.9, 12);
  expect(consensusAlpha(1, PAPER)).toBe(0.9);
  expect(consensusAlpha(0.1, { ...PAPER, from: 0.2 })).toBe(0.1);
});

test.each([
  [0.5, 0.9],
  [0.5, 0.634],
  [0.1, 0.9],
  [0.1, 0.161],
])("Yuma 2A comes to the same: jump of %d, alpha of %d", (jump, alpha) => {
  const old = [1 / 3, 1 / 3, 1 / 3, 0];
  const after = [...old.slice(0, 3).map((weight) => weight * (1 - jump)), jump];
  const epochs = [old, ...Array.from({ length: ROUNDS }, () => after)];
  const story = newCase(
    epochs.map(() => [1, 1, 98]),
    epochs.map((row) => [old, row, row]),
  );
  const run = simulateVariant(story, settingsOf("yuma2a", 1, { bondsRate: 1 - alpha }));
  expect(run.dividends.at(-3)).toBeCloseTo(lateCopierDividend(jump, ROUNDS, alpha), 6);
});
