import {
  balanceOf,
  isError,
  ROOT,
  type AccountId,
  type Netuid,
  type NetworkState,
} from "../../chain/index.ts";
import { hotkeyAlpha, stakeOf } from "../../chain/staking/stake.ts";
import { networkLockCost } from "../../chain/subnets/lockCost.ts";
import { poolOf } from "../../chain/swap/books.ts";
import { simSwap, type Direction } from "../../chain/swap/engine.ts";
import type { Acquaintance, AgentIdentity } from "../agent.ts";
import type { CallOutcome, PendingCall } from "./outcome.ts";
import { priceNumber, SubnetView } from "./subnet-view.ts";

const U16 = 65_535;
/** Take of a hotkey without entry (spec/staking.md 9). */
const DEFAULT_TAKE = 11_796;

/** A stake of an account. */
export interface Holding {
  readonly hotkey: AccountId;
  readonly netuid: Netuid;
  /** Rao of alpha, of TAO on root. */
  readonly alpha: bigint;
}

/** What a view looks at. The engine makes it; an agent never gets hold of it. */
export interface Sight {
  readonly state: NetworkState;
  readonly agent: AgentIdentity;
  readonly outcomes: readonly CallOutcome[];
  /** Null unless the scenario lets the agent see them. */
  readonly pending: readonly PendingCall[] | null;
  /** Quality of a miner's answers; 0 without any. */
  qualityOf(netuid: Netuid, hotkey: AccountId): number;
  /** Undefined for a population that the agent does not know. */
  members(population: string): readonly Acquaintance[] | undefined;
}

/**
 * The chain as one account sees it: everything that is public at this block, the outcomes of the agent's own calls since it
 * last woke, and what it learns off chain (answers of miners, whom it knows). Commits that are not revealed are not in it.
 * Nothing can be changed through it.
 */
export class ChainView {
  readonly #sight: Sight;
  /** The present block; its step has been done, its calls come now. */
  readonly block: number;
  readonly agent: AgentIdentity;
  /** The agent's calls since it last woke, oldest first. */
  readonly outcomes: readonly CallOutcome[];
  /** Calls of other agents that wait for this block, in their order; null unless the agent may see them. */
  readonly pending: readonly PendingCall[] | null;

  constructor(sight: Sight) {
    this.#sight = sight;
    this.block = sight.state.block;
    this.agent = sight.agent;
    this.outcomes = sight.outcomes;
    this.pending = sight.pending;
    Object.freeze(this);
  }

  /** Existing subnets, ascending, root included. */
  get netuids(): readonly Netuid[] {
    return [...this.#sight.state.netuids];
  }

  /** Version that timelock commits must have. */
  get commitRevealVersion(): number {
    return this.#sight.state.parameters.commitRevealVersion;
  }

  /** A subnet, or undefined where there is none (any more). */
  subnet(netuid: Netuid): SubnetView | undefined {
    const subnet = this.#sight.state.subnets.get(netuid);
    return subnet === undefined ? undefined : new SubnetView(this.#sight.state, subnet);
  }

  /** Those of the agent's subnets that exist. */
  get subnets(): readonly SubnetView[] {
    return this.agent.subnets.flatMap((netuid) => this.subnet(netuid) ?? []);
  }

  /** TAO per alpha; 1 on root. */
  price(netuid: Netuid): number {
    return priceNumber(this.#sight.state, netuid);
  }

  /** What registering a subnet costs now, rao. */
  get networkCost(): bigint {
    return networkLockCost(this.#sight.state);
  }

  /** Free TAO, rao; the agent's own by default. */
  balance(account: AccountId = this.agent.coldkey): bigint {
    return balanceOf(this.#sight.state, account);
  }

  /** Stake of a coldkey (the agent's own by default) on a hotkey, rao. */
  stakeOf(hotkey: AccountId, netuid: Netuid, coldkey: AccountId = this.agent.coldkey): bigint {
    return stakeOf(this.#sight.state, hotkey, coldkey, netuid);
  }

  /** What everybody together has staked to a hotkey, rao. */
  stakedTo(hotkey: AccountId, netuid: Netuid): bigint {
    return hotkeyAlpha(this.#sight.state, hotkey, netuid);
  }

  /** All stakes of a coldkey, the agent's own by default, in order of first stake, then netuid. */
  holdings(coldkey: AccountId = this.agent.coldkey): readonly Holding[] {
    const { state } = this.#sight;
    const holdings: Holding[] = [];
    for (const hotkey of state.stakingHotkeys.get(coldkey) ?? [])
      for (const netuid of state.netuids) {
        const alpha = stakeOf(state, hotkey, coldkey, netuid);
        if (alpha > 0n) holdings.push({ hotkey, netuid, alpha });
      }
    return holdings;
  }

  /** What a trade of this size would give now, rao; 0 where it cannot be done. */
  quote(netuid: Netuid, direction: Direction, amount: bigint): bigint {
    const { state } = this.#sight;
    if (netuid === ROOT) return amount;
    const result = simSwap(poolOf(state, netuid), direction, amount);
    return isError(result) ? 0n : result.paidOut;
  }

  /** Whether the hotkey is on chain. */
  knows(hotkey: AccountId): boolean {
    return this.#sight.state.hotkeys.has(hotkey);
  }

  /** Part of dividends that a hotkey keeps before its stakers get theirs. */
  take(hotkey: AccountId): number {
    return (this.#sight.state.hotkeys.get(hotkey)?.take ?? DEFAULT_TAKE) / U16;
  }

  /** Dividends of a hotkey in the last epoch, rao of alpha. */
  dividendsOf(hotkey: AccountId, netuid: Netuid): bigint {
    return this.#sight.state.subnets.get(netuid)?.alphaDividends.get(hotkey) ?? 0n;
  }

  /** Root dividends of a hotkey in the last epoch of a subnet, rao of alpha. */
  rootDividendsOf(hotkey: AccountId, netuid: Netuid): bigint {
    return this.#sight.state.subnets.get(netuid)?.rootDividends.get(hotkey) ?? 0n;
  }

  /** What a validator finds when it asks a miner: the quality of its answers, 0 without any. Without noise. */
  measure(netuid: Netuid, uid: number): number {
    const hotkey = this.#sight.state.subnets.get(netuid)?.neurons.hotkeys[uid];
    return hotkey === undefined ? 0 : this.#sight.qualityOf(netuid, hotkey);
  }

  /**
   * The members of the agent's own population, or of one that its parameters name.
   * @throws Error for any other: an agent knows nobody else
   */
  members(population: string = this.agent.population): readonly Acquaintance[] {
    const members = this.#sight.members(population);
    if (members === undefined)
      throw new Error(`${this.agent.name} knows no population ${JSON.stringify(population)}`);
    return members;
  }
}
