/** Taking the fee of a transaction, in TAO or in alpha (spec/governance-and-accounts.md 2.2). */
import { destroyTao, spendable, subnetAccount, transferTao } from "../accounts/accounts.ts";
import type { Call } from "../calls/dispatch.ts";
import type { Chain } from "../chain.ts";
import { isError } from "../errors.ts";
import { touchLock } from "../locks/touch.ts";
import { safeDiv, fromInteger, U64F64 } from "../numbers/fixed.ts";
import { min } from "../numbers/integers.ts";
import { tokenEnabled } from "../staking/checks.ts";
import { adjustRootClaimed } from "../staking/rootClaims.ts";
import { decreaseStake, stakeOf, unindexRootStaker } from "../staking/stake.ts";
import { recordUserFlow, type Position } from "../staking/trade.ts";
import { ROOT, type AccountId, type NetworkState } from "../state/network.ts";
import { priceOf, raise, sell } from "../swap/books.ts";

/** The only stake of `coldkey` on a hotkey, among subnets with a token; undefined where there are more or none. */
function onlyPosition(state: NetworkState, hotkey: AccountId, coldkey: AccountId): Position | undefined {
  const held = state.netuids.filter(
    (netuid) => tokenEnabled(state, netuid) && stakeOf(state, hotkey, coldkey, netuid) > 0n,
  );
  const [netuid] = held;
  return held.length === 1 && netuid !== undefined ? { hotkey, coldkey, netuid } : undefined;
}

/** The stake of `coldkey` that pays for a call in alpha: the one it names. Undefined where alpha cannot pay. */
function payingPosition(state: NetworkState, coldkey: AccountId, { call, args }: Call): Position | undefined {
  if (
    call === "removeStake" ||
    call === "removeStakeLimit" ||
    call === "removeStakeFullLimit" ||
    call === "recycleAlpha" ||
    call === "burnAlpha"
  )
    return { hotkey: args.hotkey, coldkey, netuid: args.netuid };
  if (call === "transferStake" || call === "swapStake" || call === "swapStakeLimit")
    return { hotkey: args.hotkey, coldkey, netuid: args.originNetuid };
  if (call === "moveStake") return { hotkey: args.originHotkey, coldkey, netuid: args.originNetuid };
  if (call === "unstakeAll" || call === "unstakeAllAlpha") return onlyPosition(state, args.hotkey, coldkey);
  return undefined;
}

/** Alpha worth a fee at the spot price, floored. @param price U64F64 */
export const alphaFee = (fee: bigint, price: bigint): bigint =>
  safeDiv(U64F64, fromInteger(U64F64, fee), price) >> 64n;

/** Sells the fee's alpha for the block author. False where the stake is too small or the pool does not trade. */
function chargeAlpha(chain: Chain, position: Position, fee: bigint): boolean {
  const { state, journal } = chain;
  const { hotkey, coldkey, netuid } = position;
  const held = stakeOf(state, hotkey, coldkey, netuid);
  const asked = alphaFee(fee, priceOf(state, netuid));
  if (held < asked || held === 0n) return false;
  const alpha = asked === 0n ? held : min(asked, held);
  decreaseStake(chain, hotkey, coldkey, netuid, alpha);
  if (state.blockAuthor === null) {
    raise(journal, state.columns, "alphaBurned", netuid, alpha);
    return true;
  }
  // No price limit but the lowest: a fee is sold at any price.
  const sold = sell(chain, netuid, alpha, 0n, true);
  if (isError(sold)) return false;
  if (transferTao(chain, subnetAccount(netuid), state.blockAuthor, sold.paidOut) !== null) return false;
  if (netuid === ROOT) {
    adjustRootClaimed(chain, hotkey, coldkey, -alpha);
    unindexRootStaker(chain, coldkey);
  }
  recordUserFlow(chain, netuid, -sold.paidOut);
  touchLock(chain, coldkey, netuid);
  return true;
}

/** The whole fee in TAO; the payer keeps the existential deposit. */
function chargeTao(chain: Chain, payer: AccountId, fee: bigint): boolean {
  if (spendable(chain, payer) < fee) return false;
  const { blockAuthor } = chain.state;
  if (blockAuthor !== null) return transferTao(chain, payer, blockAuthor, fee) === null;
  destroyTao(chain, payer, fee);
  return true;
}

/** What became of a fee. */
export type Charge = "tao" | "alpha" | "free" | "refused";

/** Takes `fee` rao from the signer of a call. A refused fee changes nothing. */
export function chargeFee(chain: Chain, payer: AccountId, call: Call, fee: bigint): Charge {
  if (fee === 0n) return "free";
  if (chargeTao(chain, payer, fee)) return "tao";
  const position = payingPosition(chain.state, payer, call);
  if (position === undefined) return "refused";
  const outcome = chain.journal.atomically(() =>
    chargeAlpha(chain, position, fee) ? null : "InsufficientBalance",
  );
  return outcome === null ? "alpha" : "refused";
}
