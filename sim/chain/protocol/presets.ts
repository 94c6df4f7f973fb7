/**
 * Presets of the protocol. `compiled` is what a fresh chain has; `mainnet` has what migrations wrote on the live chain
 * (spec/calls.md 19); `minimal` has the same rules with tiny times, for tests. A value that differs from the
 * compiled one stands here, one per line.
 */
import { EMISSION_GATE_440, sharesBehindGate, type EmissionGate } from "../coinbase/emissionGate.ts";
import { sharesByMaturedTaoFlow, sharesByTaoFlow } from "../coinbase/flowShares.ts";
import { CONSTANTS_425 } from "./constants.ts";
import { globalDefaults, newSubnetParameters } from "./defaults.ts";
import { SUBTENSOR_425, type Protocol } from "./protocol.ts";

/** The live chain. Two values are unproven: a root call can have changed them since. */
const MAINNET: Protocol = {
  ...SUBTENSOR_425,
  globalParameters: () => ({
    ...globalDefaults(),
    // 0.18, migrate_rao
    taoWeight: 3_320_413_933_267_719_290n,
    // unproven: migrate_rao wrote 10^9, which only a root call can have replaced
    networkMinLockCost: 1_000_000_000_000n,
    // migrate_network_lock_reduction_interval
    networkLockReductionInterval: 57_600n,
    networkRateLimit: 28_800n,
    // migrate_network_immunity_period
    networkImmunityPeriod: 864_000n,
    // unproven: public documentation only
    stakeThreshold: 1_000_000_000_000n,
    // migrate_set_nominator_min_stake
    nominatorMinRequiredStake: 10_000_000n,
  }),
  // migrate_network_lock_cost_2500
  firstLockCost: 1_250_000_000_000n,
};

/** The same rules with tiny times and limits. */
const MINIMAL: Protocol = {
  ...SUBTENSOR_425,
  constants: {
    ...CONSTANTS_425,
    setChildrenRateLimit: 3,
    minTempo: 4,
    hotkeySwapOnSubnetInterval: 8,
    ownershipChangeMinAge: 40,
  },
  globalParameters: () => ({
    ...globalDefaults(),
    adminFreezeWindow: 1,
    subnetLimit: 4,
    networkRateLimit: 5n,
    networkImmunityPeriod: 50n,
    networkMinLockCost: 100_000_000_000n,
    networkLockReductionInterval: 40n,
    txRateLimit: 2n,
    txDelegateTakeRateLimit: 10n,
    txChildkeyTakeRateLimit: 10n,
    pendingChildKeyCooldown: 6n,
    unlockRate: 100n,
    maturityRate: 100n,
    coldkeySwapAnnouncementDelay: 10n,
    coldkeySwapReannouncementDelay: 5n,
  }),
  newSubnetParameters: () => ({
    ...newSubnetParameters(),
    maxAllowedUids: 16,
    maxAllowedValidators: 4,
    immunityPeriod: 12,
    weightsSetRateLimit: 2n,
  }),
  firstLockCost: 100_000_000_000n,
  newSubnetTempo: 8,
};

/** Protocols by the name of their preset. */
export const PRESETS = { compiled: SUBTENSOR_425, mainnet: MAINNET, minimal: MINIMAL } as const;

export type PresetName = keyof typeof PRESETS;

/** A protocol that shares TAO by flows, as the chain did before, instead of by moving prices. */
export const withTaoFlow = (protocol: Protocol): Protocol => ({
  ...protocol,
  name: `${protocol.name}+tao-flow`,
  rules: { ...protocol.rules, shares: sharesByTaoFlow },
});

/** A protocol whose shares by moving price pass an emission gate, as the chain's did later. */
export const withEmissionGate = (protocol: Protocol, gate: EmissionGate = EMISSION_GATE_440): Protocol => ({
  ...protocol,
  name: `${protocol.name}+emission-gate`,
  rules: { ...protocol.rules, shares: sharesBehindGate(gate) },
});

/** A protocol that shares TAO by users' flows as they mature: the lesser of their average and the average of that (a proposal). */
export const withMaturedTaoFlow = (protocol: Protocol): Protocol => ({
  ...protocol,
  name: `${protocol.name}+matured-tao-flow`,
  rules: { ...protocol.rules, shares: sharesByMaturedTaoFlow },
});
