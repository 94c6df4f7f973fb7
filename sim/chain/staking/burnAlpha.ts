/** recycleAlpha and burnAlpha (spec/calls.md 4, spec/staking.md 6). */
import { signed, type Handlers } from "../calls/call.ts";
import type { Chain, Outcome } from "../chain.ts";
import { availableToUnstake } from "../locks/touch.ts";
import { min } from "../numbers/integers.ts";
import { ROOT, type AccountId, type Netuid } from "../state/network.ts";
import { cell, lower, raise } from "../swap/books.ts";
import { hotkeyExists, subnetExists, tokenEnabled } from "./checks.ts";
import { decreaseStake, stakeOf } from "./stake.ts";
import type { Position } from "./trade.ts";

interface AlphaArguments {
  readonly hotkey: AccountId;
  /** Rao of alpha, cut to the stake. */
  readonly amount: bigint;
  readonly netuid: Netuid;
}

export interface BurnAlphaCalls {
  recycleAlpha: AlphaArguments;
  burnAlpha: AlphaArguments;
}

/** Takes alpha out of a stake: recycled alpha can be emitted again, burned alpha belongs to nobody. */
export function burnAlphaOf(
  chain: Chain,
  position: Position,
  amount: bigint,
  how: "recycle" | "burn",
): Outcome {
  const { state, journal } = chain;
  const { hotkey, coldkey, netuid } = position;
  if (!subnetExists(state, netuid)) return "SubnetNotExists";
  if (netuid === ROOT) return "CannotBurnOrRecycleOnRootSubnet";
  if (!tokenEnabled(state, netuid)) return "SubtokenDisabled";
  if (!hotkeyExists(state, hotkey)) return "HotKeyAccountNotExists";
  const alpha = min(amount, stakeOf(state, hotkey, coldkey, netuid));
  if (cell(state.columns, "alphaOut", netuid) < alpha) return "InsufficientLiquidity";
  if (alpha > availableToUnstake(state, coldkey, netuid)) return "StakeUnavailable";
  decreaseStake(chain, hotkey, coldkey, netuid, alpha);
  if (how === "recycle") {
    lower(journal, state.columns, "alphaOut", netuid, alpha);
    raise(journal, state.columns, "alphaRecycled", netuid, alpha);
  } else raise(journal, state.columns, "alphaBurned", netuid, alpha);
  return null;
}

export const burnAlphaCalls: Handlers<BurnAlphaCalls> = {
  recycleAlpha: signed((chain, coldkey, { hotkey, amount, netuid }) =>
    burnAlphaOf(chain, { hotkey, coldkey, netuid }, amount, "recycle"),
  ),
  burnAlpha: signed((chain, coldkey, { hotkey, amount, netuid }) =>
    burnAlphaOf(chain, { hotkey, coldkey, netuid }, amount, "burn"),
  ),
};
