import { expect, it } from "vitest";
import { combined, mechanismEmissions, mechanismWeights } from "../../../../sim/chain/epoch/mechanisms.ts";

it("spec/epoch.md 13 K: the emission of several mechanisms", () => {
  expect(mechanismEmissions(1001n, 2, null)).toEqual([501n, 500n]);
  expect(mechanismEmissions(1_000_000_000n, 2, [45_875, 19_660])).toEqual([700_007_630n, 299_992_370n]);
  expect(mechanismEmissions(10n, 2, [32_768, 32_767])).toEqual([6n, 4n]);
});

it("spec/epoch.md 13 K: the combination of their results", () => {
  const weights = mechanismWeights([501n, 500n], 1001n);
  expect(weights).toEqual([9_232_586_194_733_751_608n, 9_214_157_878_975_800_007n]);
  const both = (first: bigint, second: bigint) =>
    [first, second].reduce((sum, value, k) => combined(sum, value, weights[k] ?? 0n), 0n);
  expect(both(65_535n, 65_535n)).toBe(65_534n);
  expect(both(30_000n, 10_000n)).toBe(20_009n);
});
