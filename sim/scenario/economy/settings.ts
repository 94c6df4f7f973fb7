/** Parameters that a scenario can set: how each is written, and where the chain keeps it. */
import { PROTOCOL_PRESETS, type Protocol } from "../../chain/index.ts";
import type { GlobalParameters, SubnetParameters } from "../../chain/state/parameters.ts";
import type { U32Column, U64Column } from "../../chain/state/columns.ts";
import type { EconomyPlan } from "./types.ts";
import { mapping, type Reading } from "../schema/leaf.ts";
import {
  amount,
  boolean,
  integer,
  perMillion,
  ratio,
  u16Proportion,
  u64Proportion,
} from "../schema/values.ts";
import { blockCount, LONGEST } from "./time.ts";

/** Where a hyperparameter of a subnet lies. */
export type SubnetHome =
  | { readonly in: "parameters"; readonly key: keyof SubnetParameters }
  | { readonly in: "u32"; readonly key: U32Column }
  | { readonly in: "u64"; readonly key: U64Column };

interface SubnetSetting {
  readonly reading: Reading<bigint | number | boolean>;
  readonly home: SubnetHome;
}

const inParameters = <K extends keyof SubnetParameters>(
  key: K,
  reading: Reading<SubnetParameters[K] & (bigint | number | boolean)>,
): SubnetSetting => ({ reading, home: { in: "parameters", key } });

const inU32 = (key: U32Column, reading: Reading<number> | Reading<boolean>): SubnetSetting => ({
  reading: reading as Reading<number | boolean>,
  home: { in: "u32", key },
});

const inU64 = (key: U64Column, reading: Reading<bigint>): SubnetSetting => ({
  reading,
  home: { in: "u64", key },
});

/** A time that the chain stores as a u64 of blocks. */
const span = (description: string): Reading<bigint> =>
  blockCount(description, 0, Number(LONGEST)).transform(BigInt);

