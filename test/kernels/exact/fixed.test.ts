import { describe, expect, it } from "vitest";
import { drawer } from "../../../bench/epoch-cases.ts";
import { instantiateKernel } from "../../../kernels/exact/module.ts";
import * as reference from "./reference.ts";

const kernel = instantiateKernel();
const ONE = 1n << 32n;
const MAX = (1n << 63n) - 1n;
const MIN = -(1n << 63n);

describe("I32F32 in the kernel", () => {
  it("gives the worked examples of spec/numbers.md 9", () => {
    expect(kernel.divide(ONE, 3n * ONE)).toBe(1431655765n);
    expect(kernel.divide(-ONE, 3n * ONE)).toBe(-1431655765n);
    expect(kernel.multiply(-1431655765n, 1431655765n)).toBe(-477218589n);
    expect(kernel.multiply(-1n, ONE / 2n)).toBe(-1n);
    expect(kernel.divide(-1n, 2n * ONE)).toBe(0n);
    expect(kernel.multiply(40000n * ONE, 60000n * ONE)).toBe(MAX);
    expect(kernel.multiply(-40000n * ONE, 60000n * ONE)).toBe(MIN);
    expect(kernel.fromProportion(32767n)).toBe(2147450879n);
    expect(kernel.fromProportion(65535n)).toBe(ONE);
    expect(kernel.fromProportion(45875n)).toBe(3006509875n);
    expect(kernel.fromProportion(58982n)).toBe(3865503334n);
    expect(kernel.toProportion(-ONE / 2n)).toBe(0);
    expect(kernel.toProportion(3006509875n)).toBe(45874);
    const exponentials: [bigint, bigint][] = [
      [ONE / 2n, 7081203935n],
      [-ONE / 2n, 2605029348n],
      [ONE, 11674931200n],
      [-ONE, 1580030169n],
      [1n, 4294967297n],
      [20n * ONE, 2066907302758576256n],
      [-20n * ONE, 8n],
      [10n * ONE, 94602947905357n],
      [-10n * ONE, 194991n],
      [5n * ONE, 637429664624n],
      [-5n * ONE, 28939262n],
      [MAX, 2066907302758576256n],
      [MIN, 8n],
    ];
    for (const [x, expected] of exponentials) expect(kernel.safeExponential(x)).toBe(expected);
  });

  it("takes every u16 to a proportion and back as the chain does", () => {
    const wrong: number[] = [];
    for (let x = 0; x <= 65535; x++) {
      const raw = (BigInt(x) << 32n) / 65535n;
      if (kernel.fromProportion(BigInt(x)) !== raw || kernel.toProportion(raw) !== reference.toU16(raw))
        wrong.push(x);
    }
    expect(wrong).toEqual([]);
  });

  it("agrees with BigInt on random and extreme operands", () => {
    const draw = drawer(17);
    const edges = [0n, 1n, -1n, ONE, -ONE, ONE - 1n, ONE + 1n, MAX, MIN, MIN + 1n, 1n << 62n, 1n << 31n];
    const operand = (): bigint => {
      const pick = draw();
      if (pick < 12000) return edges[pick % edges.length] as bigint;
      const wide =
        (BigInt(draw()) << 48n) | (BigInt(draw()) << 32n) | (BigInt(draw()) << 16n) | BigInt(draw());
      return BigInt.asIntN(64, wide) >> BigInt(pick % 63);
    };
    for (let k = 0; k < 100_000; k++) {
      const a = operand();
      const b = operand();
      if (kernel.multiply(a, b) !== reference.mul(a, b))
        expect([a, b, kernel.multiply(a, b)]).toBe(reference.mul(a, b));
      if (b !== 0n && kernel.divide(a, b) !== reference.div(a, b))
        expect([a, b, kernel.divide(a, b)]).toBe(reference.div(a, b));
      if (kernel.safeDivide(a, b) !== reference.safeDiv(a, b))
        expect([a, b, kernel.safeDivide(a, b)]).toBe(reference.safeDiv(a, b));
      if (k % 20 === 0 && kernel.safeExponential(a) !== reference.expSafe(a))
        expect([a, kernel.safeExponential(a)]).toBe(reference.expSafe(a));
      const rao = BigInt.asUintN(64, b);
      const product = (a * rao) >> 32n;
      const emitted = product < 0n ? 0n : product >> 64n === 0n ? product : (1n << 64n) - 1n;
      if (BigInt.asUintN(64, kernel.toRao(a, rao)) !== emitted)
        expect([a, rao, kernel.toRao(a, rao)]).toBe(emitted);
    }
  });
});
