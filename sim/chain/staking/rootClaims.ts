/** Root dividends: made claimable per hotkey and subnet, claimed by coldkeys (spec/staking.md 10). */
import { FlooredSums } from "../../../kernels/exact/economy.ts";
import { subnetAccount, transferTao } from "../accounts/accounts.ts";
import type { Chain, Outcome } from "../chain.ts";
import type { ClaimRow, CoinbaseArithmetic } from "../coinbase/arithmetic.ts";
import { isError, type ChainError } from "../errors.ts";
import {
  fromInteger,
  I96F32,
  safeDiv,
  saturatingAdd,
  saturatingMul,
  saturatingSub,
} from "../numbers/fixed.ts";
import { addI64, addU64, addU128, min, subU64, U128_MAX } from "../numbers/integers.ts";
import {
  ROOT,
  type AccountId,
  type Netuid,
  type NetworkState,
  type RootClaimType,
} from "../state/network.ts";
import { raise, sell } from "../swap/books.ts";
import { MIN_SELL_PRICE } from "../swap/engine.ts";
import { claimedOf, rateOf, setClaimed, setRate } from "./claimRecords.ts";
import { hotkeyAlpha, increaseStake, stakeOf } from "./stake.ts";

const SWAP: RootClaimType = { kind: "Swap" };

/** Adds `amount` alpha to what the root stakers of a hotkey can claim (10.1). */
export function makeRootClaimable(chain: Chain, hotkey: AccountId, netuid: Netuid, amount: bigint): void {
  const { state, journal } = chain;
  if (!state.subnets.has(netuid)) return;
  const rate = rateOf(state, hotkey, netuid);
  if (amount === 0n) {
    // A rate of 0 is a rate: claimed amounts are kept for it from now on.
    if (rate === undefined) setRate(chain, hotkey, netuid, 0n);
    return;
  }
  const rootStake = hotkeyAlpha(state, hotkey, ROOT);
  if (amount > rootStake) {
    const owner = state.hotkeys.get(hotkey)?.owner;
    if (owner !== undefined) increaseStake(chain, hotkey, owner, netuid, amount);
    return;
  }
  const increment = safeDiv(I96F32, fromInteger(I96F32, amount), fromInteger(I96F32, rootStake));
  setRate(chain, hotkey, netuid, saturatingAdd(I96F32, rate ?? 0n, increment));
  if (increment > 0n && !state.claimableHotkeys.has(hotkey))
    journal.mapSet(state.claimableHotkeys, hotkey, true);
  changeClaimable(chain, netuid, amount);
}

/** Changes the running total of a subnet's claimable alpha. */
function changeClaimable({ state, journal }: Chain, netuid: Netuid, change: bigint): void {
  const { claimableAlpha } = state.columns;
  journal.set(claimableAlpha, netuid, (claimableAlpha[netuid] ?? 0n) + change);
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
    const rate = rateOf(state, hotkey, netuid);
    if (rate === undefined || netuid === ROOT) continue;
    const magnitude = change < 0n ? -change : change;
    const earned = saturatingMul(I96F32, rate, fromInteger(I96F32, magnitude)) >> 32n;
    const claimed = claimedOf(state, hotkey, coldkey, netuid);
    const adjusted = change < 0n ? subU64(claimed, earned) : addU128(claimed, earned);
    setClaimed(chain, hotkey, coldkey, netuid, adjusted);
  }
}

/** Whether `type` keeps the alpha of `netuid` instead of selling it. */
const keeps = (type: RootClaimType, netuid: Netuid): boolean =>
  type.kind === "Keep" || (type.kind === "KeepSubnets" && type.subnets.includes(netuid));

/** Sells what is owed and stakes the TAO on root; returns the TAO. The caller adjusts what counts as claimed. */
function swapOwed(
  chain: Chain,
  hotkey: AccountId,
  coldkey: AccountId,
  netuid: Netuid,
  owed: bigint,
): bigint | ChainError {
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
  return sold.paidOut;
}

/** Whole rao that a claim pays: 0 where it is skipped (10.4). */
function payable(
  state: NetworkState,
  netuid: Netuid,
  rate: bigint,
  rootStake: bigint,
  claimed: bigint,
): bigint {
  const owed = rootOwed(rate, rootStake, claimed);
  const threshold = state.netuidParameters.get(netuid)?.rootClaimThreshold ?? 0n;
  return owed < threshold || owed < I96F32.one ? 0n : owed >> 32n;
}

