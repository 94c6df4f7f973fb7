/** Hyperparameters of one subnet that only root changes (spec/calls.md 12). */
import type { Handlers } from "../calls/call.ts";
import { ROOT } from "../state/network.ts";
import { setter, type Setting, type SettingArguments } from "./settings.ts";
import { inert, inAmounts, inNetuid, inSubnet, inSwitches } from "./stores.ts";
import { restartPeriod } from "./tempo.ts";

type Numbers = SettingArguments<number>;
type Amounts = SettingArguments<bigint>;
type Switches = SettingArguments<boolean>;

export interface RootSettingCalls {
  /** No effect, nor have the two below. */
  sudoSetAdjustmentInterval: Numbers;
  sudoSetDifficulty: Amounts;
  sudoSetMinDifficulty: Amounts;
  sudoSetEmaPriceHalvingPeriod: Amounts;
  sudoSetKappa: Numbers;
  sudoSetMaxAllowedValidators: Numbers;
  sudoSetMaxRegistrationsPerBlock: Numbers;
  sudoSetTargetRegistrationsPerInterval: Numbers;
  sudoSetMinAllowedUids: Numbers;
  sudoSetMinNonImmuneUids: Numbers;
  /** Work registration no longer exists: always refused. */
  sudoSetNetworkPowRegistrationAllowed: Switches;
  sudoSetNetworkRegistrationAllowed: Switches;
  sudoSetSubnetEmissionEnabled: Switches;
  sudoSetSubtokenEnabled: Switches;
  sudoSetTempo: Numbers;
  sudoSetWeightsSetRateLimit: Amounts;
  /** A statistic, rao. */
  sudoSetRaoRecycled: Amounts;
}

type Kind = "plain" | "exists" | "window";

/** A setting of root: neither window nor existence are tested, or existence, or both. */
const rooted = <Value>(
  parameter: string,
  kind: Kind,
  store: Setting<Value>["store"],
  check?: Setting<Value>["check"],
): ReturnType<typeof setter<Value>> =>
  setter({
    parameter,
    ownerLimit: null,
    window: kind === "window",
    exists: kind !== "plain",
    store,
    ...(check === undefined ? {} : { check }),
  });

export const rootSettingCalls: Handlers<RootSettingCalls> = {
  sudoSetAdjustmentInterval: rooted<number>("AdjustmentInterval", "exists", inert("AdjustmentInterval")),
  sudoSetDifficulty: rooted<bigint>("Difficulty", "window", inert("Difficulty")),
  sudoSetMinDifficulty: rooted<bigint>("MinDifficulty", "window", inert("MinDifficulty")),
  sudoSetEmaPriceHalvingPeriod: rooted("EMAPriceHalvingBlocks", "plain", inAmounts("emaPriceHalvingBlocks")),
  sudoSetKappa: rooted("Kappa", "exists", inSubnet("kappa")),
  sudoSetMaxAllowedValidators: rooted(
    "MaxAllowedValidators",
    "window",
    inSubnet("maxAllowedValidators"),
    ({ state }, netuid, value) =>
      value > (state.subnets.get(netuid)?.parameters.maxAllowedUids ?? 0)
        ? "Admin.MaxValidatorsLargerThanMaxUIds"
        : null,
  ),
  sudoSetMaxRegistrationsPerBlock: rooted(
    "MaxRegistrationsPerBlock",
    "window",
    inSubnet("maxRegistrationsPerBlock"),
  ),
  sudoSetTargetRegistrationsPerInterval: rooted(
    "TargetRegistrationsPerInterval",
    "window",
    inSubnet("targetRegistrationsPerInterval"),
  ),
  sudoSetMinAllowedUids: rooted(
    "MinAllowedUids",
    "window",
    inNetuid("minAllowedUids"),
    ({ state }, netuid, value) => {
      const subnet = state.subnets.get(netuid);
      if (value >= (subnet?.parameters.maxAllowedUids ?? 0))
        return "Admin.MinAllowedUidsGreaterThanMaxAllowedUids";
      return value < (subnet?.neurons.count ?? 0) ? null : "Admin.MinAllowedUidsGreaterThanCurrentUids";
    },
  ),
  sudoSetMinNonImmuneUids: rooted("MinNonImmuneUids", "plain", inNetuid("minNonImmuneUids")),
  sudoSetNetworkPowRegistrationAllowed: () => "Admin.POWRegistrationDisabled",
  sudoSetNetworkRegistrationAllowed: rooted(
    "NetworkRegistrationAllowed",
    "plain",
    inSwitches("registrationAllowed"),
  ),
  sudoSetSubnetEmissionEnabled: rooted(
    "SubnetEmissionEnabled",
    "exists",
    inSwitches("emissionEnabled"),
    (_chain, netuid) => (netuid === ROOT ? "Admin.NotPermittedOnRootSubnet" : null),
  ),
  sudoSetSubtokenEnabled: setter({
    parameter: "SubtokenEnabled",
    ownerLimit: null,
    window: true,
    exists: false,
    store: inSwitches("subtokenEnabled"),
  }),
  sudoSetTempo: rooted("Tempo", "window", (chain, netuid, tempo: number) =>
    restartPeriod(chain, netuid, tempo),
  ),
  sudoSetWeightsSetRateLimit: rooted("WeightsSetRateLimit", "exists", inSubnet("weightsSetRateLimit")),
  sudoSetRaoRecycled: rooted("RaoRecycled", "exists", ({ state, journal }, netuid, rao: bigint) =>
    journal.mapSet(state.raoRecycledForRegistration, netuid, rao),
  ),
};
