import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ExactKernel } from "../../../kernels/exact/kernel.ts";
import { NO_COMMIT } from "../../../kernels/epoch.ts";
import { normalisedStake, permitsAfterEpoch, type PermitRules } from "../../../sim/scenario/permits.ts";

const U64_MAX = 0xffff_ffff_ffff_ffffn;
const kernel = new ExactKernel();

/** What an epoch of the exact kernel says. */
function permitsOfEpoch(
  alphaStake: BigUint64Array,
  taoStake: BigUint64Array,
  rules: PermitRules,
): Uint8Array {
  const n = alphaStake.length;
  const empty = { offsets: new Uint32Array(n + 1), uids: new Uint16Array(0), values: new Uint16Array(0) };
  return kernel.runEpoch({
    ...rules,
    n,
    tempo: 360,
    activityCutoff: 5000n,
    kappa: 32_767,
    bondsPenalty: 65_535,
    bondsMovingAverage: 900_000n,
    yuma3: true,
    liquidAlpha: false,
    alphaLow: 45_875,
    alphaHigh: 58_982,
    alphaSigmoidSteepness: 1000,
    commitReveal: false,
    block: 360n,
    lastMechanismStepBlock: 0n,
    alphaStake,
    taoStake,
    lastUpdate: new BigUint64Array(n),
    blockAtRegistration: new BigUint64Array(n),
    commitBlocks: new BigUint64Array(n).fill(NO_COMMIT),
    validatorPermit: new Uint8Array(n),
    weights: empty,
    bonds: empty,
    raoEmission: 0n,
  }).newValidatorPermit;
}

describe("permits before the first epoch", () => {
  test("are those that the kernel would hand out", () => {
    const stake = fc.oneof(
      fc.constantFrom(0n, 1n, 1_000_000_000n, U64_MAX, 1n << 63n),
      fc.bigInt({ min: 0n, max: 30n }),
      fc.bigInt({ min: 0n, max: U64_MAX }),
    );
    const neurons = fc.array(fc.tuple(stake, stake), { minLength: 1, maxLength: 12 });
    const proportion = fc.oneof(fc.constantFrom(0n, U64_MAX), fc.bigInt({ min: 0n, max: U64_MAX }));
    fc.assert(
      fc.property(
        neurons,
        fc.nat(13),
        fc.oneof(fc.constantFrom(0n, 10n), stake),
        proportion,
        fc.option(fc.nat(11)),
        (list, maxAllowedValidators, stakeThreshold, taoWeight, owner) => {
          const alpha = BigUint64Array.from(list, ([amount]) => amount);
          const tao = BigUint64Array.from(list, ([, amount]) => amount);
          const ownerUid = owner === null || owner >= list.length ? null : owner;
          const rules = { maxAllowedValidators, stakeThreshold, taoWeight, ownerUid };
          expect([...permitsAfterEpoch(alpha, tao, rules)]).toEqual([...permitsOfEpoch(alpha, tao, rules)]);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test("are taken from shares below zero, which a sum that wraps leaves, before those without stake", () => {
    const rules = {
      maxAllowedValidators: 3,
      stakeThreshold: 0n,
      taoWeight: 1_716_564_519_720_845_312n,
      ownerUid: null,
    };
    const alpha = BigUint64Array.of(7_358_998_412_809_167_933n, 1_006_091_364_185_185_187n, 30n, 0n);
    const tao = BigUint64Array.of(20n, 1n << 63n, 2n, 0n);
    expect([...permitsAfterEpoch(alpha, tao, rules)]).toEqual([...permitsOfEpoch(alpha, tao, rules)]);
    expect(normalisedStake(alpha, tao, rules).some((raw) => raw < 0n)).toBe(true);
  });

  test("go to the higher uid of two that tie, as in the worked example (spec/epoch.md 13 H)", () => {
    const rules = { maxAllowedValidators: 2, stakeThreshold: 0n, taoWeight: U64_MAX, ownerUid: null };
    const permits = permitsAfterEpoch(BigUint64Array.of(10n, 10n, 10n, 0n), new BigUint64Array(4), rules);
    expect([...permits]).toEqual([0, 1, 1, 0]);
  });

  test("rest on stake normalised to fixed point (spec/epoch.md 13)", () => {
    const rules = { maxAllowedValidators: 64, stakeThreshold: 0n, taoWeight: U64_MAX, ownerUid: null };
    const tao = BigUint64Array.of(600_000_000_000n, 400_000_000_000n);
    expect(normalisedStake(new BigUint64Array(2), tao, rules)).toEqual([2_576_980_377n, 1_717_986_918n]);
  });
});
