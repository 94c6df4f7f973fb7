/** The share pool of one hotkey on one subnet: a value, and who owns which part of it (spec/staking.md 2.2). */
import { clampU64 } from "../numbers/integers.ts";
import type { Journal } from "../state/journal.ts";
import type { AccountId, ShareFloat, SharePool } from "../state/network.ts";
import { add, fromWhole, mulDiv, subtract, toWhole, ZERO } from "./shareFloat.ts";

export const emptySharePool = (): SharePool => ({ value: 0n, denominator: ZERO, shares: new Map() });

/** What the shares of `coldkey` are worth, rao, rounded down. */
export function sharePoolValue(pool: SharePool, coldkey: AccountId): bigint {
  const share = pool.shares.get(coldkey);
  if (share === undefined || pool.denominator.mantissa === 0n) return 0n;
  const worth = mulDiv(fromWhole(pool.value), share, pool.denominator);
  return worth === null ? 0n : toWhole(worth);
}

/** The part of `amount` that falls to the shares of `coldkey`, rounded down; the rest falls to the others. */
export function sharePoolPart(pool: SharePool, coldkey: AccountId, amount: bigint): bigint {
  const share = pool.shares.get(coldkey);
  if (share === undefined || pool.denominator.mantissa === 0n) return 0n;
  if (pool.shares.size === 1) return amount;
  const part = mulDiv(fromWhole(amount), share, pool.denominator);
  return part === null ? 0n : toWhole(part);
}

/** Changes what all shares together are worth. */
export function updateAll(journal: Journal, pool: SharePool, update: bigint): void {
  journal.set(pool, "value", clampU64(pool.value + update));
}

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

/** The share that `update` rao would be, at the value before it; zero where it cannot be computed. */
const shareOf = (pool: SharePool, update: bigint): ShareFloat =>
  mulDiv(fromWhole(magnitude(update)), pool.denominator, fromWhole(pool.value)) ?? ZERO;

function setShare(journal: Journal, pool: SharePool, coldkey: AccountId, share: ShareFloat): void {
  if (share.mantissa === 0n) journal.mapDelete(pool.shares, coldkey);
  else journal.mapSet(pool.shares, coldkey, share);
}

/** Adds `update` rao (negative: takes away) to the stake of one coldkey. A failed share step keeps the old share. */
export function updateOne(journal: Journal, pool: SharePool, coldkey: AccountId, update: bigint): void {
  // Nothing of a share changes by 0, except that an empty pool forgets one.
  if (update === 0n && pool.denominator.mantissa !== 0n) return;
  if (pool.denominator.mantissa === 0n) {
    const first = fromWhole(magnitude(update));
    journal.set(pool, "denominator", first);
    setShare(journal, pool, coldkey, first);
  } else {
    const share = shareOf(pool, update);
    const change = update > 0n ? add : subtract;
    const held = pool.shares.get(coldkey) ?? ZERO;
    journal.set(pool, "denominator", change(pool.denominator, share) ?? pool.denominator);
    setShare(journal, pool, coldkey, change(held, share) ?? held);
  }
  updateAll(journal, pool, update);
}

/** Whether a stake of `update` rao would be a share at all. */
export const canAdd = (pool: SharePool, update: bigint): boolean =>
  pool.denominator.mantissa === 0n || shareOf(pool, update).mantissa !== 0n;