/** Hyperparameters of a subnet (spec/subnets.md 11.1). */
export const SUBNET_SETTINGS: Readonly<Record<string, SubnetSetting>> = {
  tempo: inU32("tempo", blockCount("Length of an epoch. Default 360 blocks.", 1, 65_535)),
  kappa: inParameters("kappa", u16Proportion("Share of active stake that decides consensus. Default 50 %.")),
  bonds_penalty: inParameters(
    "bondsPenalty",
    u16Proportion("How far weights above consensus count as clipped when bonds are bought. Default 100 %."),
  ),
  bonds_moving_average: inParameters(
    "bondsMovingAverage",
    perMillion("Share of the old bond that survives an epoch. Default 90 %."),
  ),
  bonds_reset: inParameters("bondsResetOn", boolean("Whether bonds can be reset. Default false.")),
  yuma3: inParameters("yuma3On", boolean("Yuma 3 bonds. Default true.")),
  liquid_alpha: inParameters(
    "liquidAlphaOn",
    boolean("A bond rate of its own for each pair. Default false."),
  ),
  alpha_low: inParameters("alphaLow", u16Proportion("Slowest bond rate of liquid alpha. Default 70 %.")),
  alpha_high: inParameters("alphaHigh", u16Proportion("Fastest bond rate of liquid alpha. Default 90 %.")),
  alpha_sigmoid_steepness: inParameters(
    "alphaSigmoidSteepness",
    integer("Steepness of liquid alpha's sigmoid as stored. Default 1000.", -32_768, 32_767),
  ),
  max_allowed_validators: inParameters(
    "maxAllowedValidators",
    integer("Number of validator permits. Default 64.", 0, 256),
  ),
  max_allowed_uids: inParameters("maxAllowedUids", integer("Number of neurons. Default 256.", 1, 256)),
  min_allowed_weights: inParameters(
    "minAllowedWeights",
    integer("Fewest weights in a row. Default 1.", 0, 65_535),
  ),
  immunity_period: inParameters(
    "immunityPeriod",
    blockCount(
      "Time after its registration in which a neuron is not replaced. Default 5000 blocks.",
      0,
      65_535,
    ),
  ),
  activity_cutoff_factor: inParameters(
    "activityCutoffFactorMilli",
    integer(
      "Thousandths of a tempo after which a silent validator is inactive. Default 13889.",
      1_000,
      50_000,
    ),
  ),
  commit_reveal: inParameters(
    "commitRevealWeightsEnabled",
    boolean("Whether weights are committed first and revealed later. Default true."),
  ),
  reveal_period: inParameters(
    "revealPeriodEpochs",
    integer("Epochs between commit and reveal. Default 1.", 1, 100),
  ),
  weights_rate_limit: inParameters(
    "weightsSetRateLimit",
    span("Time between two weights of a validator. Default 100 blocks."),
  ),
  transfer: inParameters("transferToggle", boolean("Whether stake can be transferred. Default true.")),
  owner_cut_auto_lock: inParameters(
    "ownerCutAutoLockEnabled",
    boolean("Whether the owner's cut is locked. Default false."),
  ),
  burn: inU64("burn", amount("Present price of a registration. Default 0.1 TAO.", ["TAO"])),
  min_burn: inU64("minBurn", amount("Lowest price of a registration. Default 0.0005 TAO.", ["TAO"])),
  max_burn: inU64("maxBurn", amount("Highest price of a registration. Default 100 TAO.", ["TAO"])),
  burn_half_life: inU32(
    "burnHalfLife",
    blockCount("Time in which the price of a registration halves. Default 360 blocks.", 0, 36_100),
  ),
  fee_rate: inU32("feeRate", integer("Fee of a trade in parts of 65535. Default 33.", 0, 10_000)),
  registration_allowed: inU32(
    "registrationAllowed",
    boolean("Whether neurons can register, and whether it has emission. Default true."),
  ),
  emission_enabled: inU32("emissionEnabled", boolean("Whether the subnet gets TAO. Default true.")),
  owner_cut: inU32("ownerCutEnabled", boolean("Whether the owner gets its cut. Default true.")),
};

/** Where a parameter of the network lies; limit orders are switched in a pallet of their own. */
export type GlobalHome =
  { readonly in: "parameters"; readonly key: keyof GlobalParameters } | { readonly in: "limit orders" };

interface GlobalSetting {
  readonly reading: Reading<bigint | number | boolean>;
  readonly home: GlobalHome;
}

const globally = <K extends keyof GlobalParameters>(
  key: K,
  reading: Reading<GlobalParameters[K] & (bigint | number | boolean)>,
): GlobalSetting => ({ reading, home: { in: "parameters", key } });

