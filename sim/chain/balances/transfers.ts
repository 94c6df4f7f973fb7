/** Public transfers of TAO (spec/calls.md 17, spec/governance-and-accounts.md 1). */
import { balanceOf, spendable, transferTao } from "../accounts/accounts.ts";
import { signed, type Handlers } from "../calls/call.ts";
import type { Chain, Outcome } from "../chain.ts";
import type { AccountId } from "../state/network.ts";

export interface TransferCalls {
  "Balances.transferAllowDeath": { readonly dest: AccountId; /** Rao. */ readonly value: bigint };
  "Balances.transferKeepAlive": { readonly dest: AccountId; /** Rao. */ readonly value: bigint };
  "Balances.transferAll": { readonly dest: AccountId; readonly keepAlive: boolean };
}

/**
 * Sends TAO. What is left of the sender below the existential deposit is destroyed; unlike the dust of transfers
 * inside the chain it does not go back to the emission curve.
 * Errors: Token.FundsUnavailable, Token.BelowMinimum.
 */
export function sendTao(chain: Chain, from: AccountId, to: AccountId, amount: bigint): Outcome {
  const { state, journal } = chain;
  const rest = balanceOf(state, from) - amount;
  if (rest < 0n) return "Token.FundsUnavailable";
  const before = state.totalIssuance;
  const moved = transferTao(chain, from, to, amount);
  if (moved !== null) return moved;
  journal.set(state, "totalIssuance", before);
  return null;
}

/** As `sendTao`, but the sender must keep the existential deposit: Token.NotExpendable. */
function sendAndLive(chain: Chain, from: AccountId, to: AccountId, amount: bigint): Outcome {
  const { state, protocol } = chain;
  const rest = balanceOf(state, from) - amount;
  const outcome = sendTao(chain, from, to, amount);
  if (outcome !== null || amount === 0n) return outcome;
  return from !== to && rest < protocol.constants.existentialDeposit ? "Token.NotExpendable" : null;
}

export const transferCalls: Handlers<TransferCalls> = {
  "Balances.transferAllowDeath": signed((chain, from, { dest, value }) => sendTao(chain, from, dest, value)),
  "Balances.transferKeepAlive": signed((chain, from, { dest, value }) =>
    sendAndLive(chain, from, dest, value),
  ),
  "Balances.transferAll": signed((chain, from, { dest, keepAlive }) =>
    keepAlive
      ? sendAndLive(chain, from, dest, spendable(chain, from))
      : sendTao(chain, from, dest, balanceOf(chain.state, from)),
  ),
};
