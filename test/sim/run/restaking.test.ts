import * as fc from "fast-check";
import { expect, test } from "vitest";
import { sharePath } from "../../../reports/metrics/majority.ts";
import { traceInMemory } from "../../../sim/run/index.ts";
import { restaked } from "../../../sim/run/restaking.ts";
import { loadText } from "../scenario/files.ts";

const sumOf = (list: Iterable<bigint>): bigint => [...list].reduce((sum, rao) => sum + rao, 0n);

test("every rao that is paid is staked, on oneself or in proportion to the stakes", () => {
  const rao = fc.bigInt({ min: 0n, max: 2n ** 56n });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(rao, rao), { minLength: 6, maxLength: 6 }).map((pairs) => ({
        stake: BigUint64Array.from(pairs, ([stake]) => stake),
        paid: BigUint64Array.from(pairs, ([, paid]) => paid),
      })),
      ({ stake, paid }) => {
        const before = stake.slice();
        // 0 and 1 stake on themselves, 2 on 0 and 1, 3 to 5 nothing.
        const after = restaked(stake, paid, [
          { from: [0, 1], to: [0, 1] },
          { from: [2], to: [0, 1] },
        ]);
        expect(stake).toEqual(before);
        expect(after.subarray(2)).toEqual(stake.subarray(2));
        expect(sumOf(after)).toBe(sumOf(stake) + sumOf(paid.subarray(0, 3)));
        const together = stake[0]! + stake[1]!;
        const given = after[1]! - stake[1]! - paid[1]!;
        expect(given).toBe(together === 0n ? paid[2]! / 2n : (paid[2]! * stake[1]!) / together);
      },
    ),
  );
});

test("a stake that outgrows 64 bits ends the run with a reason", () => {
  const large = BigUint64Array.of(0xffff_ffff_ffff_fff0n);
  expect(() => restaked(large, BigUint64Array.of(0x10n), [{ from: [0], to: [0] }])).toThrow(
    "the stake of uid 0 outgrows 64 bits; run fewer epochs",
  );
});

const SCENARIO = (emission: string) => `title: Two sides
protocol: subtensor-425
epochs: 12
subnets:
  - netuid: 1
    emission: ${emission}
    neurons:
      - { name: honest, alpha_stake: [400 alpha, 200 alpha], weights: { good: 7, own: 3 }, restake: honest }
      - { name: cabal, alpha_stake: [100 alpha, 300 alpha], weights: { own: 1 }, restake: cabal }
      - { name: good, restake: honest }
      - { name: own, restake: cabal }
`;

async function epochsOf(emission: string) {
  const scenario = loadText(SCENARIO(emission));
  const columns = ["epoch", "hotkey", "emission", "alpha_stake"];
  const trace = await traceInMemory(scenario, new Map([["neurons", new Set(columns)]]));
  const batch = await trace.read("neurons");
  const [paid, stake] = ["emission", "alpha_stake"].map((name) =>
    Array.from(batch.column(name) as BigUint64Array),
  );
  return Array.from({ length: scenario.epochs }, (_, epoch) => ({
    paid: paid!.slice(6 * epoch, 6 * epoch + 6),
    stake: stake!.slice(6 * epoch, 6 * epoch + 6),
  }));
}

/** Of the uids of the cabal and its miner. */
const cabal = (list: readonly bigint[]): bigint => list[2]! + list[3]! + list[5]!;

test("the share of a side moves as its share of the emission says", async () => {
  const epochs = await epochsOf("50 alpha");
  const earned = epochs.map(({ paid }) => Number(cabal(paid)) / Number(sumOf(paid)));
  const wanted = sharePath(0.4, 1000, 50, earned);
  epochs.forEach(({ stake }, epoch) => {
    expect(Number(cabal(stake)) / Number(sumOf(stake))).toBeCloseTo(wanted[epoch]!, 8);
  });
  expect(wanted.at(-1)).not.toBeCloseTo(0.4, 2);
});

test("an emission that is a part of the stake grows with it", async () => {
  const epochs = await epochsOf("{ of_stake: 10 % }");
  epochs.forEach(({ stake, paid }) => {
    const emission = sumOf(stake) / 10n;
    expect(sumOf(paid)).toBeLessThanOrEqual(emission);
    // Each of six floors leaves less than a rao and what 32 fraction bits of a share cannot hold.
    expect(Number(emission - sumOf(paid)) / Number(emission)).toBeLessThan(1e-8);
  });
  expect(Number(sumOf(epochs.at(-1)!.stake)) / 1e12).toBeCloseTo(1.1 ** 11, 5);
});
