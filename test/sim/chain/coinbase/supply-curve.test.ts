import { describe, expect, it } from "vitest";
import { blockStep } from "../../../../sim/chain/coinbase/blockStep.ts";
import { blockEmission, HALVING_THRESHOLDS, MAX_SUPPLY } from "../../../../sim/chain/coinbase/issuance.ts";
import { issuanceAt, supplyCurve } from "../../../../sim/chain/coinbase/supplyCurve.ts";
import { openWorld, TAO } from "../world.ts";

describe("the supply curve", () => {
  const eras = supplyCurve();

  it("halves 30 times on the way to 21 million TAO, spec/emission.md 2", () => {
    expect(eras).toHaveLength(30);
    expect(eras.slice(0, 3).map(({ issuance, emission }) => [issuance, emission])).toEqual([
      [0n, TAO],
      [10_500_000n * TAO, TAO / 2n],
      [15_750_000n * TAO, TAO / 4n],
    ]);
    // Two eras end at the same rounded issuance apart from their last block's surplus.
    for (const { issuance, emission } of eras) expect(emission).toBe(blockEmission(issuance));
    const last = eras.at(-1);
    const end = issuanceAt(eras, (last?.firstBlock ?? 0n) + (last?.blocks ?? 0n));
    expect(blockEmission(end)).toBe(0n);
    expect(end).toBeLessThanOrEqual(MAX_SUPPLY);
    expect(MAX_SUPPLY - end).toBeLessThan(TAO);
  });

  it("has thresholds at 10.5, 15.75, 18.375 and 19.6875 million TAO, 10.5 million blocks apart: 1,458 days, 3.99 years", () => {
    expect(HALVING_THRESHOLDS.slice(0, 4).map((threshold) => Number(threshold / TAO))).toEqual([
      10_500_000, 15_750_000, 18_375_000, 19_687_500,
    ]);
    for (const { blocks } of eras.slice(0, 4)) {
      // The last block of an era may pass its threshold.
      expect(Math.abs(Number(blocks) - 10_500_000)).toBeLessThanOrEqual(1);
      expect(Number(blocks) / 7_200).toBeCloseTo(1_458.3, 1);
      expect(Number(blocks) / 7_200 / 365.25).toBeCloseTo(3.99, 2);
    }
  });

  it("takes 328 million blocks", () => {
    const last = eras.at(-1);
    const blocks = (last?.firstBlock ?? 0n) + (last?.blocks ?? 0n);
    expect(blocks).toBeGreaterThan(327_000_000n);
    expect(blocks).toBeLessThan(329_000_000n);
  });

  it("agrees with the curve block by block around every threshold", () => {
    for (const threshold of HALVING_THRESHOLDS) {
      const start = threshold - 3n * blockEmission(threshold - 1n);
      let issuance = start;
      for (let block = 0n; block < 6n; block++) {
        expect(issuanceAt(supplyCurve(start), block)).toBe(issuance);
        issuance += blockEmission(issuance);
      }
    }
  });
});

it("a run that starts shortly before a threshold mints what the table says", () => {
  for (const [halvings, threshold] of HALVING_THRESHOLDS.slice(0, 20).entries()) {
    const { chain, state } = openWorld();
    // The rest of the supply lies on an account that does nothing.
    const missing = threshold - 2n * (TAO >> BigInt(halvings)) - state.totalIssuance;
    state.balances.set(888, missing);
    state.totalIssuance += missing;
    state.balancesIssuance += missing;
    state.accountsTotal += missing;
    // Without an enabled subnet every block's emission would go back to the curve.
    for (const netuid of [1, 2]) {
      state.columns.movingPrice[netuid] = 1n << 31n;
      state.columns.emissionEnabled[netuid] = 1;
    }
    const minted: bigint[] = [];
    for (let i = 0; i < 5; i++) {
      const before = state.totalIssuance;
      blockStep(chain);
      minted.push(state.totalIssuance - before);
      expect(state.totalIssuance - before).toBeLessThanOrEqual(blockEmission(before));
      expect(blockEmission(before) - (state.totalIssuance - before)).toBeLessThanOrEqual(4n);
    }
    expect(minted.at(-1)).toBeLessThanOrEqual(TAO >> BigInt(halvings + 1));
  }
});
