/** Settings of the whole network, by root alone (spec/calls.md 13), and those of the pool pallet (14). */
import { rootOnly, type Handler, type Handlers } from "../calls/call.ts";
import type { Chain } from "../chain.ts";
import { U64F64 } from "../numbers/fixed.ts";
import { clearSmallNomination } from "../staking/removeStake.ts";
import type { Netuid } from "../state/network.ts";
import type { GlobalParameters } from "../state/parameters.ts";
import { setGlobal } from "./stores.ts";

interface Value<T> {
  readonly value: T;
}

export interface GlobalSettingCalls {
  sudoSetNetworkRateLimit: Value<bigint>;
  sudoSetNetworkImmunityPeriod: Value<bigint>;
  /** Rao. */
  sudoSetNetworkMinLockCost: Value<bigint>;
  sudoSetLockReductionInterval: Value<bigint>;
  sudoSetSubnetLimit: Value<number>;
  sudoSetStartCallDelay: Value<bigint>;
  /** u16 of 65535. */
  sudoSetSubnetOwnerCut: Value<number>;
  /** Rao. */
  sudoSetStakeThreshold: Value<bigint>;
  /** Millionths of the minimum stake; a higher one clears small nominations everywhere at once. */
  sudoSetNominatorMinRequiredStake: Value<bigint>;
  /** The maximum delegate take, not the default. */
  sudoSetDefaultTake: Value<number>;
  sudoSetMinDelegateTake: Value<number>;
  sudoSetMinChildkeyTake: Value<number>;
  sudoSetMaxChildkeyTake: Value<number>;
  sudoSetTxRateLimit: Value<bigint>;
  sudoSetTxDelegateTakeRateLimit: Value<bigint>;
  sudoSetTxChildkeyTakeRateLimit: Value<bigint>;
  setPendingChildkeyCooldown: Value<bigint>;
  sudoSetCkBurn: Value<bigint>;
  /** I96F32. */
  sudoSetSubnetMovingAlpha: Value<bigint>;
  sudoSetAdminFreezeWindow: Value<number>;
  sudoSetOwnerHparamRateLimit: Value<number>;
  sudoSetMaxEpochsPerBlock: Value<number>;
  sudoSetMaxMechanismCount: Value<number>;
  sudoSetCommitRevealVersion: Value<number>;
  sudoSetColdkeySwapAnnouncementDelay: Value<bigint>;
  sudoSetColdkeySwapReannouncementDelay: Value<bigint>;
  /** The flow rule is not live in this version: I64F64, u64 of 2^63 - 1, U64F64. */
  sudoSetTaoFlowCutoff: Value<bigint>;
  sudoSetTaoFlowSmoothingFactor: Value<bigint>;
  sudoSetNetTaoFlowEnabled: Value<boolean>;
  sudoSetTaoFlowNormalizationExponent: Value<bigint>;
  /** Switched off on the chain. */
  sudoSetTotalIssuance: Value<bigint>;
  "Swap.setFeeRate": { readonly netuid: Netuid; /** u16 of 65535. */ readonly rate: number };
  /** There is no liquidity of users: always refused, all five. */
  "Swap.addLiquidity": Record<string, never>;
  "Swap.removeLiquidity": Record<string, never>;
  "Swap.modifyPosition": Record<string, never>;
  "Swap.toggleUserLiquidity": Record<string, never>;
  "Swap.disableLp": Record<string, never>;
}

const MAX_MECHANISMS = 16;
const MAX_FEE_RATE = 10_000;
const MAX_FLOW_EXPONENT = 2n;

/** Stores any value. */
const anyValue = <K extends keyof GlobalParameters>(key: K): Handler<Value<GlobalParameters[K]>> =>
  rootOnly((chain, { value }) => {
    setGlobal(chain, key, value);
    return null;
  });

/** Clears small nominations of every stake on the chain, in order of subnet, hotkey and coldkey. */
function clearSmallNominations(chain: Chain): void {
  const { state } = chain;
  for (const netuid of state.netuids) {
    const pools = state.subnets.get(netuid)?.pools ?? new Map();
    for (const hotkey of [...pools.keys()].sort((a, b) => a - b))
      for (const coldkey of [...(pools.get(hotkey)?.shares.keys() ?? [])].sort((a, b) => a - b))
        clearSmallNomination(chain, { hotkey, coldkey, netuid });
  }
}

