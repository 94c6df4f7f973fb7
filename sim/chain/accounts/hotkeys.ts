/** Who owns a hotkey (spec/governance-and-accounts.md 4). */
import type { Chain } from "../chain.ts";
import type { AccountId } from "../state/network.ts";

/** Gives a hotkey without owner to `coldkey`. */
export function linkHotkey({ state, journal }: Chain, hotkey: AccountId, coldkey: AccountId): void {
  if (state.hotkeys.has(hotkey)) return;
  journal.mapSet(state.hotkeys, hotkey, { owner: coldkey, take: null, takeSetAt: 0 });
  journal.mapSet(state.ownedHotkeys, coldkey, [...(state.ownedHotkeys.get(coldkey) ?? []), hotkey]);
}

/** Whether `coldkey` may register `hotkey`: it is unused or its own. */
export function isUnusedOrOwn({ state }: Chain, hotkey: AccountId, coldkey: AccountId): boolean {
  const record = state.hotkeys.get(hotkey);
  return record === undefined || record.owner === coldkey;
}
