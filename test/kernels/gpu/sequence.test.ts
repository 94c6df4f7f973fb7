import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { denseNetwork } from "../../../bench/gpu-networks.ts";
import type { EpochInput, SparseRows } from "../../../kernels/epoch.ts";
import { ExactKernel } from "../../../kernels/exact/kernel.ts";
import { FloatKernel } from "../../../kernels/gpu/kernel.ts";
import { toEpochOutput } from "../../../kernels/gpu/output.ts";
import { describeBackends } from "./available.ts";
import { type Errors, errorsOf, FIELDS, noErrors, worse } from "../../../bench/gpu-comparison.ts";
import { exactRatios, exactSequence } from "../../../bench/gpu-sequence.ts";

// A software adapter on a busy machine is slow.
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

const SIZE = { neurons: 24, validators: 6 };

/** The same rows, every one sent in descending order of uid. */
function reversed({ offsets, uids, values }: SparseRows): SparseRows {
  const turned = { offsets, uids: uids.slice(), values: values.slice() };
  for (let row = 0; row + 1 < offsets.length; row++) {
    turned.uids.subarray(offsets[row], offsets[row + 1]).reverse();
    turned.values.subarray(offsets[row], offsets[row + 1]).reverse();
  }
  return turned;
}

/** Networks whose permits, activity and masks change on the way, beside ones where nothing does. */
function networks(): EpochInput[] {
  const original = denseNetwork(1, SIZE, "original");
  const fixed = denseNetwork(2, SIZE, "fixed");
  const liquid = denseNetwork(3, SIZE, "liquid");
  return [
    original,
    fixed,
    liquid,
    { ...liquid, weights: reversed(liquid.weights) },
    { ...liquid, bondsPenalty: 30000, alphaSigmoidSteepness: -700 },
    { ...original, bondsPenalty: 0, bondsMovingAverage: 975_000n },
    // A validator goes to sleep after 100 epochs, another loses its permit after the first.
    {
      ...fixed,
      activityCutoff: 36_100n,
      lastUpdate: fixed.lastUpdate.map((b, i) => (i === 2 ? b + 5000n : b)),
    },
    { ...liquid, maxAllowedValidators: 4, ownerUid: 5 },
    // Registered during the run: bonds towards it count only afterwards.
    {
      ...original,
      blockAtRegistration: original.blockAtRegistration.map((b, i) => (i === 20 ? 1_001_000n : b)),
    },
  ];
}

describeBackends("consecutive float epochs", (backend) => {
  let kernel: FloatKernel;
  beforeAll(async () => {
    kernel = await FloatKernel.open(backend);
  });
  afterAll(() => kernel.close());

  test("200 epochs stay within 1e-4 of the exact kernel, in every field and epoch", async () => {
    const exact = new ExactKernel();
    const inputs = networks();
    const outputs = await kernel.run(inputs, { epochs: 200, bonds: "every" });
    const worst: Errors[] = inputs.map((input, k) => {
      const expected = exactSequence(exact, input, 200);
      return outputs[k]!.reduce(
        (errors, output, e) => worse(errors, errorsOf(output, exactRatios(expected[e]!))),
        noErrors(),
      );
    });
    const far = worst.flatMap((errors, k) =>
      FIELDS.filter((field) => !(errors[field] <= 1e-4)).map(
        (field) => `network ${k}: ${field} is off by ${errors[field]}`,
      ),
    );
    expect(far).toEqual([]);
  });

  test("epochs in one launch equal epochs launched one by one", async () => {
    const inputs = networks();
    const together = await kernel.run(inputs, { epochs: 5, bonds: "every" });
    let current = inputs;
    for (let epoch = 0; epoch < 5; epoch++) {
      const alone = await kernel.run(current, { epochs: 1, bonds: "last" });
      alone.forEach((outputs, k) => expect(together[k]![epoch]).toEqual(outputs[0]));
      current = current.map((input, k) => ({
        ...input,
        block: input.block + BigInt(input.tempo),
        lastMechanismStepBlock: input.block,
        validatorPermit: alone[k]![0]!.newValidatorPermit,
        bonds: alone[k]![0]!.bonds!,
      }));
    }
  });

  test("with `last`, only the last epoch carries bonds, and they are the same", async () => {
    const inputs = networks();
    const every = await kernel.run(inputs, { epochs: 3, bonds: "every" });
    const last = await kernel.run(inputs, { epochs: 3, bonds: "last" });
    last.forEach((outputs, k) => {
      expect(outputs.map(({ bonds }) => bonds === null)).toEqual([true, true, false]);
      expect(outputs[2]).toEqual(every[k]![2]);
    });
  });

  test("in the form of the exact kernel, emission is shared out to within a few rao in a million", async () => {
    const input = denseNetwork(7, SIZE, "fixed");
    const [outputs] = await kernel.run([input], { epochs: 1, bonds: "last" });
    const output = toEpochOutput(input, outputs![0]!);
    const expected = new ExactKernel().runEpoch(input);
    for (let uid = 0; uid < input.n; uid++) {
      for (const column of ["serverEmission", "validatorEmission", "emission"] as const) {
        expect(Math.abs(Number(output[column][uid]! - expected[column][uid]!))).toBeLessThan(2e-6 * 1e9);
      }
      expect(Math.abs(output.incentive[uid]! - expected.incentive[uid]!)).toBeLessThanOrEqual(1);
    }
    expect(output.stakeWeight).toEqual(expected.stakeWeight);
    expect(output.activeStakeRaw).toEqual(expected.activeStakeRaw);
  });

  test("without usable weights emission goes to active stake, and to all stake when nobody is active", async () => {
    const input = denseNetwork(8, SIZE, "original");
    const silent = { ...input, weights: { ...input.weights, offsets: new Uint32Array(input.n + 1) } };
    const asleep = { ...silent, activityCutoff: 1n };
    const [active, all] = await kernel.run([silent, asleep], {
      epochs: 1,
      bonds: "last",
    });
    expect(active![0]!.combinedShare).toEqual(active![0]!.activeStake);
    expect(active![0]!.combinedShare.some((share) => share > 0)).toBe(true);
    expect(all![0]!.combinedShare).toEqual(all![0]!.stakeWeight);
  });
});
