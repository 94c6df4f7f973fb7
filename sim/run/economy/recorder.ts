import type { KernelEpoch } from "../../chain/epoch/runEpoch.ts";
import type { AccountId, CallName, ChainError, Netuid } from "../../chain/index.ts";

/** What can happen beside calls. */
export const EVENT_KINDS = [
  "epoch",
  "subnet-registered",
  "subnet-dissolved",
  "arrival",
  "departure",
  "shock-hyperparameters",
  "shock-parameters",
  "shock-give",
  "shock-stake",
  "shock-buy",
  "shock-sell",
  "shock-outage",
  "shock-protocol",
  "vote-carried",
  "vote-lost",
  "vote-enacted",
] as const;

/** What happened. */
export type EventKind = (typeof EVENT_KINDS)[number];

/** Something that happened beside calls. */
export interface EventRecord {
  readonly block: number;
  readonly kind: EventKind;
  /** Null where no subnet is concerned. */
  readonly netuid: Netuid | null;
  /** Null where nobody is. */
  readonly account: AccountId | null;
  /** Rao, or a number of agents; 0 where there is none. */
  readonly amount: bigint;
}

/** Why a call did nothing: the chain's error, or a fee that could not be paid. */
export type Refusal = ChainError | "Payment";

/** A call and what became of it. */
export interface CallRecord {
  readonly block: number;
  /** Index of the agent. */
  readonly agent: number;
  readonly call: CallName;
  readonly netuid: Netuid | null;
  /** Null = it went through. */
  readonly error: Refusal | null;
  /** Whether it got into a block; else it cost nothing. */
  readonly included: boolean;
  /** Rao. */
  readonly fee: bigint;
}

/** Is told what happens, in order. */
export interface Recorder {
  call(record: CallRecord): void;
  event(record: EventRecord): void;
  /** An epoch of one mechanism of a subnet. */
  epoch?(block: number, epoch: KernelEpoch): void;
  /** At the end of a block in which something is to be sampled. */
  sample(block: number): void;
}

export const SILENT: Recorder = { call: () => {}, event: () => {}, sample: () => {} };
