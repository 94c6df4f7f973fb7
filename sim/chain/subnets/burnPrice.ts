/** The registration price of a subnet: decay per block, bump per registration (spec/subnets.md 6). */
import type { Chain } from "../chain.ts";
import { fromInteger, saturatingMul, toU64, U64F64 } from "../numbers/fixed.ts";
import { max, min } from "../numbers/integers.ts";
import type { Netuid } from "../state/network.ts";
import { cell } from "../swap/books.ts";

const Q32 = 1n << 32n;

/** x^n in Q32, floored at every step. */
function powerQ32(x: bigint, n: number): bigint {
  let result = Q32;
  let base = x;
  for (let bits = n; bits > 0; bits >>= 1) {
    if (bits & 1) result = (result * base) >> 32n;
    if (bits > 1) base = (base * base) >> 32n;
  }
  return result;
}

const factors = new Map<number, bigint>();

/** The factor per block that halves a price in `halfLife` blocks: the largest x with x^halfLife <= 1/2, Q32. */
export function burnDecayFactor(halfLife: number): bigint {
  const known = factors.get(halfLife);
  if (known !== undefined) return known;
  let low = 0n;
  let high = Q32;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (powerQ32(middle, halfLife) <= Q32 / 2n) low = middle;
    else high = middle;
  }
  factors.set(halfLife, low);
  return low;
}

/** First raised to the minimum, then cut to the maximum. */
export const clampBurn = (burn: bigint, minBurn: bigint, maxBurn: bigint): bigint =>
  min(max(burn, minBurn), maxBurn);

/** The price after the decay of one block, before the clamp. */
export const decayedBurn = (burn: bigint, halfLife: number, block: number): bigint =>
  halfLife === 0 || block <= 1 ? burn : (burn * burnDecayFactor(halfLife)) >> 32n;

/** The price after a registration, before the clamp. @param mult U64F64, counted as at least one */
export const bumpedBurn = (burn: bigint, mult: bigint): bigint =>
  toU64(U64F64, saturatingMul(U64F64, fromInteger(U64F64, burn), max(mult, U64F64.one)));

/** Lowers the price of every subnet, root included, and clamps it: the first act of a block. */
export function decayBurnPrices({ state, journal }: Chain): void {
  const { columns, block } = state;
  for (const netuid of state.netuids) {
    const burn = decayedBurn(cell(columns, "burn", netuid), columns.burnHalfLife[netuid] ?? 0, block);
    const bounds = [cell(columns, "minBurn", netuid), cell(columns, "maxBurn", netuid)] as const;
    journal.set(columns.burn, netuid, clampBurn(burn, ...bounds));
  }
}

/** Raises the price of a subnet after a registration. */
export function bumpBurnPrice({ state, journal }: Chain, netuid: Netuid): void {
  const { columns } = state;
  const mult = state.subnets.get(netuid)?.parameters.burnIncreaseMult ?? U64F64.one;
  const burn = bumpedBurn(cell(columns, "burn", netuid), mult);
  const bounds = [cell(columns, "minBurn", netuid), cell(columns, "maxBurn", netuid)] as const;
  journal.set(columns.burn, netuid, clampBurn(burn, ...bounds));
}
