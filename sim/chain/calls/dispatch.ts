/**
 * The one way into the chain: every call by name, checked and applied as a whole or not at all.
 * A part of the chain adds its calls with one line in each of the two tables here.
 */
import type { Chain } from "../chain.ts";
import { isError } from "../errors.ts";
import { lockCalls, type LockCalls } from "../locks/calls.ts";
import { addStakeCalls, type AddStakeCalls } from "../staking/addStake.ts";
import { burnAlphaCalls, type BurnAlphaCalls } from "../staking/burnAlpha.ts";
import { childrenCalls, type ChildrenCalls } from "../staking/children.ts";
import { claimCalls, type ClaimCalls } from "../staking/claimCalls.ts";
import { moveStakeCalls, type MoveStakeCalls } from "../staking/moveStake.ts";
import { removeStakeCalls, type RemoveStakeCalls } from "../staking/removeStake.ts";
import { takeCalls, type TakeCalls } from "../staking/takes.ts";
import { unstakeAllCalls, type UnstakeAllCalls } from "../staking/unstakeAll.ts";
import type { CallResult, Handler, Handlers, Origin } from "./call.ts";
import { checkGates } from "./gates.ts";

/** Arguments of every call by its name. */
export interface CallArguments
  extends
    AddStakeCalls,
    RemoveStakeCalls,
    UnstakeAllCalls,
    MoveStakeCalls,
    BurnAlphaCalls,
    TakeCalls,
    ChildrenCalls,
    ClaimCalls,
    LockCalls {}

export type CallName = keyof CallArguments;

/** A call as data. */
export type Call = {
  [Name in CallName]: {
    readonly call: Name;
    readonly origin: Origin;
    readonly args: CallArguments[Name];
  };
}[CallName];

const HANDLERS: Handlers<CallArguments> = {
  ...addStakeCalls,
  ...removeStakeCalls,
  ...unstakeAllCalls,
  ...moveStakeCalls,
  ...burnAlphaCalls,
  ...takeCalls,
  ...childrenCalls,
  ...claimCalls,
  ...lockCalls,
};

/** Names of all calls. */
export const CALL_NAMES = Object.keys(HANDLERS) as CallName[];

/** Checks the gates and the call, and applies it; an error leaves the state as it was. */
export function dispatch(chain: Chain, call: Call): CallResult {
  // The name ties the handler to its arguments; the type of a table look-up cannot say so.
  const handler = HANDLERS[call.call] as Handler<Call["args"]>;
  const outcome = chain.journal.atomically(
    () => checkGates(chain, call) ?? handler(chain, call.origin, call.args),
  );
  return isError(outcome) ? { ok: false, error: outcome } : { ok: true };
}
