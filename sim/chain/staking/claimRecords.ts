/** The records of root claims: rates by hotkey and subnet, claimed amounts by coldkey too (spec/staking.md 10). */
import type { Chain } from "../chain.ts";
import type { AccountId, Netuid, NetworkState, RootClaims } from "../state/network.ts";
import { emptyRow, rowDelete, rowGet, rowNetuids, rowSet, type NetuidRow } from "../state/netuidRow.ts";

function recordOf({ state, journal }: Chain, hotkey: AccountId): RootClaims {
  let record = state.rootClaims.get(hotkey);
  if (record === undefined) {
    record = { rates: emptyRow(state.columns.capacity), claimed: new Map() };
    journal.mapSet(state.rootClaims, hotkey, record);
  }
  return record;
}

/** Alpha per root rao, I96F32; undefined where the hotkey has no rate, which is not a rate of 0. */
export function rateOf({ rootClaims }: NetworkState, hotkey: AccountId, netuid: Netuid): bigint | undefined {
  const record = rootClaims.get(hotkey);
  return record === undefined ? undefined : rowGet(record.rates, netuid);
}

export function setRate(chain: Chain, hotkey: AccountId, netuid: Netuid, rate: bigint): void {
  rowSet(chain.journal, recordOf(chain, hotkey).rates, netuid, rate);
}

/** What counts as claimed, rao. */
export function claimedOf(
  { rootClaims }: NetworkState,
  hotkey: AccountId,
  coldkey: AccountId,
  netuid: Netuid,
): bigint {
  const row = rootClaims.get(hotkey)?.claimed.get(coldkey);
  return row === undefined ? 0n : (rowGet(row, netuid) ?? 0n);
}

/** The claimed amounts of a coldkey on a hotkey, made where there are none. */
export function claimedRow(chain: Chain, hotkey: AccountId, coldkey: AccountId): NetuidRow {
  const { claimed } = recordOf(chain, hotkey);
  let row = claimed.get(coldkey);
  if (row === undefined) {
    row = emptyRow(chain.state.columns.capacity);
    chain.journal.mapSet(claimed, coldkey, row);
  }
  return row;
}

export function setClaimed(
  chain: Chain,
  hotkey: AccountId,
  coldkey: AccountId,
  netuid: Netuid,
  amount: bigint,
): void {
  rowSet(chain.journal, claimedRow(chain, hotkey, coldkey), netuid, amount);
}

/** Whether a hotkey has a rate or a claimed amount anywhere. */
export function hasRootClaims({ rootClaims }: NetworkState, hotkey: AccountId): boolean {
  const record = rootClaims.get(hotkey);
  if (record === undefined) return false;
  return [record.rates, ...record.claimed.values()].some(({ has }) => has.includes(1));
}

/** Rates and claimed amounts go where the root stake of a hotkey goes; the new hotkey has none before. */
export function moveHotkeyClaims({ state, journal }: Chain, from: AccountId, to: AccountId): void {
  const record = state.rootClaims.get(from);
  if (record === undefined) return;
  journal.mapDelete(state.rootClaims, from);
  journal.mapSet(state.rootClaims, to, record);
  if (state.claimableHotkeys.has(from)) journal.mapSet(state.claimableHotkeys, to, true);
}

/** What one coldkey claimed counts for another. */
export function moveColdkeyClaims(chain: Chain, from: AccountId, to: AccountId): void {
  for (const [hotkey, { claimed }] of chain.state.rootClaims) {
    const row = claimed.get(from);
    if (row === undefined) continue;
    for (const netuid of rowNetuids(row)) setClaimed(chain, hotkey, to, netuid, rowGet(row, netuid) ?? 0n);
    chain.journal.mapDelete(claimed, from);
  }
}

/** A subnet that goes takes its rates and claimed amounts with it (10.6). */
export function forgetClaims({ state, journal }: Chain, netuid: Netuid): void {
  for (const { rates, claimed } of state.rootClaims.values()) {
    rowDelete(journal, rates, netuid);
    for (const row of claimed.values()) rowDelete(journal, row, netuid);
  }
}
