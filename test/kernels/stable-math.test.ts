import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stableCos, stableExp, stableLog, stablePow, stableSin } from "../../kernels/stable-math.ts";

function bits(value: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16);
}

/** Correctly rounded or one unit in the last place off is what good software functions give. */
function expectNear(actual: number, expected: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(Math.abs(expected) * 2 ** -50 + 2 ** -1070);
}

describe("bit-stable functions", () => {
  test("have these bits and no others", () => {
    expect(bits(stableExp(1))).toBe("4005bf0a8b145769");
    expect(bits(stableExp(-0.7))).toBe("3fdfc80db9dd5542");
    expect(bits(stableLog(10))).toBe("40026bb1bbb55516");
    expect(bits(stablePow(2.5, -1.3))).toBe("3fd3727e49adfad4");
    expect(bits(stableSin(1))).toBe("3feaed548f090cee");
    expect(bits(stableCos(1e6))).toBe("3fedf9df9906d32c");
  });

  test("agree with the engine's own to rounding", () => {
    const moderate = fc.double({ min: -700, max: 700, noNaN: true });
    const positive = fc.double({ min: 1e-300, max: 1e300, noNaN: true });
    fc.assert(fc.property(moderate, (x) => expectNear(stableExp(x), Math.exp(x))));
    fc.assert(fc.property(positive, (x) => expectNear(stableLog(x), Math.log(x))));
    const base = fc.double({ min: 0.01, max: 100, noNaN: true });
    const exponent = fc.double({ min: -50, max: 50, noNaN: true });
    fc.assert(fc.property(base, exponent, (x, y) => expectNear(stablePow(x, y), Math.pow(x, y))));
    const angle = fc.double({ min: -1e9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(angle, (x) => {
        expect(Math.abs(stableSin(x) - Math.sin(x))).toBeLessThan(1e-15);
        expect(Math.abs(stableCos(x) - Math.cos(x))).toBeLessThan(1e-15);
      }),
    );
  });

  test("treat the edges as IEEE 754 does", () => {
    expect(stableExp(-Infinity)).toBe(0);
    expect(stableExp(710)).toBe(Infinity);
    expect(stableLog(0)).toBe(-Infinity);
    expect(stableLog(1)).toBe(0);
    expect(stableLog(-1)).toBeNaN();
    expect(stablePow(0, 0)).toBe(1);
    expect(stablePow(2, -1)).toBe(0.5);
  });
});
