/** Cases built to sit at the edge of each shortcut that stands for a division. */
import { describe, expect, it } from "vitest";
import type { EpochInput } from "../../../kernels/epoch.ts";
import { drawer, epochCase } from "../../../bench/epoch-cases.ts";
import { ExactKernel } from "../../../kernels/exact/kernel.ts";
import { instantiateKernel } from "../../../kernels/exact/module.ts";
import { ExactSubnet } from "../../../kernels/exact/subnet.ts";
import { randomEpoch } from "./random-epochs.ts";
import { toSparseRows } from "./vectors.ts";

const SLOTS = 32;
const LANES = 16;
const TWO_32 = 1n << 32n;

const draw = drawer(99);
const wide = (bits: number): bigint =>
  ((BigInt(draw()) << 32n) | (BigInt(draw()) << 16n) | BigInt(draw())) & ((1n << BigInt(bits)) - 1n);

/** A kernel with room for a panel: u32 values, results, and one more row. */
function panel() {
  const kernel = instantiateKernel();
  const values = (kernel.stageRow(3 * SLOTS * LANES) + 63) & ~63;
  const out = values + SLOTS * LANES * 4;
  const largest = out + SLOTS * LANES * 4;
  return {
    kernel,
    values,
    out,
    largest,
    words: new Uint32Array(kernel.memory.buffer, values, SLOTS * LANES),
    quotients: new Uint32Array(kernel.memory.buffer, out, SLOTS * LANES),
    proportions: new Uint16Array(kernel.memory.buffer, out, SLOTS * LANES),
    maxima: new Uint32Array(kernel.memory.buffer, largest, LANES),
  };
}

