import type { AccountId, CallName, ChainError, Netuid } from "../../chain/index.ts";

/** What became of a call. */
export interface CallOutcome {
  readonly call: CallName;
  /** Block in which it was dispatched, or dropped. */
  readonly block: number;
  /** Null for calls without subnet. */
  readonly netuid: Netuid | null;
  /** Null = it went through; Payment = the fee could not be paid. */
  readonly error: ChainError | "Payment" | null;
}

/** A call of somebody else that waits, as a searcher sees it. */
export interface PendingCall {
  /** For `place.beside`. */
  readonly number: number;
  readonly signer: AccountId;
  readonly call: CallName;
  readonly args: unknown;
}
