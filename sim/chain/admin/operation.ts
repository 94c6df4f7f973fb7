/** Owner hotkey, trimming, mechanisms, voting power switches (spec/calls.md 11). */
import { isSubnetAccount } from "../accounts/accounts.ts";
import { rootOnly, type Handlers, type Origin } from "../calls/call.ts";
import type { Chain, Outcome } from "../chain.ts";
import { PERQUINTILL } from "../numbers/integers.ts";
import { trimToMaxAllowedUids } from "../registration/trim.ts";
import { emptyMechanism, netuidParametersOf } from "../state/genesis.ts";
import type { AccountId, Netuid, Subnet } from "../state/network.ts";
import { checkOwnerOrRoot } from "./settings.ts";
import { callerStamp, hasPassed, parameterStamp, stamp } from "./stamps.ts";
import { isWindowOpen } from "./window.ts";

interface OwnerHotkeyArguments {
  readonly netuid: Netuid;
  readonly hotkey: AccountId;
}

export interface OperationCalls {
  /** Two names of one act. The hotkey need neither exist nor be registered nor be the owner's. */
  sudoSetSnOwnerHotkey: OwnerHotkeyArguments;
  sudoSetSubnetOwnerHotkey: OwnerHotkeyArguments;
  sudoTrimToMaxAllowedUids: { readonly netuid: Netuid; readonly maxN: number };
  sudoSetMechanismCount: { readonly netuid: Netuid; readonly mechanismCount: number };
  /** u16 parts of 65535; null = even. */
  sudoSetMechanismEmissionSplit: { readonly netuid: Netuid; readonly maybeSplit: readonly number[] | null };
  enableVotingPowerTracking: { readonly netuid: Netuid };
  disableVotingPowerTracking: { readonly netuid: Netuid };
  /** Parts of 10^18. */
  sudoSetVotingPowerEmaAlpha: { readonly netuid: Netuid; readonly alpha: bigint };
}

/** Blocks between changes. */
const OWNER_HOTKEY_RATE_LIMIT = 50_400;
const TRIM_RATE_LIMIT = 216_000;
const MECHANISM_RATE_LIMIT = 7_200;
/** No root call can allow more. */
const HARD_MAX_MECHANISMS = 16;
const WHOLE_SPLIT = 65_535;
/** Blocks from the request to disable tracking to its end. */
const VOTING_POWER_DISABLE_DELAY = 100_800;

function setOwnerHotkey(chain: Chain, origin: Origin, netuid: Netuid, hotkey: AccountId): Outcome {
  const { state, journal } = chain;
  const refused = checkOwnerOrRoot(state, netuid, origin);
  if (refused !== null) return refused;
  const subnet = state.subnets.get(netuid);
  if (subnet === undefined) return "SubnetNotExists";
  const key = parameterStamp(netuid, "OwnerHotkey");
  if (!hasPassed(state, key, OWNER_HOTKEY_RATE_LIMIT)) return "TxRateLimitExceeded";
  if (isSubnetAccount(hotkey)) return "CannotUseSystemAccount";
  journal.set(subnet, "ownerHotkey", hotkey);
  stamp(chain, key);
  return null;
}

/** The checks that trimming and mechanism calls share, then the call; the owner's stamp is set when it succeeds. */
function limitedPerCaller(
  chain: Chain,
  origin: Origin,
  netuid: Netuid,
  parameter: string,
  blocks: number,
  apply: () => Outcome,
): Outcome {
  const { state } = chain;
  const refused = checkOwnerOrRoot(state, netuid, origin);
  if (refused !== null) return refused;
  const key = origin === "root" ? null : callerStamp(netuid, origin.signed, parameter);
  if (key !== null && !hasPassed(state, key, blocks)) return "TxRateLimitExceeded";
  if (!isWindowOpen(state, netuid)) return "AdminActionProhibitedDuringWeightsWindow";
  const outcome = apply();
  if (outcome === null && key !== null) stamp(chain, key);
  return outcome;
}