describe("division by a reciprocal from below", () => {
  /** Values whose quotients are whole, or just below or above a whole number, for that divisor. */
  function edgeValue(divisor: bigint): bigint {
    const limit = divisor < TWO_32 ? divisor : TWO_32;
    const whole = wide(32);
    const value = (whole * divisor) / TWO_32 + BigInt(draw() % 3) - 1n;
    return value < 0n ? 0n : value >= limit ? limit - 1n : value;
  }

  it("is right at whole quotients and next to them, and does strips again there", () => {
    const { kernel, values, out, largest, words, quotients, maxima } = panel();
    const wrong: string[] = [];
    for (let round = 0; round < 400; round++) {
      const divisors = Array.from({ length: LANES }, (_, lane) =>
        lane % 4 === 0 ? 1n << BigInt(1 + (draw() % 39)) : 2n + wide(1 + (draw() % 40)),
      );
      for (const [lane, divisor] of divisors.entries()) {
        kernel.setDivisor(lane, divisor);
        maxima[lane] = 0;
        for (let slot = 0; slot < SLOTS; slot++) {
          const value = Number(edgeValue(divisor));
          words[slot * LANES + lane] = value;
          maxima[lane] = Math.max(maxima[lane], value);
        }
      }
      for (const lane of [0, 8]) kernel.divideStrip(values, out, SLOTS, lane, largest);
      for (const [k, quotient] of quotients.entries()) {
        const divisor = divisors[k % LANES] as bigint;
        const expected = (BigInt(words[k] as number) << 32n) / divisor;
        if (BigInt(quotient) !== expected)
          wrong.push(`${words[k]} / ${divisor}: ${quotient}, expected ${expected}`);
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(kernel.redoneStrips()).toBeGreaterThan(300);
  });

  it("takes random values without doing strips again", () => {
    const { kernel, values, out, largest, words, quotients, maxima } = panel();
    for (let lane = 0; lane < LANES; lane++) {
      kernel.setDivisor(lane, 0x55_1234_5671n + BigInt(lane));
      maxima[lane] = 0xffff_ffff;
    }
    for (const k of words.keys()) words[k] = Number(wide(32));
    for (const lane of [0, 8]) kernel.divideStrip(values, out, SLOTS, lane, largest);
    for (const [k, quotient] of quotients.entries())
      expect(BigInt(quotient)).toBe(
        (BigInt(words[k] as number) << 32n) / (0x55_1234_5671n + BigInt(k % LANES)),
      );
    expect(kernel.redoneStrips()).toBe(0);
  });
});

describe("max-upscale to u16", () => {
  it("is right where the product with 65535 is whole or nearly so", () => {
    const { kernel, values, out, largest, words, proportions, maxima: laneMaxima } = panel();
    const wrong: string[] = [];
    for (let round = 0; round < 400; round++) {
      const maxima = Array.from({ length: LANES }, () => 1 + Number(wide(1 + (draw() % 32)) - 1n));
      for (const [lane, maximum] of maxima.entries()) {
        laneMaxima[lane] = maximum;
        for (let slot = 0; slot < SLOTS; slot++) {
          // x = m * k / 65535, and its neighbours; in odd rounds mostly values without any doubt.
          const near = Math.floor((maximum * draw()) / 65535) + (draw() % 3) - 1;
          const value =
            round % 2 === 1 && draw() < 65000 ? Math.floor((maximum * (2 * draw() + 1)) / 131072) : near;
          words[slot * LANES + lane] = Math.max(0, Math.min(maximum, value));
        }
      }
      kernel.setMaxima(largest);
      for (const lane of [0, 8]) kernel.upscaleStrip(values, out, SLOTS, lane);
      for (let k = 0; k < SLOTS * LANES; k++) {
        const maximum = BigInt(maxima[k % LANES] as number);
        const share = maximum === 0n ? 0n : (BigInt(words[k] as number) << 32n) / maximum;
        const expected = Number((share * 65535n) >> 32n);
        if (proportions[k] !== expected)
          wrong.push(`${words[k]} of ${maximum}: ${proportions[k]}, expected ${expected}`);
      }
    }
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(kernel.redoneStrips()).toBeGreaterThan(300);
  });
});

describe("row normalising by a reciprocal from above", () => {
  it("is right where w * 2^32 is one less than a multiple of the sum", () => {
    const kernel = new ExactKernel();
    const base = epochCase({ n: 6, validators: 2, yuma3: true, liquidAlpha: false, density: 1, seed: 1 });
    const equal = BigUint64Array.of(10n ** 12n, 10n ** 12n, 0n, 0n, 0n, 0n);
    for (let k = 0; k < 1500; k++) {
      // For an odd sum there is a w with w * 2^32 = -1 (mod sum): the quotient's fraction is as large as can be.
      const sum = 3n + 2n * (BigInt(draw()) >> 1n);
      let inverse = 1n;
      for (let step = 0; step < 6; step++) inverse = (inverse * (2n - sum * inverse)) % TWO_32;
      // inverse * sum = 1 (mod 2^32), so w = (m * sum - 1) / 2^32 is whole for m = inverse.
      const weight = ((((inverse + TWO_32) % TWO_32) * sum - 1n) / TWO_32) % sum;
      if (weight === 0n || sum - weight > 65535n || weight > 65535n) continue;
      const row: [number, number][] = [
        [2, Number(weight)],
        [3, Number(sum - weight)],
      ];
      const input: EpochInput = {
        ...base,
        alphaStake: equal,
        weights: toSparseRows([row, row, [], [], [], []]),
      };
      const subnet = kernel.load(input);
      expect(subnet.step()).toBe("fast");
      const { consensusRaw } = subnet.read();
      subnet.free();
      expect(consensusRaw[2]).toBe((weight << 32n) / sum);
      expect(consensusRaw[3]).toBe(((sum - weight) << 32n) / sum);
    }
  });
});

describe("whole epochs that are full of exact quotients", () => {
  it.each(["off", "on", "liquid"])("all stakes, weights and bonds alike, yuma3 %s", (formula) => {
    const exports = instantiateKernel();
    for (const validators of [2, 4, 16, 64]) {
      const n = validators + 32;
      const rows = toSparseRows(
        Array.from({ length: n }, (_, uid) =>
          uid < validators
            ? Array.from({ length: 32 }, (_, k): [number, number] => [validators + k, 1024])
            : [],
        ),
      );
      const epoch = {
        n,
        validators,
        yuma3: formula !== "off",
        liquidAlpha: formula === "liquid",
        density: 1,
        seed: 1,
      };
      const alphaStake = BigUint64Array.from({ length: n }, (_, uid) => (uid < validators ? 10n ** 12n : 0n));
      const subnet = new ExactSubnet(exports, n);
      subnet.setInput({ ...epochCase(epoch), alphaStake, weights: rows, bonds: rows });
      const before = exports.redoneStrips();
      expect(subnet.step()).toBe("fast");
      expect(exports.redoneStrips()).toBeGreaterThan(before);
      const fast = subnet.read();
      subnet.stepScalar();
      expect(subnet.read()).toEqual(fast);
      subnet.free();
    }
  });

  it("liquid alpha leaves some pairs to the plain function, and they come out equal", () => {
    const exports = instantiateKernel();
    for (let seed = 0; seed < 60; seed++) {
      const input = {
        ...randomEpoch(seed, 60, true),
        yuma3: true,
        liquidAlpha: true,
        alphaSigmoidSteepness: 1790,
      };
      const subnet = new ExactSubnet(exports, input.n);
      subnet.setInput(input);
      subnet.step();
      const first = subnet.read();
      subnet.stepScalar();
      expect(subnet.read()).toEqual(first);
      subnet.free();
    }
    expect(exports.redonePairs()).toBeGreaterThan(0);
  });
});
