import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decimalOfNumber,
  parseDecimal,
  timesExact,
  timesFloor,
  timesNearest,
} from "../../../sim/scenario/decimal.ts";
import { nearest } from "../../../sim/nearest.ts";
import {
  parseAmount,
  parseInteger,
  parseNumber,
  parseProportion,
  parseRatio,
  U16_MAX,
  U64_MAX,
} from "../../../sim/scenario/units.ts";

const kappa = (value: unknown): bigint => parseProportion(value, U16_MAX, "u16");

describe("decimals", () => {
  test("are read exactly", () => {
    expect(parseDecimal("1_894_367.1")).toEqual({ digits: 18943671n, scale: 1 });
    expect(parseDecimal(".5")).toEqual({ digits: 5n, scale: 1 });
    expect(parseDecimal("2.1e-8")).toEqual({ digits: 21n, scale: 9 });
    expect(parseDecimal("12e3")).toEqual({ digits: 12000n, scale: 0 });
    for (const text of ["", ".", "-1", "+1", "0x10", "1e", "1e999", "NaN", "1.2.3", "_1"])
      expect(parseDecimal(text), text).toBeUndefined();
  });

  test("of a number are the ones that it was written with", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e15, noNaN: true }), (value) => {
        const { digits, scale } = decimalOfNumber(value);
        expect(Number(`${digits}e-${scale}`)).toBe(Math.abs(value));
      }),
    );
  });

  test("multiply by floor, to the nearest, and exactly", () => {
    const half = { digits: 5n, scale: 1 };
    expect(timesFloor(half, 65_535n)).toBe(32_767n);
    expect(timesNearest(half, 65_535n)).toBe(32_768n);
    expect(timesExact(half, 65_535n)).toBeUndefined();
    expect(timesExact(half, 4n)).toBe(2n);
  });
});

describe("amounts", () => {
  test("are rao to the last digit", () => {
    expect(parseAmount("100 alpha", ["alpha"])).toBe(100_000_000_000n);
    expect(parseAmount("1_894_367.100000001 TAO", ["TAO"])).toBe(1_894_367_100_000_001n);
    expect(parseAmount("12rao", ["TAO"])).toBe(12n);
    expect(parseAmount("18446744073.709551615 TAO", ["TAO"])).toBe(U64_MAX);
    expect(parseAmount("18446744073709551615 rao", ["alpha"])).toBe(U64_MAX);
    expect(parseAmount("1.5e3 alpha", ["alpha"])).toBe(1_500_000_000_000n);
  });

  test("are refused when they could mean something else", () => {
    const refused: [unknown, RegExp][] = [
      [100n, /found 100, a number without a unit; write an amount with its unit, "100 alpha" or "100 rao"/],
      ["100", /a number without a unit/],
      [-3n, /found -3, an amount below zero/],
      ["-3 alpha", /an amount below zero/],
      [Number.NaN, /found NaN/],
      ["NaN alpha", /which is no amount/],
      [
        "5 TAO",
        /"TAO" is no unit of this amount; allowed: alpha, rao; an amount of TAO stands under tao_stake/,
      ],
      ["5 Alpha", /did you mean alpha\?/],
      ["0.0000000001 alpha", /finer than one rao/],
      ["0.5 rao", /finer than one rao/],
      ["18446744073709551616 rao", /more than 64 bits hold/],
      ["18446744073.709551616 alpha", /more than 64 bits hold/],
      [null, /found nothing \(null\)/],
      [["1 alpha"], /found a list/],
      [undefined, /missing/],
    ];
    for (const [value, message] of refused)
      expect(() => parseAmount(value, ["alpha"]), String(value)).toThrow(message);
  });
});

describe("proportions", () => {
  test("are chain units as integers and ratios otherwise, floored as the chain does", () => {
    expect(kappa(32_767n)).toBe(32_767n);
    expect(kappa(0n)).toBe(0n);
    expect(kappa("50 %")).toBe(32_767n);
    expect(kappa(0.5)).toBe(32_767n);
    expect(kappa("100%")).toBe(65_535n);
    expect(kappa(1)).toBe(65_535n);
    expect(kappa("1 u16")).toBe(1n);
    // 0.1 is a tenth, not the double below or above it.
    expect(parseProportion(0.1, 1_000_000n, "ppm")).toBe(100_000n);
    expect(parseProportion("90 %", 1_000_000n, "ppm")).toBe(900_000n);
    // The stored mainnet value of 18 % (spec/calls.md 19).
    expect(parseProportion("18 %", U64_MAX, "u64")).toBe(3_320_413_933_267_719_290n);
  });

  test("are refused when they could mean something else", () => {
    expect(() => kappa(1n)).toThrow(/could mean 1\/65535 or 100 %; write "1 u16" or "100 %"/);
    expect(() => kappa(65_536n)).toThrow(/allowed: 0 to 65535/);
    expect(() => kappa(-1n)).toThrow(/allowed: 0 to 65535/);
    expect(() => kappa(1.5)).toThrow(/between 0 and 1/);
    expect(() => kappa(1000)).toThrow(/between 0 and 1/);
    expect(() => kappa(Number.NaN)).toThrow(/found NaN/);
    expect(() => kappa("120 %")).toThrow(/more than the whole/);
    expect(() => kappa("50 percent")).toThrow(/write a ratio/);
    expect(() => kappa("1.5 u16")).toThrow(/write a ratio/);
    expect(() => kappa(true)).toThrow(/write a ratio/);
  });

  test("that the chain does not store are ratios only", () => {
    expect(parseRatio("49.28 %")).toBe(0.4928);
    expect(parseRatio(0.25)).toBe(0.25);
    expect(() => parseRatio(1n)).toThrow(/could mean 1 % or 100 %/);
    expect(() => parseRatio(2n)).toThrow(/between 0 and 1/);
    expect(() => parseRatio("150 %")).toThrow(/between 0 and 1/);
  });
});

describe("other numbers", () => {
  test("whole numbers may carry their unit", () => {
    expect(parseInteger(360n, 2n, 65_535n, "blocks")).toBe(360n);
    expect(parseInteger("1 block", 1n, 10n, "blocks")).toBe(1n);
    expect(parseInteger("5_000 blocks", 1n, U64_MAX, "blocks")).toBe(5000n);
    expect(() => parseInteger("5 epochs", 1n, 10n, "blocks")).toThrow(
      /found "5 epochs"; a whole number is needed, 1 to 10/,
    );
    expect(() => parseInteger(1000, 1n, 5000n)).toThrow(/a whole number is needed/);
    expect(() => parseInteger(11n, 1n, 10n)).toThrow(/1 to 10/);
  });

  test("plain numbers are finite", () => {
    expect(parseNumber(3n, 0)).toBe(3);
    expect(() => parseNumber(Number.POSITIVE_INFINITY, 0)).toThrow(/found Infinity/);
    expect(() => parseNumber(0, 0, true)).toThrow(/above 0/);
    expect(() => parseNumber("3", 0)).toThrow(/without a unit/);
  });
});

test("the nearest word is suggested, a far one is not", () => {
  const known = ["kappa", "tempo", "hyperparameters", "alpha_low"];
  expect(nearest("kapa", known)).toBe("kappa");
  expect(nearest("hyperparams", known)).toBe("hyperparameters");
  expect(nearest("alpha-low", known)).toBe("alpha_low");
  expect(nearest("emission", known)).toBeUndefined();
  expect(nearest("k".repeat(10_000), known)).toBeUndefined();
});
