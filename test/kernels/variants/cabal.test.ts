import { expect, test } from "vitest";
import { cabalUnderTrust, honestEmission } from "../../../kernels/variants/paper/cabal.ts";

test("a cabal of 49 % shrinks as the white paper prints it, to practically nothing in 100 blocks", () => {
  const history = cabalUnderTrust(0.49, 0.1, 10, 100);
  const printed = [
    0.4877323388820201, 0.4849535784321247, 0.4815511535094221, 0.477389901500398, 0.4723093486843246,
  ];
  printed.forEach((value, block) => {
    expect(history[block]).toBeCloseTo(value, 14);
  });
  expect(history.every((share, block) => block === 0 || share < history[block - 1]!)).toBe(true);
  expect(history[99]).toBeLessThan(0.001);
});

test("exactly one half is a fixed point, and an unstable one", () => {
  expect(cabalUnderTrust(0.5, 0.1, 10, 100).every((share) => share === 0.5)).toBe(true);
  expect(cabalUnderTrust(0.501, 0.1, 10, 100)[99]).toBeGreaterThan(0.99);
});

const votes = Array.from({ length: 101 }, (_, step) => step / 100);

test("without consensus a cabal of 40 % gains from votes for itself above 0.62, at an honest weight of 0.75", () => {
  const gains = votes.filter((vote) => honestEmission(0.6, 0.75, vote, false) < 0.6);
  expect(gains[0]).toBe(0.63);
  expect(gains.at(-1)).toBe(1);
});

test("with consensus it never gains", () => {
  expect(votes.every((vote) => honestEmission(0.6, 0.75, vote, true) > 0.6)).toBe(true);
});
