import type { AccountId, Call, CallArguments, CallName } from "../../chain/index.ts";
import type { Submission } from "../strategy.ts";

/** A call signed by `signer`. */
export const sign = <Name extends CallName>(
  signer: AccountId,
  call: Name,
  args: CallArguments[Name],
): Submission => ({
  // The name ties the arguments to the call; the type of a union member cannot say so.
  call: { call, origin: { signed: signer }, args } as unknown as Call,
});

const SCALE = 4_294_967_296;

/** A part of an amount, rounded down. @param part 0 to 1 */
export const portion = (amount: bigint, part: number): bigint =>
  (amount * BigInt(Math.floor(Math.min(Math.max(part, 0), 1) * SCALE))) / BigInt(SCALE);

/** Rao as a plain number of TAO or alpha, for decisions. */
export const tokens = (rao: bigint): number => Number(rao) / 1e9;

/** What an account keeps, so that it can pay fees and lives on: 0.01 TAO. */
export const RESERVE = 10_000_000n;

/** Free TAO that can be staked. */
export const above = (balance: bigint, kept: bigint): bigint => (balance > kept ? balance - kept : 0n);

/** Smallest stake that the chain takes, with room for its fee, rao. */
export const SMALLEST_STAKE = 2_100_000n;
