import type { AccountId, Netuid } from "../chain/index.ts";

export const ROLES = ["validator", "miner", "delegator", "trader", "owner"] as const;

/** What an agent is there for; a strategy belongs to one role. */
export type Role = (typeof ROLES)[number];

/** Who an agent is. */
export interface AgentIdentity {
  /** `validator-3`: the population and the position in it. */
  readonly name: string;
  readonly population: string;
  /** Position in the population, from 0. */
  readonly index: number;
  readonly coldkey: AccountId;
  /** Its hotkeys, all owned by the coldkey once they are used. */
  readonly hotkeys: readonly AccountId[];
  /** Where it acts, ascending. */
  readonly subnets: readonly Netuid[];
}

/** Two keys of somebody whom an agent knows. */
export interface Acquaintance {
  readonly name: string;
  readonly coldkey: AccountId;
  readonly hotkeys: readonly AccountId[];
}
