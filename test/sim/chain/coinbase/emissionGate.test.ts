import * as fc from "fast-check";
import { expect, it } from "vitest";
import { mintTao, subnetAccount } from "../../../../sim/chain/accounts/accounts.ts";
import { createChain } from "../../../../sim/chain/chain.ts";
import {
  EMISSION_GATE_440,
  emissionBar,
  gatedShares,
  gateFactor,
} from "../../../../sim/chain/coinbase/emissionGate.ts";
import { blockStep } from "../../../../sim/chain/coinbase/blockStep.ts";
import { PRESETS, withEmissionGate } from "../../../../sim/chain/protocol/presets.ts";
import { addSubnet, createNetwork, emptySubnet } from "../../../../sim/chain/state/genesis.ts";

const { quantile, exponent } = EMISSION_GATE_440;
const ONE = 1n << 64n;
const TAO = 1_000_000_000n;

const fixed = (share: number): bigint => BigInt(Math.round(share * 2 ** 52)) << 12n;
const float = (share: bigint): number => Number(share) / 2 ** 64;
const gated = (shares: readonly bigint[]): bigint[] =>
  gatedShares(shares, emissionBar(shares, quantile), exponent);

/** Shares that sum to one but for rounding; some are zero. */
const sharesOfOne = fc
  .array(fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 1_000_000 }) }, fc.constant(0)), {
    minLength: 1,
    maxLength: 128,
  })
  .filter((weights) => weights.some((weight) => weight > 0))
  .map((weights) => {
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return weights.map((weight) => (BigInt(weight) * ONE) / BigInt(sum));
  });

// Demand and gate of subnets 64, 51, 107, 120, 4, 44, 9, 53 and 8 in the public snapshot of 10 August 2026, whose bar was 0.00733118.
it.each([
  [0.06609757, 0.99863738],
  [0.05598891, 0.99776003],
  [0.04706569, 0.99623495],
  [0.04584816, 0.99592822],
  [0.04359424, 0.99526659],
  [0.03258447, 0.98873914],
  [0.02552844, 0.97686426],
  [0.02535953, 0.97640986],
  [0.02280065, 0.96782796],
])("lets as much of a demand of %f pass as the mainnet: %f", (demand, factor) => {
  expect(Math.abs(float(gateFactor(fixed(demand), fixed(0.00733118), exponent)) - factor)).toBeLessThan(1e-6);
});

it("halves a share that is at the bar, and lets nothing of nothing pass", () => {
  expect(gateFactor(fixed(0.25), fixed(0.25), exponent)).toBe(ONE / 2n);
  expect(gateFactor(0n, fixed(0.25), exponent)).toBe(0n);
});

it("finds the bar where the largest shares carry the quantile", () => {
  const shares = [0.1, 0.4, 0.2, 0.3].map(fixed);
  expect(emissionBar(shares, quantile)).toBe(fixed(0.3));
  expect(emissionBar(shares, fixed(0.4))).toBe(fixed(0.4));
  expect(emissionBar(shares, ONE)).toBe(fixed(0.1));
  expect(emissionBar([], quantile)).toBe(0n);
});

it("changes nothing without a bar, and where nothing passes", () => {
  const shares = [0.9, 0.1].map(fixed);
  expect(gatedShares(shares, 0n, exponent)).toEqual(shares);
  expect(gatedShares([3n, 5n], ONE, exponent)).toEqual([3n, 5n]);
  expect(gatedShares([0n, 0n], ONE, exponent)).toEqual([0n, 0n]);
});

it("keeps the sum at one and the order, and the larger of two shares gets more of what the other loses", () => {
  fc.assert(
    fc.property(sharesOfOne, (shares) => {
      const after = gated(shares);
      const sum = after.reduce((total, share) => total + share, 0n);
      expect(sum).toBeLessThanOrEqual(ONE);
      expect(ONE - sum).toBeLessThanOrEqual(BigInt(after.length));
      for (const [i, one] of shares.entries())
        for (const [j, other] of shares.entries())
          if (one > other) {
            expect(after[i]! >= after[j]!).toBe(true);
            // Ratios grow; the slack is that of a logarithm with 32 fraction bits and of the floors of tiny shares.
            expect(float(after[i]! + 4n) * float(other)).toBeGreaterThanOrEqual(
              float(after[j]!) * float(one) * (1 - 1e-6),
            );
          }
    }),
    { numRuns: 200 },
  );
});

