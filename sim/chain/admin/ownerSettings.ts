/** Hyperparameters that the owner or root changes (spec/calls.md 12). Values of settings without effect are u64 or u16. */
import type { Handlers } from "../calls/call.ts";
import type { Outcome } from "../chain.ts";
import { U64F64 } from "../numbers/fixed.ts";
import { ROOT, type Netuid } from "../state/network.ts";
import { cell } from "../swap/books.ts";
import { netuidParametersOf } from "../state/genesis.ts";
import { setter, type OwnerLimit, type Setting, type SettingArguments } from "./settings.ts";
import { inert, inAmounts, inNetuid, inNumbers, inSubnet, inSwitches } from "./stores.ts";

type Numbers = SettingArguments<number>;
type Amounts = SettingArguments<bigint>;
type Switches = SettingArguments<boolean>;

export interface OwnerSettingCalls {
  /** No effect, nor have the four below. */
  sudoSetActivityCutoff: Numbers;
  sudoSetAdjustmentAlpha: Amounts;
  sudoSetMaxDifficulty: Amounts;
  sudoSetRho: Numbers;
  sudoSetServingRateLimit: Amounts;
  sudoSetAlphaSigmoidSteepness: Numbers;
  sudoSetAlphaValues: { readonly netuid: Netuid; readonly alphaLow: number; readonly alphaHigh: number };
  sudoSetBondsMovingAverage: Amounts;
  sudoSetBondsPenalty: Numbers;
  sudoSetBondsResetEnabled: Switches;
  sudoSetBurnHalfLife: Numbers;
  /** U64F64. */
  sudoSetBurnIncreaseMult: Amounts;
  sudoSetCommitRevealWeightsEnabled: Switches;
  /** Epochs. */
  sudoSetCommitRevealWeightsInterval: Numbers;
  sudoSetImmunityPeriod: Numbers;
  sudoSetLiquidAlphaEnabled: Switches;
  sudoSetMaxAllowedUids: Numbers;
  sudoSetMaxBurn: Amounts;
  sudoSetMinAllowedWeights: Numbers;
  sudoSetMinBurn: Amounts;
  sudoSetMinChildkeyTakePerSubnet: Numbers;
  sudoSetOwnerCutEnabled: Switches;
  sudoSetOwnerCutAutoLockEnabled: Switches;
  sudoSetOwnerImmuneNeuronLimit: Numbers;
  sudoSetRecycleOrBurn: SettingArguments<"Recycle" | "Burn">;
  sudoSetToggleTransfer: Switches;
  sudoSetWeightsVersionKey: Amounts;
  sudoSetYuma3Enabled: Switches;
}

/** Smallest legacy cut-off. */
const MIN_ACTIVITY_CUTOFF = 360;
/** Smallest liquid alpha, u16. */
const MIN_ALPHA = 1_638;
const OWNER_MAX_BONDS_MOVING_AVERAGE = 975_000n;
const MAX_BURN_HALF_LIFE = 36_100;
const MAX_BURN_INCREASE = 3n;
const MAX_REVEAL_PERIOD = 100;
/** No subnet has more neurons. */
const DEFAULT_MAX_ALLOWED_UIDS = 256;
const MAX_IMMUNE_OWNER_UIDS = 10;
/** MinBurn stays below, MaxBurn above these, rao. */
const MIN_BURN_BOUND = 1_000_000_000n;
const MAX_BURN_BOUND = 100_000_000n;
const VERSION_KEY_TEMPOS = 5;

/** The common case: rate limited for the owner, not in the window, on an existing subnet. */
function owned<Value>(
  parameter: string,
  store: Setting<Value>["store"],
  check?: Setting<Value>["check"],
  changes: { exists?: boolean; ownerLimit?: OwnerLimit } = {},
): ReturnType<typeof setter<Value>> {
  return setter({
    parameter,
    ownerLimit: "parameter",
    window: true,
    exists: true,
    store,
    ...(check === undefined ? {} : { check }),
    ...changes,
  });
}

