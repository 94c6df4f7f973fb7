import { describe, expect, test } from "vitest";
import { VARIANTS } from "../../../../kernels/variants/names.ts";
import { simulateVariant } from "../../../../kernels/variants/simulate.ts";
import type { VariantChoice } from "../../../../kernels/variants/subnet/choice.ts";
import { VariantKernel, type VariantOutput } from "../../../../kernels/variants/subnet/kernel.ts";
import { CASES, settingsOf } from "../cases.ts";
import { epochInput, epochOfCase } from "./subnet.ts";

const TWO_32 = 4_294_967_296;
const PENALTY = 0.99;

const charts = (formula: VariantChoice["formula"], changes: Partial<VariantChoice> = {}): VariantChoice => ({
  formula,
  base: "charts",
  bondsPenalty: PENALTY,
  liquid: {},
  ...changes,
});
const ratios = (raw: BigInt64Array): number[] => Array.from(raw, (value) => Number(value) / TWO_32);

/** The largest difference of any element. */
function worst(found: readonly number[], expected: ArrayLike<number>): number {
  expect(found.length).toBe(expected.length);
  return found.reduce((most, value, k) => Math.max(most, Math.abs(value - expected[k]!)), 0);
}

/** Bonds on servers by validators, dense; in the unit of the formula over `scale`. */
function denseBonds({ bonds, bondLevels }: VariantOutput, validators: number, servers: number): number[] {
  const dense = Array.from({ length: validators * servers }, () => 0);
  for (let i = 0; i < validators; i++)
    for (let k = bonds.offsets[i]!; k < bonds.offsets[i + 1]!; k++)
      dense[i * servers + bonds.uids[k]! - validators] = bondLevels[k]!;
  return dense;
}

describe("the epoch of a subnet is that of the formula", () => {
  test.each(VARIANTS)("%s: all cases, epoch by epoch", (formula) => {
    let [dividends, incentives, consensus, bonds] = [0, 0, 0, 0];
    for (const id of CASES.ids) {
      const story = CASES.get(id);
      const { validators, servers, epochs, bondReset } = story;
      const expected = simulateVariant(story, settingsOf(formula, PENALTY));
      const kernel = new VariantKernel(charts(formula, { winnerTakesAll: story.winnerTakesAll }));
      for (let epoch = 0; epoch < epochs; epoch++) {
        const { input, submitted } = epochOfCase(story, epoch);
        const bondResets = bondReset?.epoch === epoch ? [validators + bondReset.server] : [];
        const output = kernel.runEpoch(input, { weights: submitted, bondResets });
        const of = (values: Float64Array, length: number) =>
          values.subarray(epoch * length, (epoch + 1) * length);
        dividends = Math.max(
          dividends,
          worst(ratios(output.dividendsRaw).slice(0, validators), of(expected.dividends, validators)),
        );
        incentives = Math.max(
          incentives,
          worst(ratios(output.incentiveRaw).slice(validators), of(expected.incentives, servers)),
        );
        consensus = Math.max(
          consensus,
          worst(ratios(output.consensusRaw).slice(validators), of(expected.consensus, servers)),
        );
        const scale = formula === "yuma2c" ? 2 ** 64 : 1;
        bonds = Math.max(
          bonds,
          worst(
            denseBonds(output, validators, servers),
            of(expected.bonds, validators * servers).map((bond) => bond / scale),
          ),
        );
      }
    }
    // The columns of an epoch's output are floors of 2^-32.
    expect(dividends).toBeLessThan(3e-10);
    expect(incentives).toBeLessThan(3e-10);
    expect(consensus).toBeLessThan(3e-10);
    expect(bonds).toBeLessThan(1e-12);
  });
});