export const globalSettingCalls: Handlers<GlobalSettingCalls> = {
  sudoSetNetworkRateLimit: anyValue("networkRateLimit"),
  sudoSetNetworkImmunityPeriod: anyValue("networkImmunityPeriod"),
  sudoSetNetworkMinLockCost: anyValue("networkMinLockCost"),
  sudoSetLockReductionInterval: anyValue("networkLockReductionInterval"),
  sudoSetSubnetLimit: anyValue("subnetLimit"),
  sudoSetStartCallDelay: anyValue("startCallDelay"),
  sudoSetSubnetOwnerCut: anyValue("subnetOwnerCut"),
  sudoSetStakeThreshold: anyValue("stakeThreshold"),
  sudoSetNominatorMinRequiredStake: rootOnly((chain, { value }) => {
    const raised = value > chain.state.parameters.nominatorMinRequiredStake;
    setGlobal(chain, "nominatorMinRequiredStake", value);
    if (raised) clearSmallNominations(chain);
    return null;
  }),
  sudoSetDefaultTake: anyValue("maxDelegateTake"),
  sudoSetMinDelegateTake: anyValue("minDelegateTake"),
  sudoSetMinChildkeyTake: anyValue("minChildkeyTake"),
  sudoSetMaxChildkeyTake: anyValue("maxChildkeyTake"),
  sudoSetTxRateLimit: anyValue("txRateLimit"),
  sudoSetTxDelegateTakeRateLimit: anyValue("txDelegateTakeRateLimit"),
  sudoSetTxChildkeyTakeRateLimit: anyValue("txChildkeyTakeRateLimit"),
  setPendingChildkeyCooldown: anyValue("pendingChildKeyCooldown"),
  sudoSetCkBurn: anyValue("ckBurn"),
  sudoSetSubnetMovingAlpha: anyValue("subnetMovingAlpha"),
  sudoSetAdminFreezeWindow: anyValue("adminFreezeWindow"),
  sudoSetOwnerHparamRateLimit: anyValue("ownerHyperparamRateLimit"),
  sudoSetMaxEpochsPerBlock: rootOnly((chain, { value }) => {
    if (value < 1) return "Admin.ValueNotInBounds";
    setGlobal(chain, "maxEpochsPerBlock", value);
    return null;
  }),
  sudoSetMaxMechanismCount: rootOnly((chain, { value }) => {
    if (value < 1 || value > MAX_MECHANISMS) return "InvalidValue";
    setGlobal(chain, "maxMechanismCount", value);
    return null;
  }),
  sudoSetCommitRevealVersion: anyValue("commitRevealVersion"),
  sudoSetColdkeySwapAnnouncementDelay: anyValue("coldkeySwapAnnouncementDelay"),
  sudoSetColdkeySwapReannouncementDelay: anyValue("coldkeySwapReannouncementDelay"),
  sudoSetTaoFlowCutoff: anyValue("taoFlowCutoff"),
  sudoSetTaoFlowSmoothingFactor: anyValue("taoFlowSmoothingFactor"),
  sudoSetNetTaoFlowEnabled: anyValue("netTaoFlowEnabled"),
  sudoSetTaoFlowNormalizationExponent: rootOnly((chain, { value }) => {
    if (value < U64F64.one || value > MAX_FLOW_EXPONENT * U64F64.one) return "Admin.InvalidValue";
    setGlobal(chain, "taoFlowNormalizationExponent", value);
    return null;
  }),
  sudoSetTotalIssuance: rootOnly(() => "Admin.Deprecated"),
  "Swap.setFeeRate": rootOnly(({ state, journal }, { netuid, rate }) => {
    if (!state.subnets.has(netuid)) return "Swap.MechanismDoesNotExist";
    if (rate > MAX_FEE_RATE) return "Swap.FeeRateTooHigh";
    journal.set(state.columns.feeRate, netuid, rate);
    return null;
  }),
  "Swap.addLiquidity": () => "Swap.Deprecated",
  "Swap.removeLiquidity": () => "Swap.Deprecated",
  "Swap.modifyPosition": () => "Swap.Deprecated",
  "Swap.toggleUserLiquidity": () => "Swap.Deprecated",
  "Swap.disableLp": () => "Swap.Deprecated",
};
