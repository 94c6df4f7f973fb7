import type { ChainError } from "./errors.ts";
import type { Protocol } from "./protocol/protocol.ts";
import { Journal } from "./state/journal.ts";
import type { AccountId, Netuid, NetworkState } from "./state/network.ts";

/** What one epoch pays, by hotkey. */
export interface EpochPayment {
  readonly hotkey: AccountId;
  /** Miner side, rao. */
  readonly server: bigint;
  /** Validator side, rao. */
  readonly dividend: bigint;
}

/** Where the alpha of one epoch went, rao. What floors leave over is in none of the parts. */
export interface EpochPayout {
  readonly netuid: Netuid;
  readonly owner: bigint;
  readonly miners: bigint;
  /** Incentive of the subnet owner's own hotkeys, which is withheld. */
  readonly burned: bigint;
  /** The same where the subnet recycles instead, and what CKBurn took of childkeys' dividends. */
  readonly recycled: bigint;
  /** Delegate takes, of alpha and of root dividends. */
  readonly take: bigint;
  /** Dividends on the stake of the hotkeys' owners, after take. */
  readonly validators: bigint;
  /** Dividends on everybody else's stake, after take. */
  readonly nominators: bigint;
  /** Alpha that root stakers can claim from now on. */
  readonly root: bigint;
  /** Stake of the hotkeys that were paid dividends, as the dividends found it. */
  readonly stake: bigint;
}

/** Runs the epoch of a subnet: stores its results and answers the payments, ascending by hotkey. */
export type EpochRunner = (chain: Chain, netuid: Netuid, rao: bigint) => readonly EpochPayment[];

/** A network and the rules it runs by: what every transition works on. */
export interface Chain {
  readonly state: NetworkState;
  readonly protocol: Protocol;
  readonly journal: Journal;
  readonly runEpoch: EpochRunner;
  /** Four 64-bit words of the hash of the parent of `block`: the chain's source of chance for automatic claims. */
  readonly parentHash: (block: number) => readonly bigint[];
  /** Is told of every payout. */
  readonly onPayout?: (payout: EpochPayout) => void;
}

/** The answer of a transition without a value: null, or why nothing was done. */
export type Outcome = ChainError | null;

/** What a chain needs beside its state. */
export interface Surroundings {
  readonly protocol: Protocol;
  readonly runEpoch: EpochRunner;
  readonly parentHash: (block: number) => readonly bigint[];
  readonly onPayout?: (payout: EpochPayout) => void;
}

/** A chain over `state`, with a journal of its own. */
export const createChain = (state: NetworkState, surroundings: Surroundings): Chain => ({
  state,
  journal: new Journal(),
  ...surroundings,
});
