import * as fc from "fast-check";
import { expect, test } from "vitest";
import { feeSums } from "../../../reports/metrics/fees.ts";
import { epochsWithoutIncentive, liveness } from "../../../reports/metrics/liveness.ts";
import { minerMargins, minersBelowCost } from "../../../reports/metrics/miner-margin.ts";
import { largestResidual, solvencyResidual } from "../../../reports/metrics/solvency.ts";
import { stakeRatios } from "../../../reports/metrics/stake-ratio.ts";
import { activeSubnets, medianSubnetAge, slotTurnover } from "../../../reports/metrics/subnet-turnover.ts";

test("M70 stake ratios", () => {
  expect(stakeRatios(100n, 30n, 20n)).toEqual({ staked: 0.5, root: 0.6, inPools: 0.2 });
  expect(stakeRatios(100n, 0n, 0n)).toEqual({ staked: 0, root: null, inPools: 0 });
  expect(stakeRatios(0n, 0n, 0n)).toBeNull();
});

test("M71 turnover: a slot that another subnet took counts twice", () => {
  const subnet = (netuid: number, registeredAt: number, active = true) => ({ netuid, registeredAt, active });
  const before = [subnet(1, 0), subnet(2, 100), subnet(3, 200)];
  const after = [subnet(1, 0), subnet(2, 900), subnet(3, 200, false)];
  expect(slotTurnover(before, after, 4, 365 * 7200)).toBe(0.5);
  expect(slotTurnover(before, before, 4, 7200)).toBe(0);
  expect(slotTurnover(before, after, 0, 7200)).toBeNull();
  expect(slotTurnover(before, after, 4, 0)).toBeNull();
  expect(activeSubnets(after)).toBe(2);
  expect(medianSubnetAge(after, 1000)).toBe(800);
  expect(medianSubnetAge([], 1000)).toBeNull();
});

test("M72 liveness: the cutoff itself is active", () => {
  expect(liveness([900, 899, 1000], 1000, 100)).toEqual({ active: 2, stale: 1 });
  expect(epochsWithoutIncentive([0n, 5n, 0n])).toBe(2);
});

test("M73 fees: both groupings are the whole", () => {
  const fee = fc.record({
    amount: fc.bigInt({ min: 0n, max: 2n ** 64n }),
    source: fc.constantFrom("addStake", "swap"),
    receiver: fc.constantFrom("author", "nobody"),
  });
  const sum = (amounts: ReadonlyMap<string, bigint>): bigint =>
    [...amounts.values()].reduce((all, amount) => all + amount, 0n);
  fc.assert(
    fc.property(fc.array(fee), (fees) => {
      const { total, bySource, byReceiver } = feeSums(fees);
      expect(total).toBe(fees.reduce((all, { amount }) => all + amount, 0n));
      expect(sum(bySource)).toBe(total);
      expect(sum(byReceiver)).toBe(total);
    }),
  );
});

test("M74 margins: 0 is not below cost", () => {
  const margins = minerMargins([10n, 5n, 0n], [5n, 5n, 1n]);
  expect(margins).toEqual([5n, 0n, -1n]);
  expect(minersBelowCost(margins)).toBe(1);
});

test("M75 a rao that is missing shows", () => {
  expect(solvencyResidual({ issued: 100n, pools: 40n, root: 30n, free: 29n, recycled: 1n })).toBe(0n);
  expect(
    solvencyResidual({ issued: 2n ** 64n, pools: 2n ** 64n - 1n, root: 0n, free: 0n, recycled: 0n }),
  ).toBe(1n);
  expect(largestResidual([0n, 2n, -3n, 3n])).toBe(-3n);
  expect(largestResidual([])).toBe(0n);
});
