/** What a call is, and how the parts of the chain offer theirs (spec/calls.md 1). */
import type { Chain, Outcome } from "../chain.ts";
import type { ChainError } from "../errors.ts";
import type { AccountId } from "../state/network.ts";

/** Who makes a call: an account, or the root origin (the sudo key). */
export type Origin = { readonly signed: AccountId } | "root";

/** A call as data: its name and its arguments, as crowdloans and batches carry it. */
export interface CallData {
  readonly call: string;
  readonly args: unknown;
}

/** Checks a call in the chain's order and applies it; may leave half of its changes behind an error. */
export type Handler<Arguments> = (chain: Chain, origin: Origin, args: Arguments) => Outcome;

/** One handler per call of a part. `Calls` maps the name of a call to its arguments. */
export type Handlers<Calls> = { readonly [Name in keyof Calls]: Handler<Calls[Name]> };

/** A call that any account may sign. */
export const signed =
  <Arguments>(apply: (chain: Chain, signer: AccountId, args: Arguments) => Outcome): Handler<Arguments> =>
  (chain, origin, args) =>
    origin === "root" ? "BadOrigin" : apply(chain, origin.signed, args);

/** A call of the root origin. */
export const rootOnly =
  <Arguments>(apply: (chain: Chain, args: Arguments) => Outcome): Handler<Arguments> =>
  (chain, origin, args) =>
    origin === "root" ? apply(chain, args) : "BadOrigin";

/** The answer to a call. A rejected call is data. */
export type CallResult = { readonly ok: true } | { readonly ok: false; readonly error: ChainError };
