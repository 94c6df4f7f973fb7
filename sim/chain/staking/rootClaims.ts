/** Root dividends: made claimable per hotkey and subnet, claimed by coldkeys (spec/staking.md 10). */
import { subnetAccount, transferTao } from "../accounts/accounts.ts";
import type { Chain, Outcome } from "../chain.ts";
import { isError, type ChainError } from "../errors.ts";
import {
  fromInteger,
  I96F32,
  safeDiv,
  saturatingAdd,
  saturatingMul,
  saturatingSub,
} from "../numbers/fixed.ts";
import { addI64, addU64, addU128, subU64 } from "../numbers/integers.ts";
import { ROOT, type AccountId, type Netuid, type RootClaimType, type Subnet } from "../state/network.ts";
import { raise, sell } from "../swap/books.ts";
import { MIN_SELL_PRICE } from "../swap/engine.ts";
import { hotkeyAlpha, increaseStake, stakeOf } from "./stake.ts";

const SWAP: RootClaimType = { kind: "Swap" };

/** Adds `amount` alpha to what the root stakers of a hotkey can claim (10.1). */
export function makeRootClaimable(chain: Chain, hotkey: AccountId, netuid: Netuid, amount: bigint): void {
  const { state, journal } = chain;
  const subnet = state.subnets.get(netuid);
  if (subnet === undefined) return;
  const rootStake = hotkeyAlpha(state, hotkey, ROOT);
  if (amount > rootStake) {
    const owner = state.hotkeys.get(hotkey)?.owner;
    if (owner !== undefined) increaseStake(chain, hotkey, owner, netuid, amount);
    return;
  }
  const increment = safeDiv(I96F32, fromInteger(I96F32, amount), fromInteger(I96F32, rootStake));
  const rate = subnet.rootRates.get(hotkey) ?? 0n;
  journal.mapSet(subnet.rootRates, hotkey, saturatingAdd(I96F32, rate, increment));
  journal.set(subnet, "claimableAlpha", subnet.claimableAlpha + amount);
}

const claimedOf = (subnet: Subnet, hotkey: AccountId, coldkey: AccountId): bigint =>
  subnet.rootClaimed.get(hotkey)?.get(coldkey) ?? 0n;

function setClaimed(
  { journal }: Chain,
  subnet: Subnet,
  hotkey: AccountId,
  coldkey: AccountId,
  claimed: bigint,
): void {
  let byColdkey = subnet.rootClaimed.get(hotkey);
  if (byColdkey === undefined) {
    byColdkey = new Map();
    journal.mapSet(subnet.rootClaimed, hotkey, byColdkey);
  }
  journal.mapSet(byColdkey, coldkey, claimed);
}

/** What a rate owes to a root stake, I96F32 rao; can be negative (10.2). */
export const rootOwed = (rate: bigint, rootStake: bigint, claimed: bigint): bigint =>
  saturatingSub(
    I96F32,
    saturatingMul(I96F32, rate, fromInteger(I96F32, rootStake)),
    fromInteger(I96F32, claimed),
  );

/**
 * Root stake of (hotkey, coldkey) changed by `change`: the part of the rates that it did not earn counts as claimed,
 * or stops counting (10.3).
 */
export function adjustRootClaimed(chain: Chain, hotkey: AccountId, coldkey: AccountId, change: bigint): void {
  const { state } = chain;
  for (const netuid of state.netuids) {
    const subnet = state.subnets.get(netuid);
    const rate = subnet?.rootRates.get(hotkey);
    if (subnet === undefined || rate === undefined || netuid === ROOT) continue;
    const magnitude = change < 0n ? -change : change;
    const earned = saturatingMul(I96F32, rate, fromInteger(I96F32, magnitude)) >> 32n;
    const claimed = claimedOf(subnet, hotkey, coldkey);
    setClaimed(
      chain,
      subnet,
      hotkey,
      coldkey,
      change < 0n ? subU64(claimed, earned) : addU128(claimed, earned),
    );
  }
}

/** Whether `type` keeps the alpha of `netuid` instead of selling it. */
const keeps = (type: RootClaimType, netuid: Netuid): boolean =>
  type.kind === "Keep" || (type.kind === "KeepSubnets" && type.subnets.includes(netuid));