it("does not depend on how subnets are numbered, and empty subnets do not move the bar", () => {
  fc.assert(
    fc.property(sharesOfOne, (shares) => {
      const bar = emissionBar(shares, quantile);
      const sum = shares.reduce((total, share) => total + share, 0n);
      expect(emissionBar([...shares].reverse(), quantile)).toBe(bar);
      if (sum >= quantile) expect(emissionBar([...shares, 0n, 0n], quantile)).toBe(bar);
      expect(gated([...shares].reverse())).toEqual([...gated(shares)].reverse());
    }),
    { numRuns: 200 },
  );
});

/** Subnets with these moving prices, stepped from the block on; TAO of each block by subnet. */
function emissions(
  protocol: typeof PRESETS.minimal,
  prices: readonly number[],
  from: number,
  steps: number,
  later: readonly number[] = prices,
): number[][] {
  const chain = createChain(createNetwork(protocol), { protocol, runEpoch: () => [], parentHash: () => [] });
  const { state, journal } = chain;
  const { columns } = state;
  for (const [i, price] of prices.entries()) {
    const netuid = i + 1;
    addSubnet(journal, state, emptySubnet(netuid, 0, protocol.newSubnetParameters()));
    columns.mechanism[netuid] = 1;
    columns.subtokenEnabled[netuid] = 1;
    columns.firstEmissionBlock[netuid] = 1;
    columns.tao[netuid] = 1_000n * TAO;
    columns.alphaIn[netuid] = 10_000n * TAO;
    columns.movingPrice[netuid] = BigInt(Math.round(price * 2 ** 32));
    mintTao(chain, subnetAccount(netuid), 1_000n * TAO);
  }
  state.block = from;
  return Array.from({ length: steps }, (_, step) => {
    const before = prices.map((_price, i) => columns.tao[i + 1]!);
    if (step === 1)
      for (const [i, price] of later.entries())
        columns.movingPrice[i + 1] = BigInt(Math.round(price * 2 ** 32));
    blockStep(chain);
    return before.map((tao, i) => Number(columns.tao[i + 1]! - tao) / Number(TAO));
  });
}

it("gives the TAO of a block by gated shares", () => {
  const prices = [0.4, 0.3, 0.2, 0.1];
  const [emitted] = emissions(withEmissionGate(PRESETS.compiled), prices, 5, 1);
  // The bar is 0.3.
  const passed = prices.map((share) => share / (1 + (0.3 / share) ** 3));
  const sum = passed.reduce((total, share) => total + share, 0);
  for (const [i, share] of passed.entries()) expect(emitted![i]).toBeCloseTo(share / sum, 6);
});

it("leaves the bar where it is until the next block that is a multiple of the interval", () => {
  const rising = [0.4, 0.3, 0.2, 0.1];
  const equal = [0.25, 0.25, 0.25, 0.25];
  // Blocks 357, 358, ...: the bar of the first prices stays through 359.
  const [, atOnce, , due] = emissions(withEmissionGate(PRESETS.compiled), rising, 356, 4, equal);
  const alone = emissions(withEmissionGate(PRESETS.compiled), equal, 356, 1)[0]!;
  expect(atOnce).toEqual(alone);
  expect(due).toEqual(alone);
  const [, before, , behind] = emissions(withEmissionGate(PRESETS.compiled), equal, 356, 4, rising);
  // The bar was 0.25, and is 0.3 from block 360 on.
  const ratio = (bar: number): number => (1 + (bar / 0.2) ** 3) / (1 + (bar / 0.4) ** 3);
  expect(before![0]! / before![2]!).toBeCloseTo(2 * ratio(0.25), 5);
  expect(behind![0]! / behind![2]!).toBeCloseTo(2 * ratio(0.3), 5);
});