/**
 * Claims what one hotkey owes one coldkey on the given subnets.
 *
 * Every swap raises the root stake, and with it what counts as claimed on all subnets (10.3). The adjustments of the
 * whole row are added up per subnet: every product is floored on its own, as if each were made at once.
 */
function claimFrom(chain: Chain, hotkey: AccountId, coldkey: AccountId, netuids: readonly Netuid[]): Outcome {
  const { state } = chain;
  const type = state.rootClaimTypes.get(coldkey) ?? SWAP;
  let rootStake = stakeOf(state, hotkey, coldkey, ROOT);
  // Without root stake nothing is owed.
  if (rootStake === 0n) return null;
  const swapped = new FlooredSums();
  /** Whole rao by subnet. */
  const claims = new Map<Netuid, bigint>();
  for (const netuid of netuids) {
    const rate = rateOf(state, hotkey, netuid) ?? 0n;
    if (rate === 0n) continue;
    const before = claimedOf(state, hotkey, coldkey, netuid) + swapped.sum(rate, 0);
    const claimed = payable(state, netuid, rate, rootStake, before);
    if (claimed === 0n) continue;
    if (keeps(type, netuid)) increaseStake(chain, hotkey, coldkey, netuid, claimed);
    else {
      const tao = swapOwed(chain, hotkey, coldkey, netuid, claimed);
      if (isError(tao)) return tao;
      rootStake = stakeOf(state, hotkey, coldkey, ROOT);
      swapped.push(tao);
    }
    changeClaimable(chain, netuid, -claimed);
    claims.set(netuid, claimed);
  }
  const adjusted = swapped.length > 0 ? state.netuids : claims.keys();
  for (const netuid of adjusted) {
    const rate = rateOf(state, hotkey, netuid);
    if (rate === undefined || netuid === ROOT) continue;
    const before = claimedOf(state, hotkey, coldkey, netuid);
    const total = before + swapped.sum(rate, 0) + (claims.get(netuid) ?? 0n);
    setClaimed(chain, hotkey, coldkey, netuid, min(total, U128_MAX));
  }
  return null;
}

/** The hotkeys of a coldkey's staking list that may owe it something, in order. */
const owing = ({ stakingHotkeys, claimableHotkeys }: NetworkState, coldkey: AccountId): AccountId[] =>
  (stakingHotkeys.get(coldkey) ?? []).filter((hotkey) => claimableHotkeys.has(hotkey));

/** Claims on the given subnets, ascending, for every hotkey of the staking list in order (10.4). */
export function claimRootDividends(chain: Chain, coldkey: AccountId, netuids: readonly Netuid[]): Outcome {
  for (const hotkey of owing(chain.state, coldkey)) {
    const outcome = claimFrom(chain, hotkey, coldkey, netuids);
    if (outcome !== null) return outcome;
  }
  return null;
}

/** One coldkey's claims on all subnets, undone on an error. */
function autoClaim(chain: Chain, coldkey: AccountId, claimRow: ClaimRow): void {
  const { state, journal } = chain;
  const hotkeys = owing(state, coldkey);
  const [only] = hotkeys;
  // The usual claim is made by one row, which cannot fail: there is nothing to remember.
  if (only === undefined || (hotkeys.length === 1 && claimRow(only, coldkey))) return;
  journal.atomically(() => {
    for (const hotkey of hotkeys) {
      if (hotkeys.length > 1 && claimRow(hotkey, coldkey)) continue;
      const outcome = claimFrom(chain, hotkey, coldkey, state.netuids);
      if (outcome !== null) return outcome;
    }
    return null;
  });
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
export function runAutoRootClaims(chain: Chain, claimRows: CoinbaseArithmetic["claimRows"]): void {
  const { state } = chain;
  const { list } = state.rootStakers;
  const indices = autoClaimIndices(
    chain.parentHash(state.block),
    state.parameters.numRootClaim,
    BigInt(list.length),
  );
  const coldkeys = indices.map((index) => list[Number(index)]);
  if (coldkeys.length === 0 || state.claimableHotkeys.size === 0) return;
  const claimRow = claimRows(chain);
  for (const coldkey of coldkeys) if (coldkey !== undefined) autoClaim(chain, coldkey, claimRow);
}
