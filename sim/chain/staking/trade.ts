/** The two moves that every staking call is made of: TAO into stake, stake into TAO (spec/staking.md 3). */
import { BURN_ACCOUNT, spendable, subnetAccount, transferTao } from "../accounts/accounts.ts";
import type { Chain } from "../chain.ts";
import { isError, type ChainError } from "../errors.ts";
import { touchLock } from "../locks/touch.ts";
import { addI64, addU64, min, subU64 } from "../numbers/integers.ts";
import { ROOT, type AccountId, type Netuid } from "../state/network.ts";
import { buy, raise, sell } from "../swap/books.ts";
import { MIN_SELL_PRICE } from "../swap/engine.ts";
import { adjustRootClaimed } from "./rootClaims.ts";
import { canAddStake, decreaseStake, increaseStake, indexRootStaker, unindexRootStaker } from "./stake.ts";

/** A stake: who, on whom, where. */
export interface Position {
  readonly hotkey: AccountId;
  readonly coldkey: AccountId;
  readonly netuid: Netuid;
}

/** Adds to the record of users' TAO flows. */
export function recordUserFlow({ state, journal }: Chain, netuid: Netuid, tao: bigint): void {
  const { taoFlow } = state.columns;
  journal.set(taoFlow, netuid, addI64(taoFlow[netuid] ?? 0n, tao));
}

/** Moves TAO into the pool and stakes the alpha. Returns the alpha. Errors: PUT of spec/calls.md 3. */
export function stakeIntoSubnet(
  chain: Chain,
  { hotkey, coldkey, netuid }: Position,
  tao: bigint,
  limitRao: bigint,
  dropFees: boolean,
): bigint | ChainError {
  const { state } = chain;
  const offered = min(tao, spendable(chain, coldkey));
  if (tao > 0n && offered === 0n) return "InsufficientBalance";
  const account = subnetAccount(netuid);
  const moved = transferTao(chain, coldkey, account, offered);
  if (moved !== null) return moved;
  const bought = buy(chain, netuid, offered, limitRao, dropFees);
  if (isError(bought)) return bought;
  if (bought.paidOut === 0n) return "AmountTooLow";
  if (!canAddStake(state, hotkey, netuid, bought.paidOut)) return "InsufficientLiquidity";
  increaseStake(chain, hotkey, coldkey, netuid, bought.paidOut);
  if (state.blockAuthor === null) transferTao(chain, account, BURN_ACCOUNT, bought.feeToAuthor);
  else {
    const paid = transferTao(chain, account, state.blockAuthor, bought.feeToAuthor);
    if (paid !== null) return paid;
  }
  recordUserFlow(chain, netuid, bought.paidIn);
  touchLock(chain, coldkey, netuid);
  if (netuid === ROOT) {
    adjustRootClaimed(chain, hotkey, coldkey, bought.paidOut);
    indexRootStaker(chain, coldkey);
  }
  return bought.paidOut;
}

/** Sells the author's alpha fee, also a fee of 0, and pays the TAO. Returns the TAO. */
function payAuthorFee(chain: Chain, netuid: Netuid, fee: bigint): bigint | ChainError {
  const { state, journal } = chain;
  if (state.blockAuthor === null) {
    // Burned alpha stays in SubnetAlphaOut and belongs to nobody.
    raise(journal, state.columns, "alphaBurned", netuid, fee);
    return 0n;
  }
  const sold = sell(chain, netuid, fee, MIN_SELL_PRICE, true);
  if (isError(sold)) return sold;
  const paid = transferTao(chain, subnetAccount(netuid), state.blockAuthor, sold.paidOut);
  return paid ?? sold.paidOut;
}

/** Sells stake for TAO. Returns the TAO that the coldkey got. Errors: TAKE of spec/calls.md 3. */
export function unstakeFromSubnet(
  chain: Chain,
  { hotkey, coldkey, netuid }: Position,
  alpha: bigint,
  limitRao: bigint,
  dropFees: boolean,
): bigint | ChainError {
  decreaseStake(chain, hotkey, coldkey, netuid, alpha);
  const sold = sell(chain, netuid, alpha, limitRao, dropFees);
  if (isError(sold)) return sold;
  const refund = subU64(subU64(alpha, sold.paidIn), sold.fee);
  if (refund > 0n) increaseStake(chain, hotkey, coldkey, netuid, refund);
  const moved = transferTao(chain, subnetAccount(netuid), coldkey, sold.paidOut);
  if (moved !== null) return moved;
  const feeTao = payAuthorFee(chain, netuid, sold.feeToAuthor);
  if (isError(feeTao)) return feeTao;
  if (netuid === ROOT) {
    adjustRootClaimed(chain, hotkey, coldkey, -alpha);
    unindexRootStaker(chain, coldkey);
  }
  recordUserFlow(chain, netuid, -addU64(sold.paidOut, feeTao));
  touchLock(chain, coldkey, netuid);
  return sold.paidOut;
}