/** Parameters of the whole network (spec/subnets.md 11.2). */
export const GLOBAL_SETTINGS: Readonly<Record<string, GlobalSetting>> = {
  tao_weight: globally("taoWeight", u64Proportion("How much a TAO of root stake counts beside an alpha.")),
  subnet_owner_cut: globally("subnetOwnerCut", u16Proportion("Part of the alpha emission for the owner.")),
  subnet_moving_alpha: globally(
    "subnetMovingAlpha",
    ratio("Weight of a new price in the slow one, for a subnet of any age but the youngest.").transform(
      (part) => BigInt(Math.round(part * 4_294_967_296)),
    ),
  ),
  stake_threshold: globally("stakeThreshold", amount("Stake weight below which nobody validates.", ["TAO"])),
  max_epochs_per_block: globally("maxEpochsPerBlock", integer("Epochs that may run in one block.", 1, 255)),
  subnet_limit: globally("subnetLimit", integer("Most subnets beside root.", 0, 65_535)),
  network_rate_limit: globally("networkRateLimit", span("Time between registrations of subnets.")),
  network_immunity_period: globally("networkImmunityPeriod", span("Time in which a new subnet is safe.")),
  pool_alpha_counts_from: globally(
    "taoInRefundDeploymentBlock",
    integer(
      "The payout of a dissolved subnet counts the alpha in its pool where it was registered behind this block. Default 0.",
      0,
      2_000_000_000,
    ),
  ),
  network_min_lock_cost: globally("networkMinLockCost", amount("Least cost of a subnet.", ["TAO"])),
  network_lock_reduction_interval: globally(
    "networkLockReductionInterval",
    span("Time in which the cost of a subnet falls back."),
  ),
  start_call_delay: globally("startCallDelay", span("Time before a new subnet may start.")),
  nominator_min_required_stake: globally(
    "nominatorMinRequiredStake",
    integer("Least nomination in millionths of the minimum stake.", 0, Number.MAX_SAFE_INTEGER).transform(
      BigInt,
    ),
  ),
  num_root_claim: globally("numRootClaim", integer("Automatic root claims per block.", 0, 50)),
  ck_burn: globally("ckBurn", u64Proportion("Part of a parent's dividends that is recycled.")),
  pending_child_key_cooldown: globally(
    "pendingChildKeyCooldown",
    span("Time before given childkeys come into force."),
  ),
  delegate_take_rate_limit: globally(
    "txDelegateTakeRateLimit",
    span("Time behind a change of a validator's take in which it may not rise. Default 216000 blocks."),
  ),
  tx_rate_limit: globally("txRateLimit", span("Time between key swaps.")),
  admin_freeze_window: globally(
    "adminFreezeWindow",
    blockCount("Time before an epoch in which owners change nothing.", 0, 65_535),
  ),
  limit_orders: {
    reading: boolean(
      "Whether limit orders are executed. Default: as on a fresh chain with compiled, else not.",
    ),
    home: { in: "limit orders" },
  },
};

const shapeOf = (
  table: Readonly<Record<string, { readonly reading: Reading<bigint | number | boolean> }>>,
): Record<string, Reading<bigint | number | boolean | undefined>> =>
  Object.fromEntries(Object.entries(table).map(([name, { reading }]) => [name, reading.optional()]));

/** What was given; the rest stays as the protocol has it. */
const given = (values: Readonly<Record<string, bigint | number | boolean | undefined>>) =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])),
  );

export const subnetSettings = mapping(shapeOf(SUBNET_SETTINGS))
  .transform(given)
  .describe("Hyperparameters, under the chain's names; what is not given is a new subnet's.");

export const globalSettings = mapping(shapeOf(GLOBAL_SETTINGS))
  .transform(given)
  .describe("Parameters of the whole network; what is not given is the preset's.");

const compiledValues = PROTOCOL_PRESETS.compiled.globalParameters();

/** What a protocol's new network has beside the compiled values, by the names of scenarios. */
const beside = (protocol: Protocol): Readonly<Record<string, bigint | number>> => {
  const values = protocol.globalParameters();
  return Object.fromEntries(
    Object.entries(GLOBAL_SETTINGS).flatMap(([name, { home }]) => {
      if (home.in !== "parameters") return [];
      const { key } = home;
      const value = values[key];
      return typeof value === "boolean" || value === compiledValues[key] ? [] : [[name, value] as const];
    }),
  );
};

/** Presets of the network's parameters (spec/calls.md 19). Not proven for mainnet: stake threshold and least lock cost. */
export const PRESETS: Readonly<
  Record<"mainnet" | "compiled", Readonly<Record<string, bigint | number | boolean>>>
> = {
  compiled: { limit_orders: true },
  mainnet: beside(PROTOCOL_PRESETS.mainnet),
};

/** The last registration of a subnet before a run: on the live chain just now, on a fresh one there was none. */
export const lastRegistration = (
  preset: keyof typeof PRESETS,
  startBlock: number,
): EconomyPlan["lastRegistration"] => ({
  cost: PROTOCOL_PRESETS[preset].firstLockCost,
  block: preset === "mainnet" ? startBlock : 0,
});
