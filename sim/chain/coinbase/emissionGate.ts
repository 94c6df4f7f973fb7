/**
 * The emission gate of specification 440, which 425 does not have: a protocol option. Subnets under a bar of demand
 * lose most of their TAO to those above it.
 * Source: RaoFoundation/subtensor, release notes v440 and its subnet_emissions.rs.
 */
import { safeDiv, saturatingAdd, saturatingMul, U64F64 } from "../numbers/fixed.ts";
import { power } from "../numbers/transcendental.ts";
import { sharesByMovingPrice, type ShareRule } from "./shares.ts";

/** Parameters of the gate. */
export interface EmissionGate {
  /** Part of all demand that the subnets down to the bar carry, U64F64. */
  readonly quantile: bigint;
  /** How sharp the gate is: h of s^h / (s^h + bar^h), U64F64. */
  readonly exponent: bigint;
  /** Blocks between two looks at where the bar is. */
  readonly interval: number;
}

/** What 440 shipped with: 61 % (as the nearest double), h = 3, one tempo. */
export const EMISSION_GATE_440: EmissionGate = {
  quantile: 0x9c28_f5c2_8f5c_2800n,
  exponent: 3n * U64F64.one,
  interval: 360,
};

const sumOf = (shares: readonly bigint[]): bigint =>
  shares.reduce((sum, share) => saturatingAdd(U64F64, sum, share), 0n);

/** The bar: the share at which the sum of the shares, largest first, reaches the quantile; the smallest one where none does. */
export function emissionBar(shares: readonly bigint[], quantile: bigint): bigint {
  let carried = 0n;
  let bar = 0n;
  for (const share of [...shares].sort((a, b) => (a > b ? -1 : a < b ? 1 : 0))) {
    carried = saturatingAdd(U64F64, carried, share);
    bar = share;
    if (carried >= quantile) break;
  }
  return bar;
}

/** What of a share passes, U64F64: 1 / (1 + (bar / s)^h), one half at the bar. A share of 0 passes nothing. */
export const gateFactor = (share: bigint, bar: bigint, exponent: bigint): bigint =>
  share === 0n
    ? 0n
    : safeDiv(
        U64F64,
        U64F64.one,
        saturatingAdd(U64F64, U64F64.one, power(safeDiv(U64F64, bar, share), exponent)),
      );

/** Shares (U64F64) behind the gate, normalised again; as they were where there is no bar or nothing passes. */
export function gatedShares(shares: readonly bigint[], bar: bigint, exponent: bigint): bigint[] {
  if (bar === 0n) return [...shares];
  const passed = shares.map((share) => saturatingMul(U64F64, share, gateFactor(share, bar, exponent)));
  const sum = sumOf(passed);
  return sum > 0n ? passed.map((share) => safeDiv(U64F64, share, sum)) : [...shares];
}

/**
 * The share rule: shares by moving price and miners' burn, as ever, then the gate. The bar stays where it is between two
 * blocks that are multiples of the interval, so that no single block moves it far.
 */
export const sharesBehindGate =
  ({ quantile, exponent, interval }: EmissionGate): ShareRule =>
  (subnets, { state, journal }) => {
    const demand = sharesByMovingPrice(subnets);
    if (state.emissionBar === 0n || state.block % interval === 0) {
      const bar = emissionBar(demand, quantile);
      if (bar > 0n) journal.set(state, "emissionBar", bar);
    }
    return gatedShares(demand, state.emissionBar, exponent);
  };
