/** unstakeAll and unstakeAllAlpha (spec/calls.md 4, spec/staking.md 4). */
import { signed, type Handlers } from "../calls/call.ts";
import type { Chain } from "../chain.ts";
import { isError, type ChainError } from "../errors.ts";
import { ROOT, type AccountId } from "../state/network.ts";
import { MAX_BUY_PRICE, MIN_SELL_PRICE } from "../swap/engine.ts";
import { checkRemove, hotkeyExists, outcomeOf, tokenEnabled } from "./checks.ts";
import { clearSmallNomination } from "./removeStake.ts";
import { stakeOf } from "./stake.ts";
import { stakeIntoSubnet, unstakeFromSubnet } from "./trade.ts";

export interface UnstakeAllCalls {
  unstakeAll: { readonly hotkey: AccountId };
  unstakeAllAlpha: { readonly hotkey: AccountId };
}

/** Sells what can be sold on every subnet; returns the TAO. A refused subnet is skipped, a failed sale is an error. */
function unstakeEverywhere(
  chain: Chain,
  hotkey: AccountId,
  coldkey: AccountId,
  withRoot: boolean,
): bigint | ChainError {
  const { state } = chain;
  if (!hotkeyExists(state, hotkey)) return "HotKeyAccountNotExists";
  let received = 0n;
  for (const netuid of state.netuids) {
    if ((netuid === ROOT && !withRoot) || !tokenEnabled(state, netuid)) continue;
    const position = { hotkey, coldkey, netuid };
    const alpha = stakeOf(state, hotkey, coldkey, netuid);
    if (checkRemove(chain, position, alpha, alpha, false) !== null) continue;
    const sold = unstakeFromSubnet(chain, position, alpha, MIN_SELL_PRICE, false);
    if (isError(sold)) return sold;
    received += sold;
    clearSmallNomination(chain, position);
  }
  return received;
}

export const unstakeAllCalls: Handlers<UnstakeAllCalls> = {
  unstakeAll: signed((chain, coldkey, { hotkey }) =>
    outcomeOf(unstakeEverywhere(chain, hotkey, coldkey, true)),
  ),
  unstakeAllAlpha: signed((chain, coldkey, { hotkey }) => {
    const received = unstakeEverywhere(chain, hotkey, coldkey, false);
    if (isError(received)) return received;
    return outcomeOf(
      stakeIntoSubnet(chain, { hotkey, coldkey, netuid: ROOT }, received, MAX_BUY_PRICE, false),
    );
  }),
};
