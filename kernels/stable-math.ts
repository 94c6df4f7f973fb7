/**
 * Elementary functions that give the same bits on every JavaScript engine, which `Math.exp` and its like do not. They are
 * software, compiled to WASM from `exact/assembly/math.ts`. `Math.sqrt` is exact everywhere and needs no replacement.
 */
import { instantiateKernel } from "./exact/module.ts";

interface MathExports {
  stableExp(x: number): number;
  stableLog(x: number): number;
  stablePow(base: number, exponent: number): number;
  stableSin(x: number): number;
  stableCos(x: number): number;
}

const functions = instantiateKernel() as unknown as MathExports;

/** `e^x`. */
export const stableExp = (x: number): number => functions.stableExp(x);

/** Natural logarithm; NaN below zero. */
export const stableLog = (x: number): number => functions.stableLog(x);

/** `base^exponent`. */
export const stablePow = (base: number, exponent: number): number => functions.stablePow(base, exponent);

/** Sine of an angle in radians. */
export const stableSin = (x: number): number => functions.stableSin(x);

/** Cosine of an angle in radians. */
export const stableCos = (x: number): number => functions.stableCos(x);
