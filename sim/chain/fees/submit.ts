/** A signed transaction on its way into a block: gates, fee, call (spec/calls.md 2). */
import { checkGates } from "../calls/gates.ts";
import { dispatch, type Call } from "../calls/dispatch.ts";
import type { CallResult } from "../calls/call.ts";
import type { Chain } from "../chain.ts";
import type { ChainError } from "../errors.ts";
import { min } from "../numbers/integers.ts";
import { stakeOf } from "../staking/stake.ts";
import type { AccountId } from "../state/network.ts";
import { chargeFee, type Charge } from "./charge.ts";
import { transactionFee } from "./fee.ts";

/** Bytes of an ordinary signed call. */
export const USUAL_LENGTH = 150;

export interface Transaction {
  readonly call: Call;
  /** Encoded bytes. */
  readonly length: number;
  /** Rao for the block author; it buys nothing. */
  readonly tip: bigint;
}

/** What became of a transaction: not included (nothing paid), or included with a result. */
export type Submission =
  | { readonly included: false; readonly reason: ChainError | "Payment" }
  | { readonly included: true; readonly fee: bigint; readonly paidIn: Charge; readonly result: CallResult };

/** After a fee in alpha the call gets at most what is left of the stake. */
function cappedCall(chain: Chain, payer: AccountId, call: Call): Call {
  const cap = (hotkey: AccountId, netuid: number, amount: bigint): bigint =>
    min(amount, stakeOf(chain.state, hotkey, payer, netuid));
  if (call.call === "removeStakeLimit") {
    const { hotkey, netuid, amountUnstaked } = call.args;
    return { ...call, args: { ...call.args, amountUnstaked: cap(hotkey, netuid, amountUnstaked) } };
  }
  // The others cut their amount to the stake themselves.
  return call;
}

/** Puts a transaction into the present block if its gates and its fee allow. The root origin pays nothing. */
export function submit(chain: Chain, { call, length, tip }: Transaction): Submission {
  const refused = checkGates(chain, call);
  if (refused !== null) return { included: false, reason: refused };
  if (call.origin === "root")
    return { included: true, fee: 0n, paidIn: "free", result: dispatch(chain, call) };
  const payer = call.origin.signed;
  const fee = transactionFee(call, length, tip);
  const paidIn = chargeFee(chain, payer, call, fee);
  if (paidIn === "refused") return { included: false, reason: "Payment" };
  const result = dispatch(chain, paidIn === "alpha" ? cappedCall(chain, payer, call) : call);
  return { included: true, fee, paidIn, result };
}