/** Sells what is owed and stakes the TAO on root. */
function swapOwed(
  chain: Chain,
  hotkey: AccountId,
  coldkey: AccountId,
  netuid: Netuid,
  owed: bigint,
): Outcome {
  const { state, journal } = chain;
  const sold = sell(chain, netuid, owed, MIN_SELL_PRICE, true);
  if (isError(sold)) return sold;
  const moved = transferTao(chain, subnetAccount(netuid), subnetAccount(ROOT), sold.paidOut);
  if (moved !== null) return moved;
  const { columns } = state;
  raise(journal, columns, "rootSellTao", netuid, sold.paidOut);
  journal.set(columns.protocolFlow, netuid, addI64(columns.protocolFlow[netuid] ?? 0n, -sold.paidOut));
  increaseStake(chain, hotkey, coldkey, ROOT, sold.paidOut);
  raise(journal, columns, "tao", ROOT, sold.paidOut);
  raise(journal, columns, "alphaOut", ROOT, sold.paidOut);
  journal.set(state, "totalStake", addU64(state.totalStake, sold.paidOut));
  adjustRootClaimed(chain, hotkey, coldkey, sold.paidOut);
  return null;
}

/**
 * Claims what one hotkey owes one coldkey on one subnet; too little is skipped silently (10.4).
 * @returns whether root stake changed, or the error
 */
function claimOne(
  chain: Chain,
  subnet: Subnet,
  hotkey: AccountId,
  coldkey: AccountId,
  rate: bigint,
  rootStake: bigint,
): boolean | ChainError {
  const { state, journal } = chain;
  const { netuid } = subnet;
  const owed = rootOwed(rate, rootStake, claimedOf(subnet, hotkey, coldkey));
  const threshold = state.netuidParameters.get(netuid)?.rootClaimThreshold ?? 0n;
  const whole = owed >> 32n;
  if (owed < threshold || whole <= 0n) return false;
  const kept = keeps(state.rootClaimTypes.get(coldkey) ?? SWAP, netuid);
  if (kept) increaseStake(chain, hotkey, coldkey, netuid, whole);
  else {
    const swapped = swapOwed(chain, hotkey, coldkey, netuid, whole);
    if (swapped !== null) return swapped;
  }
  setClaimed(chain, subnet, hotkey, coldkey, addU128(claimedOf(subnet, hotkey, coldkey), whole));
  journal.set(subnet, "claimableAlpha", subnet.claimableAlpha - whole);
  return !kept;
}

/** Claims on the given subnets, ascending, for every hotkey of the staking list in order (10.4). */
export function claimRootDividends(chain: Chain, coldkey: AccountId, netuids: readonly Netuid[]): Outcome {
  const { state } = chain;
  for (const hotkey of state.stakingHotkeys.get(coldkey) ?? []) {
    let rootStake = stakeOf(state, hotkey, coldkey, ROOT);
    for (const netuid of netuids) {
      const subnet = state.subnets.get(netuid);
      const rate = subnet?.rootRates.get(hotkey) ?? 0n;
      // Without a rate or root stake nothing can be owed.
      if (subnet === undefined || rate === 0n || rootStake === 0n) continue;
      const restaked = claimOne(chain, subnet, hotkey, coldkey, rate, rootStake);
      if (isError(restaked)) return restaked;
      if (restaked) rootStake = stakeOf(state, hotkey, coldkey, ROOT);
    }
  }
  return null;
}

/** The index positions that claim in this block, ascending (10.5). */
export function autoClaimIndices(hashWords: readonly bigint[], count: number, stakers: bigint): bigint[] {
  const chosen = new Set<bigint>();
  let last = hashWords[0] ?? 0n;
  for (let i = 0; i < count; i++) {
    const drawn = addU64(last, hashWords[i % 4] ?? 0n);
    last = stakers === 0n ? 0n : drawn % stakers;
    chosen.add(last);
  }
  return [...chosen].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Claims of the end of the block step: a few coldkeys, each on all subnets, each undone alone on an error (10.5). */
export function runAutoRootClaims(chain: Chain): void {
  const { state, journal } = chain;
  const { list } = state.rootStakers;
  const indices = autoClaimIndices(
    chain.parentHash(state.block),
    state.parameters.numRootClaim,
    BigInt(list.length),
  );
  const coldkeys = indices.map((index) => list[Number(index)]);
  for (const coldkey of coldkeys)
    if (coldkey !== undefined) journal.atomically(() => claimRootDividends(chain, coldkey, state.netuids));
}
