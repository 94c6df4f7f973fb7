/**
 * A vote that a scenario defines. The chain of this version has none; whoever wants to study proposals says who votes,
 * how votes weigh, what share carries a proposal, how long it waits, and which call of the root origin it makes.
 */
import type { CallResult } from "../calls/call.ts";
import { dispatch, type Call } from "../calls/dispatch.ts";
import type { Chain } from "../chain.ts";
import { hotkeyAlpha } from "../staking/stake.ts";
import { ROOT, type AccountId, type Netuid, type NetworkState } from "../state/network.ts";

/** Who votes. Members of a subnet are its registered hotkeys; root is netuid 0. */
export type Electorate =
  | { readonly members: Netuid }
  /** The owner hotkeys of all subnets. */
  | { readonly owners: true }
  | { readonly accounts: readonly AccountId[] };

/** What a vote weighs: one each, or the voter's stake on a subnet (root for TAO). */
export type VoteWeight = "equal" | { readonly stakeOn: Netuid };

/** Who decides, and how. */
export interface Poll {
  readonly electorate: Electorate;
  readonly weight: VoteWeight;
  /** Ayes must reach this part of the electorate's whole weight. */
  readonly threshold: { readonly numerator: bigint; readonly denominator: bigint };
}

export interface Vote extends Poll {
  /** Blocks from the decision to the call. */
  readonly delay: number;
  /** Made with the root origin. */
  readonly call: Call;
}

/** Voters, ascending, without repetition. */
export function votersOf(state: NetworkState, electorate: Electorate): AccountId[] {
  const named = (): readonly AccountId[] => {
    if ("members" in electorate) return state.subnets.get(electorate.members)?.neurons.hotkeys ?? [];
    if ("accounts" in electorate) return electorate.accounts;
    return state.netuids.flatMap((netuid) => {
      const owner = state.subnets.get(netuid)?.ownerHotkey ?? null;
      return netuid === ROOT || owner === null ? [] : [owner];
    });
  };
  return [...new Set(named())].sort((a, b) => a - b);
}

const weightOf = (state: NetworkState, weight: VoteWeight, voter: AccountId): bigint =>
  weight === "equal" ? 1n : hotkeyAlpha(state, voter, weight.stakeOn);

export interface Tally {
  readonly ayes: bigint;
  /** Weight of all who could vote. */
  readonly total: bigint;
  readonly carried: boolean;
}

/** Counts the ayes of those who may vote. An electorate without weight carries nothing. */
export function tally(state: NetworkState, vote: Poll, ayes: ReadonlySet<AccountId>): Tally {
  let sum = 0n;
  let total = 0n;
  for (const voter of votersOf(state, vote.electorate)) {
    const weight = weightOf(state, vote.weight, voter);
    total += weight;
    if (ayes.has(voter)) sum += weight;
  }
  const { numerator, denominator } = vote.threshold;
  return { ayes: sum, total, carried: total > 0n && sum * denominator >= total * numerator };
}

/** Makes the call of a vote that was carried `delay` blocks ago; null while it waits. */
export function enact(chain: Chain, vote: Vote, decidedAt: number): CallResult | null {
  if (chain.state.block < decidedAt + vote.delay) return null;
  return dispatch(chain, { ...vote.call, origin: "root" });
}