function setMechanismCount(chain: Chain, subnet: Subnet, count: number): Outcome {
  const { state, journal, protocol } = chain;
  if (count < 1 || count > state.parameters.maxMechanismCount || count > HARD_MAX_MECHANISMS)
    return "InvalidValue";
  if (subnet.parameters.maxAllowedUids * count > protocol.constants.maxUidsTimesMechanisms)
    return "TooManyUIDsPerMechanism";
  const { mechanisms } = subnet;
  if (count === mechanisms.length) return null;
  const kept = mechanisms.slice(0, count);
  while (kept.length < count) kept.push(emptyMechanism());
  journal.set(subnet, "mechanisms", kept);
  journal.set(subnet, "mechanismSplit", null);
  return null;
}

function setMechanismSplit({ journal }: Chain, subnet: Subnet, split: readonly number[] | null): Outcome {
  if (split !== null) {
    const sum = split.reduce((total, part) => total + part, 0);
    if (split.length === 0 || split.length > subnet.mechanisms.length || sum !== WHOLE_SPLIT)
      return "InvalidValue";
  }
  journal.set(subnet, "mechanismSplit", split);
  return null;
}

export const operationCalls: Handlers<OperationCalls> = {
  sudoSetSnOwnerHotkey: (chain, origin, { netuid, hotkey }) => setOwnerHotkey(chain, origin, netuid, hotkey),
  sudoSetSubnetOwnerHotkey: (chain, origin, { netuid, hotkey }) =>
    setOwnerHotkey(chain, origin, netuid, hotkey),
  sudoTrimToMaxAllowedUids: (chain, origin, { netuid, maxN }) =>
    limitedPerCaller(chain, origin, netuid, "Trim", TRIM_RATE_LIMIT, () => {
      const { state, journal } = chain;
      const subnet = state.subnets.get(netuid);
      if (subnet === undefined) return "SubnetNotExists";
      const least = netuidParametersOf(journal, state, netuid).minAllowedUids;
      if (maxN < least || maxN > subnet.parameters.maxAllowedUids) return "InvalidValue";
      return trimToMaxAllowedUids(chain, subnet, maxN);
    }),
  sudoSetMechanismCount: (chain, origin, { netuid, mechanismCount }) =>
    limitedPerCaller(chain, origin, netuid, "MechanismCount", MECHANISM_RATE_LIMIT, () => {
      const subnet = chain.state.subnets.get(netuid);
      return subnet === undefined
        ? "MechanismDoesNotExist"
        : setMechanismCount(chain, subnet, mechanismCount);
    }),
  sudoSetMechanismEmissionSplit: (chain, origin, { netuid, maybeSplit }) =>
    limitedPerCaller(chain, origin, netuid, "MechanismEmission", MECHANISM_RATE_LIMIT, () => {
      const subnet = chain.state.subnets.get(netuid);
      return subnet === undefined ? "MechanismDoesNotExist" : setMechanismSplit(chain, subnet, maybeSplit);
    }),
  enableVotingPowerTracking: ({ state, journal }, origin, { netuid }) => {
    const refused = checkOwnerOrRoot(state, netuid, origin);
    if (refused !== null) return refused;
    const record = netuidParametersOf(journal, state, netuid);
    journal.set(record, "votingPowerTrackingEnabled", true);
    journal.set(record, "votingPowerDisableAt", 0);
    return null;
  },
  disableVotingPowerTracking: ({ state, journal }, origin, { netuid }) => {
    const refused = checkOwnerOrRoot(state, netuid, origin);
    if (refused !== null) return refused;
    const record = netuidParametersOf(journal, state, netuid);
    if (!record.votingPowerTrackingEnabled) return "VotingPowerTrackingNotEnabled";
    journal.set(record, "votingPowerDisableAt", state.block + VOTING_POWER_DISABLE_DELAY);
    return null;
  },
  sudoSetVotingPowerEmaAlpha: rootOnly(({ state, journal }, { netuid, alpha }) => {
    if (alpha > PERQUINTILL) return "InvalidVotingPowerEmaAlpha";
    journal.set(netuidParametersOf(journal, state, netuid), "votingPowerEmaAlpha", alpha);
    return null;
  }),
};
