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

/** A value that the chain stores as a u16 proportion, and the ratio x / 65535 beside it. */
function proportion(name: string, description: string, source: string): ColumnSchema[] {
  return [
    column(name, "uint16", "u16 proportion", `${description}, as the chain stores it`, source),
    column(`${name}_ratio`, "float64", "ratio", `${description}: ${name} / 65535`, source),
  ];
}

/** The 32.32 fixed-point bits of a value before its conversion to u16. */
function raw(name: string, description: string, source: string): ColumnSchema {
  return column(`${name}_raw`, "int64", "I32F32", `${description}, before the conversion to u16`, source);
}

/** Every table starts with these: which run of `compare:`, which epoch, where on the chain. */
const KEYS: readonly ColumnSchema[] = [
  column("comparison", "label", "none", "name of the set of overrides under `compare:`; base without one"),
  column("epoch", "uint32", "count", "number of the epoch in this run, from 0"),
  column("block", "uint64", "blocks", "block in which the epoch ran"),
  column("netuid", "uint16", "none", "subnet"),
];

/** One row per subnet and epoch. */
export const SUBNETS: TableSchema = {
  name: "subnets",
  description: "one row per subnet and epoch",
  columns: [
    ...KEYS,
    column("n", "uint16", "count", "neurons"),
    column("emission", "uint64", "rao", "combined emission of all neurons", "spec/epoch.md 8"),
    column("server_emission", "uint64", "rao", "emission for incentive, all neurons", "spec/epoch.md 8"),
    column("validator_emission", "uint64", "rao", "emission for dividends, all neurons", "spec/epoch.md 8"),
    column(
      "stake",
      "uint64",
      "rao",
      "alpha stake plus TAO stake times the TAO weight, all neurons, rounded down; 2^64 - 1 if it would exceed that",
      "spec/epoch.md 3",
    ),
    column(
      "active_validators",
      "uint16",
      "count",
      "neurons with a permit after the epoch that are active and have stake",
      "spec/epoch.md 4",
    ),
    column(
      "validator_permits",
      "uint16",
      "count",
      "neurons with a permit after the epoch",
      "spec/epoch.md 4",
    ),
    column("weights_entries", "uint32", "count", "stored weights, zeros included"),
    column(
      "bonds_entries",
      "uint32",
      "count",
      "stored bonds after the epoch, zeros included",
      "spec/epoch.md 9",
    ),
  ],
};

/** One row per neuron and epoch. */
export const NEURONS: TableSchema = {
  name: "neurons",
  description: "one row per neuron and epoch",
  columns: [
    ...KEYS,
    column("uid", "uint16", "none", "neuron in the subnet"),
    column("hotkey", "label", "none", "hotkey of the neuron, or its name in the scenario"),
    column("alpha_stake", "uint64", "rao", "alpha staked to the hotkey on the subnet", "spec/epoch.md 3"),
    column("tao_stake", "uint64", "rao", "TAO staked to the hotkey on root", "spec/epoch.md 3"),
    ...proportion("stake_weight", "share of the subnet's stake", "spec/epoch.md 4"),
    ...proportion(
      "consensus",
      "stake-weighted median of the weights towards the neuron",
      "spec/epoch.md 6.1",
    ),
    raw("consensus", "stake-weighted median of the weights towards the neuron", "spec/epoch.md 6.1"),
    ...proportion("incentive", "share of the emission for miners", "spec/epoch.md 6.2"),
    raw("incentive", "share of the emission for miners", "spec/epoch.md 6.2"),
    ...proportion("dividends", "share of the emission for validators", "spec/epoch.md 7"),
    raw("dividends", "share of the emission for validators", "spec/epoch.md 7"),
    ...proportion(
      "validator_trust",
      "part of the validator's weights that consensus let stand",
      "spec/epoch.md 6.2",
    ),
    raw("validator_trust", "part of the validator's weights that consensus let stand", "spec/epoch.md 6.2"),
    column("active", "bool", "none", "set weights within the activity cutoff", "spec/epoch.md 4"),
    column("validator_permit", "bool", "none", "may set weights after the epoch", "spec/epoch.md 4"),
    column("server_emission", "uint64", "rao", "emission for incentive", "spec/epoch.md 8"),
    column("validator_emission", "uint64", "rao", "emission for dividends", "spec/epoch.md 8"),
    column(
      "emission",
      "uint64",
      "rao",
      "combined emission, computed on its own: can differ from the sum of the other two by a rao or more",
      "spec/epoch.md 8",
    ),
  ],
};

/** One row per stored bond above zero, after each epoch. */
export const BONDS: TableSchema = {
  name: "bonds",
  description: "one row per stored bond above zero, after each epoch",
  columns: [
    ...KEYS,
    column("validator_uid", "uint16", "none", "holder of the bond"),
    column("miner_uid", "uint16", "none", "neuron that the bond is in"),
    column(
      "bond",
      "uint16",
      "u16 proportion",
      "strength of the bond, as the chain stores it",
      "spec/epoch.md 9",
    ),
    column(
      "bond_ratio",
      "float64",
      "ratio",
      "strength of the bond: bond / 65535; of a Yuma variant the bond itself, for yuma2c the part of 2^64",
      "spec/epoch.md 9",
    ),
  ],
};

/** One row per stored weight, at every epoch before which a row was set. */
export const WEIGHTS: TableSchema = {
  name: "weights",
  description:
    "all stored weights, at every epoch before which at least one row was set; they stay in force until the next " +
    "epoch that is in the table",
  columns: [
    ...KEYS,
    column("validator_uid", "uint16", "none", "neuron that set the weights"),
    column("miner_uid", "uint16", "none", "neuron that is weighed"),
    column(
      "weight",
      "uint16",
      "none",
      "weight as stored; only its part of the row's sum counts",
      "spec/epoch.md 5",
    ),
    column(
      "weight_ratio",
      "float64",
      "ratio",
      "weight / sum of the row as stored; 0 in a row of zeros",
      "spec/epoch.md 5",
    ),
  ],
};
