// The columns of one block in WASM memory, and what a block's steps hand on to each other.
import * as L from "./layout";

/** Words of the share pool that a row of claims works on. */
export const CLAIM_POOL_WORDS: usize = 9;

@unmanaged
export class Economy {
  /** Columns of all netuids. */
  slab: usize;
  capacity: usize;
  /** u64 by netuid: decay factor of the registration price, Q32. */
  factors: usize;
  /** u32: eligible netuids, ascending. */
  eligible: usize;
  count: i32;
  /** u64 by position in `eligible`: share and later TAO emission, then whole TAO, alpha and excess to inject, alpha. */
  shares: usize;
  taoIn: usize;
  alphaIn: usize;
  excess: usize;
  alphaOut: usize;
  block: u32;
  rootSellFlag: bool;
  /** U96F32. */
  taoWeight: u64;
  ownerCut: u64;
  movingAlpha: u64;
  /** Minted TAO that is not spent yet. */
  credit: u64;
  /** What total stake and the accounts gained. */
  stakeGain: u64;
  /** A row of root claims, see claims.ts: its pool, then by netuid whether there is a rate (u8), the others u64. */
  claimPool: usize;
  claimHas: usize;
  claimRates: usize;
  claimThresholds: usize;
  claimed: usize;
  /** By position in the row: netuid (u32), alpha paid, sales before (i32). */
  claimNetuids: usize;
  claimPaid: usize;
  claimFrom: usize;
  /** By sale: TAO, and its lower half. */
  claimAmounts: usize;
  claimSmallAmounts: usize;
}

export function economyCreate(capacity: i32): usize {
  const address = heap.alloc(offsetof<Economy>());
  memory.fill(address, 0, offsetof<Economy>());
  const economy = changetype<Economy>(address);
  const rows = usize(capacity);
  const slabBytes = rows * (L.WORDS * 8 + L.HALF_WORDS * 4);
  economy.capacity = rows;
  economy.slab = heap.alloc(slabBytes);
  memory.fill(economy.slab, 0, slabBytes);
  economy.factors = heap.alloc(rows * 8);
  economy.eligible = heap.alloc(rows * 4);
  economy.shares = heap.alloc(rows * 8);
  economy.taoIn = heap.alloc(rows * 8);
  economy.alphaIn = heap.alloc(rows * 8);
  economy.excess = heap.alloc(rows * 8);
  economy.alphaOut = heap.alloc(rows * 8);
  economy.claimPool = heap.alloc(CLAIM_POOL_WORDS * 8);
  economy.claimHas = heap.alloc(rows);
  economy.claimNetuids = heap.alloc(rows * 4);
  economy.claimRates = heap.alloc(rows * 8);
  economy.claimThresholds = heap.alloc(rows * 8);
  economy.claimed = heap.alloc(rows * 8);
  economy.claimPaid = heap.alloc(rows * 8);
  economy.claimFrom = heap.alloc(rows * 4);
  economy.claimAmounts = heap.alloc(rows * 8);
  economy.claimSmallAmounts = heap.alloc(rows * 4);
  return address;
}

/**
 * Addresses: 0 columns, 1 decay factors, 2 whole TAO to inject, 3 alpha, 4 excess, 5 eligible netuids; of a row of
 * claims 6 the share pool, by netuid 7 whether there is a rate, 8 rates, 9 thresholds, 10 claimed amounts.
 */
export function economyPointer(economy: Economy, index: i32): usize {
  if (index == 0) return economy.slab;
  if (index == 1) return economy.factors;
  if (index == 2) return economy.taoIn;
  if (index == 3) return economy.alphaIn;
  if (index == 4) return economy.excess;
  if (index == 5) return economy.eligible;
  if (index == 6) return economy.claimPool;
  if (index == 7) return economy.claimHas;
  if (index == 8) return economy.claimRates;
  if (index == 9) return economy.claimThresholds;
  return economy.claimed;
}

export function economyCredit(economy: Economy): u64 {
  return economy.credit;
}
export function economySetCredit(economy: Economy, credit: u64): void {
  economy.credit = credit;
}
export function economyStakeGain(economy: Economy): u64 {
  return economy.stakeGain;
}
export function economyEligibleCount(economy: Economy): i32 {
  return economy.count;
}

// @ts-ignore: decorator
@inline
export function word(economy: Economy, column: usize, netuid: u32): usize {
  return economy.slab + ((column * economy.capacity + usize(netuid)) << 3);
}
// @ts-ignore: decorator
@inline
export function half(economy: Economy, column: usize, netuid: u32): usize {
  return economy.slab + L.WORDS * economy.capacity * 8 + ((column * economy.capacity + usize(netuid)) << 2);
}
// @ts-ignore: decorator
@inline
export function get(economy: Economy, column: usize, netuid: u32): u64 {
  return load<u64>(word(economy, column, netuid));
}
// @ts-ignore: decorator
@inline
export function set(economy: Economy, column: usize, netuid: u32, value: u64): void {
  store<u64>(word(economy, column, netuid), value);
}
// @ts-ignore: decorator
@inline
export function raise(economy: Economy, column: usize, netuid: u32, amount: u64): void {
  const address = word(economy, column, netuid);
  store<u64>(address, load<u64>(address) + amount);
}
// @ts-ignore: decorator
@inline
export function flag(economy: Economy, column: usize, netuid: u32): u32 {
  return load<u32>(half(economy, column, netuid));
}
// @ts-ignore: decorator
@inline
export function at(economy: Economy, position: i32): u32 {
  return load<u32>(economy.eligible + (usize(position) << 2));
}
// @ts-ignore: decorator
@inline
export function listed(list: usize, position: i32): u64 {
  return load<u64>(list + (usize(position) << 3));
}
// @ts-ignore: decorator
@inline
export function list(list: usize, position: i32, value: u64): void {
  store<u64>(list + (usize(position) << 3), value);
}
