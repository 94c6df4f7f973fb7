/**
 * An economy scenario once it has been read: a whole network and the agents in it, all draws made. Plain data, so that a
 * checkpoint can carry it. Money is rao, time is blocks.
 */
import type { VariantChoice } from "../../../kernels/variants/subnet/choice.ts";
import type { AgentIdentity, Role } from "../../agents/index.ts";
import type { AccountId, Netuid, Poll } from "../../chain/index.ts";
import type { JsonValue } from "../../json.ts";
import type { ReportSettings } from "../../report-settings.ts";
import type { Expression } from "../expression/expression.ts";
import type { ScenarioInput } from "../types.ts";

/** Values of hyperparameters by their name in scenarios. */
export type SettingValues = Readonly<Record<string, bigint | number | boolean>>;

/** A subnet at the first block. */
export interface SubnetGenesis {
  readonly netuid: Netuid;
  readonly owner: { readonly coldkey: AccountId; readonly hotkey: AccountId } | null;
  /** Block of its registration; not after the first block. */
  readonly registeredAt: number;
  /** TAO in the pool, rao. */
  readonly tao: bigint;
  /** Alpha in the pool, rao. */
  readonly alphaIn: bigint;
  /** TAO per alpha, I96F32. */
  readonly movingPrice: bigint;
  /** Whether the start call has been made. */
  readonly started: boolean;
  readonly hyperparameters: SettingValues;
}

/** A stake at the first block. */
export interface StakeGenesis {
  readonly hotkey: AccountId;
  readonly netuid: Netuid;
  /** Alpha, or TAO on root; rao. */
  readonly amount: bigint;
}

/** An agent. */
export interface AgentPlan extends AgentIdentity {
  readonly role: Role;
  readonly strategy: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** TAO when it begins, rao. */
  readonly balance: bigint;
  readonly stakes: readonly StakeGenesis[];
  /** Whether its hotkeys are registered on its subnets from the first block on. */
  readonly registered: boolean;
  /** Delegate take of its hotkeys, u16; null = the chain's default. */
  readonly take: number | null;
  /** First block in which it wakes; 0 = with the run. */
  readonly arrivesAt: number;
  /** Block in which it sells everything and is gone; null = stays. */
  readonly leavesAt: number | null;
  /** Whether it sees the calls that wait in a block. */
  readonly searcher: boolean;
  /** Populations whose members it knows, its own among them. */
  readonly knows: readonly string[];
  /** Weights in force at the first block, by netuid; null = none. */
  readonly weights: readonly GenesisWeights[];
}

export interface GenesisWeights {
  readonly netuid: Netuid;
  readonly hotkeys: readonly AccountId[];
  readonly values: readonly number[];
}

/** Hyperparameters of subnets, or parameters of the whole network where no subnets are named, get new values. */
export interface Change {
  readonly netuids: readonly Netuid[] | null;
  readonly values: SettingValues;
}

/** Something that happens from outside. */
export type Shock = { readonly block: number } & (
  | { readonly kind: "hyperparameters"; readonly netuids: readonly Netuid[]; readonly values: SettingValues }
  | { readonly kind: "parameters"; readonly values: SettingValues }
  | { readonly kind: "give"; readonly population: string; readonly amount: bigint }
  | { readonly kind: "stake"; readonly population: string; readonly netuid: Netuid; readonly amount: bigint }
  | {
      readonly kind: "trade";
      readonly netuid: Netuid;
      readonly direction: "buy" | "sell";
      readonly amount: bigint;
    }
  | { readonly kind: "outage"; readonly population: string; readonly agents: number; readonly until: number }
  | { readonly kind: "protocol"; readonly protocol: string }
  | {
      readonly kind: "vote";
      readonly poll: Poll;
      /** Hotkeys that are for it. */
      readonly ayes: readonly AccountId[];
      /** Block of the change, if it is carried. */
      readonly enactedAt: number;
      readonly change: Change;
    }
);

/** A number that is computed of the network at every sample. */
export interface Metric {
  readonly name: string;
  readonly text: string;
  readonly expression: Expression;
}

export const OPERATORS = ["<", "<=", ">", ">=", "=="] as const;

/** What the author expects of a metric at the end. */
export interface Expectation {
  readonly metric: Metric;
  readonly operator: (typeof OPERATORS)[number];
  readonly value: number;
}

/** How often each group of tables is sampled, in blocks; null = never. */
export interface Sampling {
  readonly blocks: number | null;
  readonly pools: number | null;
  readonly accounts: number | null;
  readonly stakes: number | null;
  readonly metrics: number | null;
  /** Blocks since the beginning from which on epochs count in means over epochs. */
  readonly meansFrom: number;
  readonly calls: boolean;
  readonly events: boolean;
  /** Subnets whose neurons are traced at every epoch; `all` those of later registration, too. */
  readonly neurons: "all" | readonly Netuid[];
  /** Whether the bonds and weights of these are, too. */
  readonly bonds: boolean;
}

/** One network under one set of overrides. */
export interface EconomyPlan {
  readonly comparison: string;
  readonly protocol: string;
  /** The formula that computes the epochs of all subnets; null = the protocol's own, exact. */
  readonly variant: VariantChoice | null;
  readonly seed: string;
  /** The network begins after this block. */
  readonly startBlock: number;
  /** How many blocks run. */
  readonly blocks: number;
  /** How the calls of one block arrive: in an order that is drawn, or as the populations stand. */
  readonly callOrder: "drawn" | "populations";
  /** Of the whole network, over the protocol's. */
  readonly parameters: SettingValues;
  /** The last registration of a subnet before the run, from which the cost of the next follows: rao, block (0 = none). */
  readonly lastRegistration: { readonly cost: bigint; readonly block: number };
  readonly subnets: readonly SubnetGenesis[];
  readonly agents: readonly AgentPlan[];
  /** Names of the populations, in the order of the scenario. */
  readonly populations: readonly string[];
  /** Account from which arrivals and shocks are paid, and its hotkey. */
  readonly treasury: { readonly coldkey: AccountId; readonly hotkey: AccountId };
  /** All TAO at the first block, rao; null = what the scenario places. */
  readonly issuance: bigint | null;
  readonly shocks: readonly Shock[];
  readonly metrics: readonly Metric[];
  readonly expectations: readonly Expectation[];
  readonly sampling: Sampling;
}

/** A file of a scenario's own strategies. */
export interface ModuleFile {
  /** As the scenario writes it, or would write it. */
  readonly path: string;
  /** Where it lies, absolute. */
  readonly file: string;
  readonly sha256: string;
}

/** A module with strategies of the scenario's own. */
export interface StrategyModule extends ModuleFile {
  /** What it imports by a relative path, and what that imports. */
  readonly imports: readonly ModuleFile[];
}

/** A scenario of a whole economy after defaults, overrides and draws. */
export interface EconomyScenario {
  readonly kind: "economy";
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly seed: string;
  readonly protocol: string;
  readonly canonical: JsonValue;
  readonly inputs: readonly ScenarioInput[];
  /** Modules of strategies that the scenario brings. */
  readonly modules: readonly StrategyModule[];
  /** What the scenario says about its report; it does not decide the run. */
  readonly report?: ReportSettings;
  /** At least one; one per entry of `compare:`, in its order. */
  readonly plans: readonly EconomyPlan[];
}
