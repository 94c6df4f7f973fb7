/** removeStake, removeStakeLimit, removeStakeFullLimit (spec/calls.md 4, spec/staking.md 4 and 7). */
import { signed, type Handlers } from "../calls/call.ts";
import type { Chain, Outcome } from "../chain.ts";
import { isError } from "../errors.ts";
import { forceReduceLock } from "../locks/reduce.ts";
import { safeDiv, toU64, U64F64 } from "../numbers/fixed.ts";
import { min } from "../numbers/integers.ts";
import type { AccountId, Netuid } from "../state/network.ts";
import { poolOf, priceOf } from "../swap/books.ts";
import { maxRemove, MIN_SELL_PRICE } from "../swap/engine.ts";
import { q64 } from "../swap/pool.ts";
import { checkRemove, exceedsReserve, tokenEnabled } from "./checks.ts";
import { totalStakeValue } from "./stakeWeight.ts";
import { decreaseStake, stakeOf } from "./stake.ts";
import { unstakeFromSubnet, type Position } from "./trade.ts";

export interface RemoveStakeCalls {
  removeStake: { readonly hotkey: AccountId; readonly netuid: Netuid; readonly amountUnstaked: bigint };
  removeStakeLimit: {
    readonly hotkey: AccountId;
    readonly netuid: Netuid;
    readonly amountUnstaked: bigint;
    /** Rao of TAO per whole alpha. */
    readonly limitPrice: bigint;
    readonly allowPartial: boolean;
  };
  removeStakeFullLimit: {
    readonly hotkey: AccountId;
    readonly netuid: Netuid;
    /** Null = no limit. */
    readonly limitPrice: bigint | null;
  };
}

/** A nomination worth less than the minimum is sold, or deleted where it cannot be sold (spec/staking.md 7). */
export function clearSmallNomination(chain: Chain, position: Position): void {
  const { state, journal, protocol } = chain;
  const { hotkey, coldkey, netuid } = position;
  if (state.hotkeys.get(hotkey)?.owner === coldkey) return;
  const held = stakeOf(state, hotkey, coldkey, netuid);
  const required = (protocol.constants.minStake * state.parameters.nominatorMinRequiredStake) / 1_000_000n;
  const worth = toU64(U64F64, safeDiv(U64F64, q64(required), priceOf(state, netuid)));
  if (held === 0n || held >= worth) return;
  const sold = journal.atomically(() => unstakeFromSubnet(chain, position, held, MIN_SELL_PRICE, false));
  if (isError(sold)) decreaseStake(chain, hotkey, coldkey, netuid, held);
  forceReduceLock(chain, coldkey, netuid, held);
}

/** A hotkey whose stake value fell below the threshold loses its pending children. */
function dropPendingChildren(chain: Chain, hotkey: AccountId): void {
  const { state, journal } = chain;
  if (totalStakeValue(state, hotkey) >= state.parameters.stakeThreshold) return;
  for (const netuid of state.netuids) {
    const subnet = state.subnets.get(netuid);
    if (subnet !== undefined) journal.mapDelete(subnet.pendingChildren, hotkey);
  }
}

function sellStake(chain: Chain, position: Position, alpha: bigint, limitRao: bigint): Outcome {
  const sold = unstakeFromSubnet(chain, position, alpha, limitRao, false);
  if (isError(sold)) return sold;
  clearSmallNomination(chain, position);
  dropPendingChildren(chain, position.hotkey);
  return null;
}

const held = ({ state }: Chain, { hotkey, coldkey, netuid }: Position): bigint =>
  stakeOf(state, hotkey, coldkey, netuid);

export function removeStakeAmount(chain: Chain, position: Position, amount: bigint): Outcome {
  const { state } = chain;
  if (!tokenEnabled(state, position.netuid)) return "SubtokenDisabled";
  const alpha = min(amount, held(chain, position));
  if (exceedsReserve(state, position.netuid, "alpha", alpha)) return "InsufficientLiquidity";
  return (
    checkRemove(chain, position, alpha, alpha, false) ?? sellStake(chain, position, alpha, MIN_SELL_PRICE)
  );
}

function removeStakeLimitAmount(
  chain: Chain,
  position: Position,
  alpha: bigint,
  limitPrice: bigint,
  allowPartial: boolean,
): Outcome {
  const { state } = chain;
  if (exceedsReserve(state, position.netuid, "alpha", alpha)) return "InsufficientLiquidity";
  const most = maxRemove(poolOf(state, position.netuid), limitPrice);
  if (isError(most)) return most;
  const refused = checkRemove(chain, position, alpha, most, allowPartial);
  return refused ?? sellStake(chain, position, min(alpha, most), limitPrice);
}

export const removeStakeCalls: Handlers<RemoveStakeCalls> = {
  removeStake: signed((chain, coldkey, { hotkey, netuid, amountUnstaked }) =>
    removeStakeAmount(chain, { hotkey, coldkey, netuid }, amountUnstaked),
  ),
  removeStakeLimit: signed((chain, coldkey, { hotkey, netuid, amountUnstaked, limitPrice, allowPartial }) =>
    removeStakeLimitAmount(chain, { hotkey, coldkey, netuid }, amountUnstaked, limitPrice, allowPartial),
  ),
  removeStakeFullLimit: signed((chain, coldkey, { hotkey, netuid, limitPrice }) => {
    const position = { hotkey, coldkey, netuid };
    const all = held(chain, position);
    return limitPrice === null
      ? removeStakeAmount(chain, position, all)
      : removeStakeLimitAmount(chain, position, all, limitPrice, false);
  }),
};
