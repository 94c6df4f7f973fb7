// Elementary functions in software: the same bits on every engine and machine, unlike the ones of JavaScript
// engines, which differ between versions. `sqrt` needs none: IEEE 754 fixes it.

export function stableExp(x: f64): f64 {
  return NativeMath.exp(x);
}

export function stableLog(x: f64): f64 {
  return NativeMath.log(x);
}

export function stablePow(base: f64, exponent: f64): f64 {
  return NativeMath.pow(base, exponent);
}

export function stableSin(x: f64): f64 {
  return NativeMath.sin(x);
}

export function stableCos(x: f64): f64 {
  return NativeMath.cos(x);
}
