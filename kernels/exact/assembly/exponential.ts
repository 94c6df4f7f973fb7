// exp of I32F32 as the chain computes it: a truncated series with a floor after every step (spec/numbers.md 7.1-7.2).
import { divide, multiply, ONE } from "./fixed";

/** e with the 23 fraction bits of the constant that the library holds: 22802600 * 2^9. */
export const E: i64 = 11674931200;
export const EXPONENT_LIMIT: i64 = 20 << 32;

/** Terms of the series: all but the last of the fraction bits. */
export const EXPONENTIAL_TERMS: i32 = 32;

/** exp(x) for |x| <= 20, where no step overflows. */
function exponential(x: i64): i64 {
  if (x == 0) return ONE;
  if (x == ONE) return E;
  const argument = x < 0 ? -x : x;
  let result = argument + ONE;
  let term = argument;
  for (let i: i64 = 2; i < EXPONENTIAL_TERMS; i++) {
    term = multiply(term, argument) / i;
    // All later terms are 0 as well.
    if (term == 0) break;
    result += term;
  }
  return x < 0 ? divide(ONE, result) : result;
}

/** exp with its argument clamped to [-20, 20]. */
export function safeExponential(x: i64): i64 {
  return exponential(max(-EXPONENT_LIMIT, min(EXPONENT_LIMIT, x)));
}
