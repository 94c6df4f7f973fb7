/** Stake weights with inheritance from parents and children, and the stake value of a hotkey (spec/staking.md 11). */
import {
  fromInteger,
  safeDiv,
  saturatingAdd,
  saturatingMul,
  saturatingSub,
  U64F64,
  U96F32,
} from "../numbers/fixed.ts";
import { U64_MAX } from "../numbers/integers.ts";
import { ROOT, type AccountId, type ChildLink, type Netuid, type NetworkState } from "../state/network.ts";
import { priceOf } from "../swap/books.ts";
import { q64 } from "../swap/pool.ts";
import { hotkeyAlpha } from "./stake.ts";

/** A child proportion as U96F32. */
export const proportionOf = (proportion: bigint): bigint =>
  safeDiv(U96F32, fromInteger(U96F32, proportion), fromInteger(U96F32, U64_MAX));

/** Stake that counts for a hotkey: its own, less what its children get, plus what its parents give; whole rao. */
export function inherited(
  own: bigint,
  children: readonly ChildLink[],
  parents: readonly ChildLink[],
  stakeOfParent: (parent: AccountId) => bigint,
): bigint {
  const whole = fromInteger(U96F32, own);
  let given = 0n;
  for (const { proportion } of children)
    given = saturatingAdd(U96F32, given, saturatingMul(U96F32, whole, proportionOf(proportion)));
  let received = 0n;
  for (const { proportion, hotkey } of parents) {
    const stake = fromInteger(U96F32, stakeOfParent(hotkey));
    received = saturatingAdd(U96F32, received, saturatingMul(U96F32, stake, proportionOf(proportion)));
  }
  const total = saturatingAdd(U96F32, saturatingSub(U96F32, whole, given), received) >> 32n;
  return total > U64_MAX ? U64_MAX : total;
}

const NO_LINKS: readonly ChildLink[] = [];

/** Inherited stake of `hotkey` by the links of subnet `netuid`, rao; `stakeNetuid` says whose stake is counted. */
function inheritedOn(state: NetworkState, hotkey: AccountId, netuid: Netuid, stakeNetuid: Netuid): bigint {
  const own = hotkeyAlpha(state, hotkey, stakeNetuid);
  const subnet = state.subnets.get(netuid);
  if (subnet === undefined || netuid === ROOT) return own;
  const children = subnet.children.get(hotkey);
  const parents = subnet.parents.get(hotkey);
  if (children === undefined && parents === undefined) return own;
  return inherited(own, children ?? NO_LINKS, parents ?? NO_LINKS, (parent) =>
    hotkeyAlpha(state, parent, stakeNetuid),
  );
}

/** Alpha that counts for a hotkey on a subnet, rao. */
export const inheritedAlpha = (state: NetworkState, hotkey: AccountId, netuid: Netuid): bigint =>
  inheritedOn(state, hotkey, netuid, netuid);

/** Root stake that counts for a hotkey on a subnet, rao. */
export const inheritedTao = (state: NetworkState, hotkey: AccountId, netuid: Netuid): bigint =>
  inheritedOn(state, hotkey, netuid, ROOT);

/**
 * Stake weight, I64F64: exact, because both amounts are whole.
 * @param taoWeight U96F32
 */
export const stakeWeight = (alpha: bigint, tao: bigint, taoWeight: bigint): bigint =>
  (alpha << 64n) + ((tao * taoWeight) << 32n);

/** What all alpha of a hotkey is worth, rao of TAO; only StakeThreshold asks for it. */
export function totalStakeValue(state: NetworkState, hotkey: AccountId): bigint {
  let total = 0n;
  for (const netuid of state.netuids) {
    const alpha = hotkeyAlpha(state, hotkey, netuid);
    if (alpha > 0n) total += saturatingMul(U64F64, q64(alpha), priceOf(state, netuid));
  }
  return total >> 64n;
}
