import { expect, it } from "vitest";
import { bisectionSqrt, exp, ln, log2 } from "../../../../sim/chain/numbers/transcendental.ts";
import {
  convert,
  fromInteger,
  safeDiv,
  I32F32,
  I64F64,
  saturatingDiv,
  saturatingMul,
  toI64,
  toU16,
  U64F64,
  U96F32,
} from "../../../../sim/chain/numbers/fixed.ts";
import { perbillMulNearest } from "../../../../sim/chain/numbers/integers.ts";
import { taoWeightFraction } from "../../../../sim/chain/coinbase/terms.ts";
import { takeFraction } from "../../../../sim/chain/coinbase/dividends.ts";

const ONE = 1n << 32n;

it("spec/numbers.md 9.1 to 9.5: division truncates, multiplication and conversion floor, all saturate", () => {
  expect(saturatingDiv(I32F32, ONE, 3n * ONE)).toBe(1_431_655_765n);
  expect(saturatingDiv(I32F32, -ONE, 3n * ONE)).toBe(-1_431_655_765n);
  expect(saturatingMul(I32F32, -1_431_655_765n, 1_431_655_765n)).toBe(-477_218_589n);
  expect(saturatingMul(I32F32, -1n, ONE / 2n)).toBe(-1n);
  expect(saturatingDiv(I32F32, -1n, 2n * ONE)).toBe(0n);
  expect(saturatingMul(I32F32, 40_000n * ONE, 60_000n * ONE)).toBe(9_223_372_036_854_775_807n);
  expect(saturatingMul(I32F32, -40_000n * ONE, 60_000n * ONE)).toBe(-9_223_372_036_854_775_808n);
  expect(toI64(I32F32, -ONE / 2n)).toBe(-1n);
  expect(toU16(I32F32, -ONE / 2n)).toBe(0);
  expect(convert(I64F64, I32F32, -1n)).toBe(-1n);
  expect(convert(I32F32, I64F64, -1n)).toBe(-4_294_967_296n);
});

it("spec/numbers.md 9.7, 9.9 and 9.15: proportions", () => {
  const proportion = (x: bigint): bigint => saturatingDiv(I32F32, x * ONE, 65_535n * ONE);
  expect([32_767n, 65_535n, 45_875n, 58_982n].map(proportion)).toEqual([
    2_147_450_879n,
    4_294_967_296n,
    3_006_509_875n,
    3_865_503_334n,
  ]);
  expect(taoWeightFraction(971_718_665_099_567_868n)).toBe(226_245_882n);
  expect(takeFraction(11_796)).toBe(773_074_452n);
  expect(saturatingMul(U96F32, takeFraction(11_796), 10n ** 9n * ONE) >> 32n).toBe(179_995_422n);
});

it("spec/numbers.md 9.10 to 9.13: transcendental functions", () => {
  expect([ONE / 2n, -ONE / 2n, ONE, -ONE, 1n].map((x) => exp(I32F32, x))).toEqual([
    7_081_203_935n,
    2_605_029_348n,
    11_674_931_200n,
    1_580_030_169n,
    4_294_967_297n,
  ]);
  const one = I64F64.one;
  expect([-one, -one / 2n, -4n * one, -40n * one].map((x) => exp(I64F64, x))).toEqual([
    6_786_177_901_268_885_275n,
    11_188_515_852_577_165_302n,
    337_863_903_126_961_437n,
    78n,
  ]);
  expect([3n * ONE, 2n * ONE, ONE / 2n].map((x) => log2(I32F32, x))).toEqual([
    6_807_362_105n,
    4_294_967_296n,
    -4_294_967_296n,
  ]);
  expect(ln(I32F32, 10n * ONE)).toBe(9_889_527_802n);
  // pow(x, y) is exp(ln(x) * y); nothing on the chain calls it.
  expect(exp(I32F32, saturatingMul(I32F32, ln(I32F32, 2n * ONE) ?? 0n, 3n * ONE))).toBe(34_359_739_297n);
  expect(bisectionSqrt(U64F64, 2n << 64n, 18_446_744_073_709_551n)).toBe(26_084_849_041_729_912_832n);
});

it("spec/numbers.md 9.14: parts per billion round to the nearest, halves down", () => {
  expect([1_001n, 1_000n, 3_064_064_000n].map((n) => perbillMulNearest(500_000n, n))).toEqual([
    1n,
    0n,
    1_532_032n,
  ]);
});

/** The raw value of the exact binary value of a float: to the nearest, ties to even (spec/numbers.md 3). */
function fromFloat(value: number, fraction: bigint): bigint {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  const word = bits.getBigUint64(0);
  const mantissa = (word & ((1n << 52n) - 1n)) | (1n << 52n);
  // value = mantissa * 2^(exponent - 1075) for the positive normal numbers that are put here.
  const shift = (word >> 52n) - 1075n + fraction;
  if (shift >= 0n) return mantissa << shift;
  const down = -shift;
  const quotient = mantissa >> down;
  const rest = mantissa - (quotient << down);
  const half = 1n << (down - 1n);
  return rest > half || (rest === half && (quotient & 1n) === 1n) ? quotient + 1n : quotient;
}

it("spec/numbers.md 9.6: floats become the nearest raw value, and so did the two constants that are not dyadic", () => {
  expect(fromFloat(Math.fround(0.1), 32n)).toBe(429_496_736n);
  expect(fromFloat(0.1, 32n)).toBe(429_496_730n);
  expect(fromFloat(1.26, 64n)).toBe(23_242_897_532_874_035_200n);
  expect(fromFloat(0.000003, 32n)).toBe(12_885n);
});

it("spec/numbers.md 9.8: the rate of the bonds' moving average", () => {
  const average = safeDiv(I64F64, fromInteger(I64F64, 900_000n), fromInteger(I64F64, 1_000_000n));
  expect(average).toBe(16_602_069_666_338_596_454n);
  expect(convert(I64F64, I32F32, average)).toBe(3_865_470_566n);
  expect(ONE - convert(I64F64, I32F32, average)).toBe(429_496_730n);
});

it("spec/numbers.md 9.16: a u16 does not always come back from its proportion", () => {
  const raw = saturatingDiv(I32F32, 45_875n * ONE, 65_535n * ONE);
  expect(raw).toBe(3_006_509_875n);
  expect(toU16(I32F32, saturatingMul(I32F32, raw, 65_535n * ONE))).toBe(45_874);
});