describe("what the chain decides", () => {
  const kernel = () => new VariantKernel({ formula: "yuma3", base: "chain", liquid: {} });
  const sum = (amounts: BigUint64Array): bigint => amounts.reduce((total, amount) => total + amount, 0n);

  test("weights of those who may not vote do not count", () => {
    const weights = [
      [0, 3, 1],
      [1, 3, 1],
      [2, 4, 1],
    ] as const;
    const everybody = epochInput([30, 30, 40, 0, 0], weights);
    const paid = (input: typeof everybody) => ratios(kernel().runEpoch(input).incentiveRaw);
    expect(paid(everybody)).toEqual([0, 0, 0, 1, 0]);
    const permits = Uint8Array.of(0, 1, 1, 0, 0);
    expect(paid({ ...everybody, validatorPermit: permits })).toEqual([0, 0, 0, 0, 1]);
    const lastUpdate = BigUint64Array.of(1n, 9990n, 9990n, 9990n, 9990n);
    expect(paid({ ...everybody, lastUpdate })).toEqual([0, 0, 0, 0, 1]);
    // Uid 3 registered in the block in which the weights were set: they were meant for its predecessor.
    const blockAtRegistration = BigUint64Array.of(10n, 10n, 10n, 9990n, 10n);
    expect(paid({ ...everybody, blockAtRegistration })).toEqual([0, 0, 0, 0, 0]);
    const committed = { commitReveal: true, commitBlocks: BigUint64Array.of(9n, 9n, 9n, 9n, 9n) };
    expect(paid({ ...everybody, ...committed })).toEqual([0, 0, 0, 0, 0]);
  });

  test("only the owner may weigh itself", () => {
    const input = epochInput([60, 40], [[0, 0, 1]]);
    expect(ratios(kernel().runEpoch(input).incentiveRaw)).toEqual([0, 0]);
    expect(ratios(kernel().runEpoch({ ...input, ownerUid: 0 }).incentiveRaw)).toEqual([1, 0]);
  });

  test("each side gets about half, in whole rao, and without weights stake is paid", () => {
    const paid = kernel().runEpoch(epochInput([60, 40, 0], [[0, 2, 1]]));
    // D / (sum D + 0.000001) is 0.6 / 0.600001, so that incentive has a little more than half.
    expect([...paid.serverEmission]).toEqual([0n, 0n, 41_000_034_166n]);
    expect(sum(paid.serverEmission) + sum(paid.validatorEmission)).toBeLessThanOrEqual(82_000_000_000n);
    const unpaid = kernel().runEpoch(epochInput([60, 40, 0], []));
    expect([...unpaid.validatorEmission]).toEqual([49_199_999_988n, 32_799_999_992n, 0n]);
    expect([...unpaid.dividends]).toEqual([0, 0, 0]);
    expect(unpaid.bonds.uids.length).toBe(0);
  });
});

describe("bonds", () => {
  const weights = [
    [0, 2, 1],
    [1, 2, 1],
  ] as const;
  const input = (changes = {}) => epochInput([60, 40, 0], weights, changes);
  const run = (kernel: VariantKernel, hotkeys: number[], changes = {}) =>
    [...kernel.runEpoch(input(changes), { hotkeys }).bondLevels].map(
      (level) => Math.round(level * 1000) / 1000,
    );
  const kernel = () => new VariantKernel({ formula: "yuma3", base: "chain", liquid: {} });

  test("stay with a neuron whose hotkey is swapped, and leave with one that is replaced", () => {
    const swapped = kernel();
    expect(run(swapped, [7, 8, 9])).toEqual([0.1, 0.1]);
    expect(run(swapped, [7, 80, 9])).toEqual([0.19, 0.19]);
    const replaced = kernel();
    run(replaced, [7, 8, 9]);
    const blockAtRegistration = BigUint64Array.of(10n, 500n, 10n);
    expect(run(replaced, [7, 80, 9], { blockAtRegistration })).toEqual([0.19, 0.1]);
    const miner = kernel();
    run(miner, [7, 8, 9]);
    expect(run(miner, [7, 8, 90], { blockAtRegistration: BigUint64Array.of(10n, 10n, 500n) })).toEqual([
      0.1, 0.1,
    ]);
  });

  test("follow a hotkey to another uid", () => {
    const moved = kernel();
    run(moved, [7, 8, 9]);
    const other = epochInput([40, 60, 0], weights);
    const levels = [...moved.runEpoch(other, { hotkeys: [8, 7, 9] }).bondLevels];
    expect(levels.map((level) => Math.round(level * 100) / 100)).toEqual([0.19, 0.19]);
  });

  test("of a validator without a permit afterwards are gone", () => {
    const few = kernel();
    run(few, [7, 8, 9], { maxAllowedValidators: 1 });
    expect(run(few, [7, 8, 9])).toEqual([0.19, 0.1]);
  });

  test("are the same in a kernel that goes on from what another one saved", () => {
    const whole = new VariantKernel(charts("yuma3-liquid"));
    const first = new VariantKernel(charts("yuma3-liquid"));
    const run = (kernel: VariantKernel, epoch: number) => {
      const { input, submitted } = epochOfCase(CASES.get(5), epoch);
      return kernel.runEpoch(input, { weights: submitted, place: "1/0" });
    };
    for (let epoch = 0; epoch < 20; epoch++) {
      run(whole, epoch);
      run(first, epoch);
    }
    const second = new VariantKernel(charts("yuma3-liquid"), structuredClone(first.save()));
    expect(run(second, 20)).toEqual(run(whole, 20));
  });

  test("of two places do not mix", () => {
    const shared = kernel();
    const there = shared.runEpoch(input(), { place: "1/0" });
    expect(shared.runEpoch(input(), { place: "2/0" }).bondLevels).toEqual(there.bondLevels);
  });
});
