import type { ColumnSchema, TableSchema } from "./schema.ts";
import { BONDS, NEURONS, SUBNETS, WEIGHTS } from "./tables.ts";

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
    rao("block_emission", "TAO that the next block mints", "spec/emission.md 2"),
    rao("minted", "TAO that the blocks since the row before minted", "spec/emission.md 2"),
    rao("unspent", "of `minted`, what no subnet took; it went back to the curve", "spec/emission.md 6"),
    rao(
      "fees",
      "fees of calls since the row before, in TAO or its worth",
      "spec/governance-and-accounts.md 2",
    ),
    rao("balances", "free TAO of all accounts, counted now"),
    rao("subnet_accounts", "TAO on the accounts of all subnets, counted now: pools and root stake"),
    column(
      "conservation",
      "int64",
      "rao",
      "`balances` and `subnet_accounts` less the counter of all TAO; anything but 0 is a mistake",
      "spec/emission.md 11",
    ),
    rao("total_stake", "TAO in all pools and on root"),
    rao("root_stake", "TAO staked on root"),
    column("root_stakers", "uint32", "count", "coldkeys that stake on root", "spec/staking.md 10"),
    rao("lock_cost", "price of registering a subnet", "spec/subnets.md 2"),
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
    column("validators", "uint16", "count", "neurons with a permit", "spec/epoch.md 4"),
    column(
      "root_proportion",
      "float64",
      "ratio",
      "part of the validators' half that root gets",
      "spec/emission.md 5",
    ),
    rao("staked_alpha", "alpha of all stakes", "spec/staking.md 2"),
    column(
      "claimable_alpha",
      "int64",
      "rao",
      "alpha set aside for root stakers and not claimed yet",
      "spec/staking.md 10",
    ),
    rao("pending_alpha", "alpha emitted since the last epoch, which the next one pays", "spec/emission.md 7"),
    rao(
      "protocol_alpha",
      "alpha that the chain bought since the beginning; nobody owns it",
      "spec/emission.md 6",
    ),
    rao("alpha_burned", "alpha burned since the beginning; still counted in alpha_out", "spec/emission.md 9"),
    rao(
      "alpha_recycled",
      "alpha recycled since the beginning; it can be emitted again",
      "spec/emission.md 9",
    ),
    rao("locked_alpha", "alpha that locks keep from leaving", "spec/governance-and-accounts.md 9"),
    rao("volume", "TAO traded since the beginning; 2^64 - 1 if it would exceed that", "spec/pool.md 7"),
    column(
      "user_flow",
      "int64",
      "rao",
      "TAO that users moved in less out since the beginning",
      "spec/staking.md 3",
    ),
    column(
      "protocol_flow",
      "int64",
      "rao",
      "TAO that the chain put in less what root claims took out since the beginning",
      "spec/emission.md 6",
    ),
    column(
      "alpha_dust",
      "int64",
      "rao",
      "alpha_out less all of its parts: what floors left over; it may only grow",
      "spec/emission.md 11",
    ),
  ],
};

/** Amounts since the row before of the same subnet. */
export const EMISSION: TableSchema = {
  name: "emission",
  description:
    "what each subnet got and gave since its row before (or the beginning): TAO into the pool, alpha by role",
  columns: [
    ...KEYS,
    column("netuid", "uint16", "none", "subnet"),
    column("blocks", "uint32", "blocks", "blocks that the row sums up"),
    rao("tao_injected", "TAO put into the pool as liquidity", "spec/emission.md 6"),
    rao("tao_bought", "TAO with which the chain bought alpha from the pool", "spec/emission.md 6"),
    rao("root_sold_tao", "TAO that left the pool for root dividends", "spec/staking.md 10"),
    rao("alpha_injected", "alpha put into the pool", "spec/emission.md 6"),
    rao("alpha_emitted", "alpha emitted to participants", "spec/emission.md 7"),
    rao("owner", "alpha paid to the owner", "spec/emission.md 9"),
    rao("miners", "alpha paid to miners", "spec/emission.md 9"),
    rao("validators", "dividends on stake of the hotkeys' owners, after take", "spec/emission.md 9"),
    rao("take", "delegate takes, of alpha and of root dividends", "spec/emission.md 9"),
    rao("nominators", "dividends on stake of everybody else, after take", "spec/emission.md 9"),
    rao("root", "alpha that root stakers could claim from then on", "spec/staking.md 10"),
    rao("burned", "incentive of the owner's own hotkeys, burned", "spec/emission.md 9"),
    rao(
      "recycled",
      "alpha recycled: the root part while root is not paid, withheld incentive, CKBurn",
      "spec/emission.md 7",
    ),
    column("epochs", "uint32", "count", "epochs that were paid out"),
    column(
      "dividend_yield",
      "float64",
      "ratio",
      "sum over these epochs of dividends after take / stake that earned them",
      "spec/emission.md 9",
    ),
    column("registrations", "uint32", "count", "neurons registered by agents", "spec/subnets.md 5"),
    rao("registration_tao", "TAO that they paid", "spec/subnets.md 5"),
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
  EMISSION,
  ACCOUNTS,
  STAKES,
  CALLS,
  EVENTS,
  METRICS,
];

/** In `netuid` columns: no subnet is concerned. */
export const NO_NETUID = 65_535;

/** In an economy these are filled for the subnets that `trace: neurons` names. */
export const NEURON_TABLES: readonly TableSchema[] = [SUBNETS, NEURONS];

/** The same with `trace: bonds`. */
export const MATRIX_TABLES: readonly TableSchema[] = [BONDS, WEIGHTS];
