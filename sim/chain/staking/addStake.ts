/** addStake, addStakeLimit, addStakeBurn (spec/calls.md 4, spec/staking.md 4 and 6). */
import type { Chain, Outcome } from "../chain.ts";
import { signed, type Handlers } from "../calls/call.ts";
import { isError, type ChainError } from "../errors.ts";
import { min } from "../numbers/integers.ts";
import type { AccountId, Netuid } from "../state/network.ts";
import { poolOf } from "../swap/books.ts";
import { MAX_BUY_PRICE, maxAdd } from "../swap/engine.ts";
import { burnAlphaOf } from "./burnAlpha.ts";
import { checkAdd, exceedsReserve, outcomeOf } from "./checks.ts";
import { ensureDelegate } from "./takes.ts";
import { stakeIntoSubnet, type Position } from "./trade.ts";

export interface AddStakeCalls {
  addStake: { readonly hotkey: AccountId; readonly netuid: Netuid; readonly amountStaked: bigint };
  addStakeLimit: {
    readonly hotkey: AccountId;
    readonly netuid: Netuid;
    readonly amountStaked: bigint;
    /** Rao of TAO per whole alpha. */
    readonly limitPrice: bigint;
    readonly allowPartial: boolean;
  };
  addStakeBurn: {
    readonly hotkey: AccountId;
    readonly netuid: Netuid;
    readonly amount: bigint;
    /** Null = no limit. */
    readonly limit: bigint | null;
  };
}

/** Stakes `amount` TAO; returns the alpha. */
export function addStakeAmount(chain: Chain, position: Position, amount: bigint): bigint | ChainError {
  if (exceedsReserve(chain.state, position.netuid, "tao", amount)) return "InsufficientLiquidity";
  const refused = checkAdd(chain, position, amount, amount, false);
  return refused ?? stakeIntoSubnet(chain, position, amount, MAX_BUY_PRICE, false);
}

/** Stakes up to `amount` TAO below a price; returns the alpha. */
function addStakeLimitAmount(
  chain: Chain,
  position: Position,
  amount: bigint,
  limitPrice: bigint,
  allowPartial: boolean,
): bigint | ChainError {
  const { state } = chain;
  if (exceedsReserve(state, position.netuid, "tao", amount)) return "InsufficientLiquidity";
  const most = maxAdd(poolOf(state, position.netuid), limitPrice);
  if (isError(most)) return most;
  const refused = checkAdd(chain, position, amount, most, allowPartial);
  if (refused !== null) return refused;
  ensureDelegate(chain, position.hotkey, position.coldkey);
  return stakeIntoSubnet(chain, position, min(amount, most), limitPrice, false);
}

/** Stakes, then burns the alpha that was bought. */
function addStakeBurn(chain: Chain, position: Position, amount: bigint, limit: bigint | null): Outcome {
  const bought =
    limit === null
      ? addStakeAmount(chain, position, amount)
      : addStakeLimitAmount(chain, position, amount, limit, false);
  return isError(bought) ? bought : burnAlphaOf(chain, position, bought, "burn");
}

export const addStakeCalls: Handlers<AddStakeCalls> = {
  addStake: signed((chain, coldkey, { hotkey, netuid, amountStaked }) =>
    outcomeOf(addStakeAmount(chain, { hotkey, coldkey, netuid }, amountStaked)),
  ),
  addStakeLimit: signed((chain, coldkey, { hotkey, netuid, amountStaked, limitPrice, allowPartial }) =>
    outcomeOf(
      addStakeLimitAmount(chain, { hotkey, coldkey, netuid }, amountStaked, limitPrice, allowPartial),
    ),
  ),
  addStakeBurn: signed((chain, coldkey, { hotkey, netuid, amount, limit }) =>
    addStakeBurn(chain, { hotkey, coldkey, netuid }, amount, limit),
  ),
};
