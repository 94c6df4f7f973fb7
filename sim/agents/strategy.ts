/** What a strategy is: a function from what an agent sees and remembers to what it does. One file per strategy. */
import type { RandomStream } from "../engine/random.ts";
import type { AccountId, Call, Netuid } from "../chain/index.ts";
import type { Role } from "./agent.ts";
import type { ParameterTable, ValuesOf } from "./parameters.ts";
import type { ChainView } from "./view/chain-view.ts";

/** What an agent remembers: plain data (numbers, bigints, texts, lists, objects), so that a checkpoint can hold it. */
export type AgentState = object;

/** A call that an agent sends. */
export interface Submission {
  /** Signed by the agent's coldkey or one of its hotkeys. */
  readonly call: Call;
  /**
   * Blocks for which it is valid, this one included; without it for ever. What expires sooner comes sooner in a block
   * (spec/calls.md 18), so this is how an agent jumps the queue.
   */
  readonly lifetime?: number;
  /** Only for searchers: directly before or behind a call that is waiting, by its number in `view.pending`. */
  readonly place?: { readonly beside: number; readonly side: "before" | "behind" };
}

/** What a miner answers validators with from now on. */
export interface Service {
  readonly netuid: Netuid;
  readonly hotkey: AccountId;
  /** 0 = no answer; the scale is the scenario's own. */
  readonly quality: number;
}

/** The outcome of a wake. */
export interface Decision<S> {
  readonly submissions: readonly Submission[];
  readonly state: S;
  /** A later block; null = never again. */
  readonly nextWake: number | null;
  /** Services that change. */
  readonly services?: readonly Service[];
}

/** A kind of behaviour that scenarios can name. */
export interface Strategy<P extends ParameterTable = ParameterTable, S extends AgentState = AgentState> {
  /** As scenarios write it: lower-case words and hyphens. */
  readonly name: string;
  readonly role: Role;
  /** One sentence: what the agent does. */
  readonly summary: string;
  readonly parameters: P;
  /** Hotkeys that an agent needs. */
  hotkeys(parameters: ValuesOf<P>): number;
  /** What an agent remembers before it wakes for the first time. */
  begin(random: RandomStream, parameters: ValuesOf<P>): S;
  /**
   * Called when the agent wakes. It must depend on its arguments alone, and `state` is not to be written to.
   * @param random the agent's own stream
   */
  wake(view: ChainView, random: RandomStream, state: S, parameters: ValuesOf<P>): Decision<S>;
}

/**
 * Ties the types of a strategy's parameters and state together, and then hides them: only the strategy knows them. What
 * it gets later are values of its own parameters and states that it made.
 */
export const defineStrategy = <const P extends ParameterTable, S extends AgentState>(
  strategy: Strategy<P, S>,
): Strategy => strategy;
