import { describe, expect, it } from "vitest";
import type { EpochInput, EpochOutput, SparseRows } from "../../../kernels/epoch.ts";
import { epochCase } from "../../../bench/epoch-cases.ts";
import { ExactKernel } from "../../../kernels/exact/kernel.ts";
import { randomEpoch } from "./random-epochs.ts";
import { fromSparseRows, toSparseRows } from "./vectors.ts";

const CASE = { n: 40, validators: 8, yuma3: true, liquidAlpha: false, density: 1, seed: 3 };

function withRow(rows: SparseRows, uid: number, row: [number, number][]): SparseRows {
  const all = fromSparseRows(rows);
  all[uid] = row;
  return toSparseRows(all);
}

describe("ExactSubnet", () => {
  const kernel = new ExactKernel();

  it("repeats a step with the same result, and goes on from the new bonds once they are committed", () => {
    const input = epochCase(CASE);
    const subnet = kernel.load(input);
    subnet.step();
    const first = subnet.read();
    subnet.step();
    expect(subnet.read()).toEqual(first);
    subnet.commitBonds();
    subnet.step();
    const second = subnet.read();
    expect(second).not.toEqual(first);
    expect(second).toEqual(kernel.runEpoch({ ...input, bonds: first.bonds }));
    subnet.free();
  });

  it("gives single columns of the last step, and takes only columns that are new", () => {
    const input = epochCase({ ...CASE, density: 0.5 });
    const subnet = kernel.load(input);
    const results = subnet.results();
    subnet.step();
    const names = Object.keys(subnet.read()) as (keyof EpochOutput)[];
    const columns = (output: EpochOutput) => names.map((name) => [name, output[name]]);
    expect(columns(results)).toEqual(columns(subnet.read()));
    const next = {
      ...input,
      block: input.block + 360n,
      alphaStake: input.alphaStake.map((stake, uid) => stake * BigInt(uid + 1)),
      validatorPermit: subnet.read().newValidatorPermit,
    };
    subnet.setColumns(next, input);
    subnet.step();
    expect(columns(results)).toEqual(columns(kernel.runEpoch(next)));
    subnet.setColumns(input, next);
    subnet.step();
    expect(columns(results)).toEqual(columns(kernel.runEpoch(input)));
    subnet.free();
  });

  it.each([
    [
      "other values",
      (row: [number, number][]) => row.map(([uid, value]): [number, number] => [uid, 65535 - (value >> 1)]),
    ],
    ["fewer uids", (row: [number, number][]) => row.filter(([uid]) => uid % 3 === 0)],
    ["more uids", (row: [number, number][]): [number, number][] => [[1, 500], ...row, [2, 77]]],
    [
      "a zero",
      (row: [number, number][]) => row.map(([uid, value]): [number, number] => [uid, uid === 20 ? 0 : value]),
    ],
    ["one uid", (): [number, number][] => [[30, 9]]],
    ["nothing", (): [number, number][] => []],
  ])("replaces single rows: %s", (_, change) => {
    for (const density of [1, 0.1]) {
      let input: EpochInput = epochCase({ ...CASE, density });
      const subnet = kernel.load(input);
      subnet.step();
      for (const uid of [0, 5, 7, 5]) {
        const row = change(fromSparseRows(input.weights)[uid] as [number, number][]);
        subnet.setWeightsRow(
          uid,
          Uint16Array.from(row, (entry) => entry[0]),
          Uint16Array.from(row, (entry) => entry[1]),
        );
        input = { ...input, weights: withRow(input.weights, uid, row) };
        subnet.step();
        expect(subnet.read()).toEqual(kernel.runEpoch(input));
      }
      subnet.free();
    }
  });

  it("knows a voter whose stake becomes exactly 1.0 only when the voters are normalised", () => {
    // Saturated stakes add up to more than 1.0, so that the active stakes of the others come out as 0.
    const subnet = kernel.load(randomEpoch(2863, 40, true));
    subnet.step();
    const output = subnet.read();
    expect([...output.activeStakeRaw].filter((stake) => stake !== 0n)).toEqual([(1n << 32n) - 1n]);
    expect(output.consensus[1]).toBe(14715);
    subnet.stepScalar();
    expect(subnet.read()).toEqual(output);
    subnet.free();
  });

  it("refuses arrays that disagree with n", () => {
    const input = epochCase(CASE);
    expect(() => kernel.load({ ...input, alphaStake: new BigUint64Array(39) })).toThrow(
      "alphaStake has 39 elements",
    );
    expect(() =>
      kernel.load({ ...input, weights: { ...input.weights, values: new Uint16Array(3) } }),
    ).toThrow("3 values");
    const subnet = kernel.load(input);
    expect(() => subnet.setWeightsRow(40, new Uint16Array(0), new Uint16Array(0))).toThrow("uid is 40");
    subnet.free();
    expect(() => subnet.step()).toThrow("freed");
  });

  it("gives memory back: a thousand loads do not grow it", () => {
    const input = epochCase({ ...CASE, n: 256, validators: 64 });
    for (let k = 0; k < 20; k++) kernel.runEpoch(input);
    const before = kernel.memoryBytes;
    for (let k = 0; k < 1000; k++) kernel.runEpoch(input);
    expect(kernel.memoryBytes).toBe(before);
  });
});
