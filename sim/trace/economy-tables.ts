import type { ColumnSchema, TableSchema } from "./schema.ts";

function column(
  name: string,
  type: ColumnSchema["type"],
  unit: string,
  description: string,
  source = "",
): ColumnSchema {
  return { name, type, unit, description, source };
}

/** Every table of an economy starts with these. */
const KEYS: readonly ColumnSchema[] = [
  column("comparison", "label", "none", "name of the set of overrides under `compare:`; base without one"),
  column("block", "uint64", "blocks", "block at whose end the row was true, or in which it happened"),
];

/** Rao in a signed column would hide mistakes: amounts are never below zero. */
const rao = (name: string, description: string, source = ""): ColumnSchema =>
  column(name, "uint64", "rao", description, source);

export const BLOCKS: TableSchema = {
  name: "blocks",
  description: "the whole network, one row per sample",
  columns: [
    ...KEYS,
    rao("issuance", "all TAO, as the emission curve counts it", "spec/emission.md 2"),
    rao("total_stake", "TAO in all pools and on root"),
    rao("root_stake", "TAO staked on root"),
    column("subnets", "uint16", "count", "subnets beside root"),
    column("neurons", "uint32", "count", "registered neurons, root included"),
    column("agents", "uint32", "count", "agents that are there"),
    column("epochs", "uint64", "count", "epochs since the beginning, all subnets together"),
    column("calls", "uint64", "count", "calls since the beginning that went through"),
    column("failures", "uint64", "count", "calls since the beginning that did not"),
  ],
};

export const POOLS: TableSchema = {
  name: "pools",
  description: "the pool of every subnet, one row per subnet and sample",
  columns: [
    ...KEYS,
    column("netuid", "uint16", "none", "subnet; root is 0"),
    rao("tao", "TAO in the pool; on root all stake", "spec/pool.md 1"),
    rao("alpha_in", "alpha in the pool", "spec/pool.md 1"),
    rao("alpha_out", "alpha outside the pool", "spec/emission.md 6"),
    column("price", "float64", "TAO per alpha", "price at the end of the block", "spec/pool.md 3"),
    column(
      "moving_price",
      "float64",
      "TAO per alpha",
      "slow price, which emission follows",
      "spec/emission.md 4",
    ),
    rao("tao_emission", "TAO that the block put into the pool", "spec/emission.md 5"),
    rao("alpha_emission", "alpha for participants in the block", "spec/emission.md 6"),
    rao("burn", "price of a registration", "spec/subnets.md 6"),
    column("neurons", "uint16", "count", "registered neurons"),
  ],
};

export const ACCOUNTS: TableSchema = {
  name: "accounts",
  description: "every agent that is there, one row per agent and sample",
  columns: [
    ...KEYS,
    column("agent", "label", "none", "name of the agent"),
    column("population", "label", "none", "its population"),
    rao("balance", "free TAO"),
    rao("stake_value", "all its stakes at present prices, each rounded down, TAO"),
    rao("given", "TAO that came from outside: its first balance and gifts"),
  ],
};

export const STAKES: TableSchema = {
  name: "stakes",
  description: "every stake of an agent, one row per stake and sample",
  columns: [
    ...KEYS,
    column("netuid", "uint16", "none", "subnet; root is 0"),
    column("hotkey", "label", "none", "hotkey that holds the stake, by its agent"),
    column("agent", "label", "none", "agent whose coldkey it belongs to"),
    rao("alpha", "alpha, on root TAO", "spec/staking.md 2"),
  ],
};

export const CALLS: TableSchema = {
  name: "calls",
  description: "every call that an agent sent, in order",
  columns: [
    ...KEYS,
    column("agent", "label", "none", "sender"),
    column("call", "label", "none", "name of the call", "spec/calls.md"),
    column("netuid", "uint16", "none", "subnet that it names; 65535 = none"),
    column("ok", "bool", "none", "it went through"),
    column("included", "bool", "none", "it got into the block; else it cost nothing", "spec/calls.md 2"),
    column("error", "label", "none", "the chain's error; none = it went through", "spec/calls.md 21"),
    rao("fee", "fee, in TAO or its worth", "spec/governance-and-accounts.md 2"),
  ],
};

export const EVENTS: TableSchema = {
  name: "events",
  description: "what happens beside calls: epochs, subnets that come and go, arrivals, shocks",
  columns: [
    ...KEYS,
    column("event", "label", "none", "what happened"),
    column("netuid", "uint16", "none", "subnet; 65535 = none"),
    column("agent", "label", "none", "agent; none = nobody"),
    column(
      "amount",
      "uint64",
      "rao",
      "rao of an epoch, a gift or a trade; a number of agents or subnets of other shocks",
    ),
  ],
};

export const METRICS: TableSchema = {
  name: "metrics",
  description: "the scenario's metrics, one row per metric and sample",
  columns: [
    ...KEYS,
    column("metric", "label", "none", "name of the metric"),
    column("value", "float64", "none", "its value"),
  ],
};

/** Every table of an economy, in the order in which the manifest lists them. */
export const ECONOMY_TABLES: readonly TableSchema[] = [
  BLOCKS,
  POOLS,
  ACCOUNTS,
  STAKES,
  CALLS,
  EVENTS,
  METRICS,
];

/** In `netuid` columns: no subnet is concerned. */
export const NO_NETUID = 65_535;