const NOT_TESTED = { exists: false } as const;

const notOnRoot = (netuid: Netuid): Outcome => (netuid === ROOT ? "Admin.NotPermittedOnRootSubnet" : null);

const setAlphaValues = owned<{ low: number; high: number }>(
  "AlphaValues",
  ({ journal }, _netuid, { low, high }, subnet) => {
    if (subnet === undefined) return;
    journal.set(subnet.parameters, "alphaLow", low);
    journal.set(subnet.parameters, "alphaHigh", high);
  },
  ({ state }, netuid, { low, high }) => {
    if (state.subnets.get(netuid)?.parameters.liquidAlphaOn !== true) return "LiquidAlphaDisabled";
    if (high < MIN_ALPHA) return "AlphaHighTooLow";
    return low >= MIN_ALPHA && low <= high ? null : "AlphaLowOutOfRange";
  },
  NOT_TESTED,
);

export const ownerSettingCalls: Handlers<OwnerSettingCalls> = {
  sudoSetActivityCutoff: owned<number>("ActivityCutoff", inert("ActivityCutoff"), (_chain, _netuid, value) =>
    value < MIN_ACTIVITY_CUTOFF ? "ActivityCutoffTooLow" : null,
  ),
  sudoSetAdjustmentAlpha: owned<bigint>("AdjustmentAlpha", inert("AdjustmentAlpha")),
  sudoSetMaxDifficulty: owned<bigint>("MaxDifficulty", inert("MaxDifficulty")),
  sudoSetRho: owned<number>("Rho", inert("Rho")),
  sudoSetServingRateLimit: owned<bigint>(
    "ServingRateLimit",
    inert("ServingRateLimit"),
    undefined,
    NOT_TESTED,
  ),
  sudoSetAlphaSigmoidSteepness: owned(
    "AlphaSigmoidSteepness",
    inSubnet("alphaSigmoidSteepness"),
    (_chain, _netuid, value, origin) =>
      origin !== "root" && value < 0 ? "Admin.NegativeSigmoidSteepness" : null,
  ),
  sudoSetAlphaValues: (chain, origin, { netuid, alphaLow: low, alphaHigh: high }) =>
    setAlphaValues(chain, origin, { netuid, value: { low, high } }),
  sudoSetBondsMovingAverage: owned(
    "BondsMovingAverage",
    inSubnet("bondsMovingAverage"),
    (_chain, _netuid, value, origin) =>
      origin !== "root" && value > OWNER_MAX_BONDS_MOVING_AVERAGE
        ? "Admin.BondsMovingAverageMaxReached"
        : null,
  ),
  sudoSetBondsPenalty: owned("BondsPenalty", inSubnet("bondsPenalty")),
  sudoSetBondsResetEnabled: owned("BondsResetOn", inSubnet("bondsResetOn"), undefined, NOT_TESTED),
  sudoSetBurnHalfLife: owned("BurnHalfLife", inNumbers("burnHalfLife"), (_chain, netuid, value) =>
    netuid !== ROOT && (value < 1 || value > MAX_BURN_HALF_LIFE) ? "Admin.InvalidValue" : notOnRoot(netuid),
  ),
  sudoSetBurnIncreaseMult: owned("BurnIncreaseMult", inSubnet("burnIncreaseMult"), (_chain, netuid, value) =>
    netuid !== ROOT && (value < U64F64.one || value > MAX_BURN_INCREASE * U64F64.one)
      ? "Admin.InvalidValue"
      : notOnRoot(netuid),
  ),
  sudoSetCommitRevealWeightsEnabled: owned(
    "CommitRevealWeightsEnabled",
    inSubnet("commitRevealWeightsEnabled"),
  ),
  sudoSetCommitRevealWeightsInterval: owned(
    "RevealPeriodEpochs",
    inSubnet("revealPeriodEpochs"),
    (_chain, _netuid, value) => {
      if (value > MAX_REVEAL_PERIOD) return "RevealPeriodTooLarge";
      return value < 1 ? "RevealPeriodTooSmall" : null;
    },
  ),
  sudoSetImmunityPeriod: owned("ImmunityPeriod", inSubnet("immunityPeriod")),
  sudoSetLiquidAlphaEnabled: owned("LiquidAlphaOn", inSubnet("liquidAlphaOn"), undefined, NOT_TESTED),
  sudoSetMaxAllowedUids: owned(
    "MaxAllowedUids",
    inSubnet("maxAllowedUids"),
    ({ state, journal, protocol }, netuid, value) => {
      const subnet = state.subnets.get(netuid);
      if (value < netuidParametersOf(journal, state, netuid).minAllowedUids)
        return "Admin.MaxAllowedUidsLessThanMinAllowedUids";
      if (value < (subnet?.neurons.count ?? 0)) return "Admin.MaxAllowedUIdsLessThanCurrentUIds";
      if (value > DEFAULT_MAX_ALLOWED_UIDS) return "Admin.MaxAllowedUidsGreaterThanDefaultMaxAllowedUids";
      const places = value * (subnet?.mechanisms.length ?? 1);
      return places > protocol.constants.maxUidsTimesMechanisms ? "TooManyUIDsPerMechanism" : null;
    },
  ),
  sudoSetMaxBurn: owned("MaxBurn", inAmounts("maxBurn"), ({ state }, netuid, value) =>
    value > MAX_BURN_BOUND && value > cell(state.columns, "minBurn", netuid)
      ? null
      : "Admin.ValueNotInBounds",
  ),
  sudoSetMinAllowedWeights: owned("MinAllowedWeights", inSubnet("minAllowedWeights")),
  sudoSetMinBurn: owned("MinBurn", inAmounts("minBurn"), ({ state }, netuid, value) =>
    value < MIN_BURN_BOUND && value < cell(state.columns, "maxBurn", netuid)
      ? null
      : "Admin.ValueNotInBounds",
  ),
  sudoSetMinChildkeyTakePerSubnet: owned(
    "MinChildkeyTake",
    inNetuid("minChildkeyTake"),
    ({ state }, _netuid, value) =>
      value >= state.parameters.minChildkeyTake && value <= state.parameters.maxChildkeyTake
        ? null
        : "Admin.InvalidValue",
  ),
  sudoSetOwnerCutEnabled: owned(
    "OwnerCutEnabled",
    inSwitches("ownerCutEnabled"),
    (_chain, netuid) => notOnRoot(netuid),
    { ownerLimit: "none" },
  ),
  sudoSetOwnerCutAutoLockEnabled: owned(
    "OwnerCutAutoLockEnabled",
    inSubnet("ownerCutAutoLockEnabled"),
    (_chain, netuid) => notOnRoot(netuid),
    { ownerLimit: "none" },
  ),
  sudoSetOwnerImmuneNeuronLimit: owned(
    "ImmuneOwnerUidsLimit",
    inSubnet("immuneOwnerUidsLimit"),
    (_chain, _netuid, value) => (value >= 1 && value <= MAX_IMMUNE_OWNER_UIDS ? null : "InvalidValue"),
    NOT_TESTED,
  ),
  sudoSetRecycleOrBurn: owned<"Recycle" | "Burn">(
    "RecycleOrBurn",
    inNetuid("recycleOrBurn"),
    undefined,
    NOT_TESTED,
  ),
  sudoSetToggleTransfer: owned("TransferToggle", inSubnet("transferToggle"), undefined, NOT_TESTED),
  sudoSetWeightsVersionKey: owned("WeightsVersionKey", inSubnet("weightsVersionKey"), undefined, {
    ownerLimit: { callerTempos: VERSION_KEY_TEMPOS },
  }),
  sudoSetYuma3Enabled: owned("Yuma3On", inSubnet("yuma3On"), undefined, NOT_TESTED),
};
