/** setTempo, triggerEpoch, setActivityCutoffFactor (spec/calls.md 11, spec/emission.md 8). */
import type { Handlers } from "../calls/call.ts";
import type { Chain } from "../chain.ts";
import type { Netuid } from "../state/network.ts";
import { checkOwnerOrRoot, isOwner } from "./settings.ts";
import { callerStamp, hasPassed, parameterStamp, stamp } from "./stamps.ts";
import { blocksToRegularEpoch, isWindowOpen } from "./window.ts";

export interface TempoCalls {
  setTempo: { readonly netuid: Netuid; /** Blocks. */ readonly tempo: number };
  triggerEpoch: { readonly netuid: Netuid };
  setActivityCutoffFactor: { readonly netuid: Netuid; /** 1/1000 tempo. */ readonly factorMilli: number };
}

/** Blocks between an owner's changes of tempo. */
const TEMPO_RATE_LIMIT = 360;
const MIN_CUTOFF_FACTOR = 1_000;
const MAX_CUTOFF_FACTOR = 50_000;

/** Stores a tempo; a full new period starts. */
export function restartPeriod({ state, journal }: Chain, netuid: Netuid, tempo: number): void {
  journal.set(state.columns.tempo, netuid, tempo);
  journal.set(state.columns.lastEpochBlock, netuid, state.block);
}

/** What the owner's rate limit counts in, blocks. */
const ownerInterval = ({ state }: Chain, netuid: Netuid): number =>
  state.parameters.ownerHyperparamRateLimit * (state.columns.tempo[netuid] ?? 0);

export const tempoCalls: Handlers<TempoCalls> = {
  setTempo: (chain, origin, { netuid, tempo }) => {
    const { state, protocol } = chain;
    if (origin === "root" || !isOwner(state, netuid, origin)) return "BadOrigin";
    if (tempo < protocol.constants.minTempo || tempo > protocol.constants.maxTempo) return "TempoOutOfBounds";
    if (!isWindowOpen(state, netuid)) return "AdminActionProhibitedDuringWeightsWindow";
    const key = callerStamp(netuid, origin.signed, "Tempo");
    if (!hasPassed(state, key, TEMPO_RATE_LIMIT)) return "TxRateLimitExceeded";
    restartPeriod(chain, netuid, tempo);
    stamp(chain, key);
    return null;
  },
  triggerEpoch: (chain, origin, { netuid }) => {
    const { state, journal } = chain;
    const subnet = state.subnets.get(netuid);
    if (subnet === undefined || !isOwner(state, netuid, origin)) return "BadOrigin";
    if (subnet.parameters.commitRevealWeightsEnabled) return "DynamicTempoBlockedByCommitReveal";
    if ((state.columns.pendingEpochAt[netuid] ?? 0) > 0) return "EpochTriggerAlreadyPending";
    const { adminFreezeWindow } = state.parameters;
    if (blocksToRegularEpoch(state, netuid) < adminFreezeWindow) return "AutoEpochAlreadyImminent";
    const key = parameterStamp(netuid, "TriggerEpoch");
    if (!hasPassed(state, key, ownerInterval(chain, netuid))) return "TxRateLimitExceeded";
    journal.set(state.columns.pendingEpochAt, netuid, state.block + adminFreezeWindow);
    stamp(chain, key);
    return null;
  },
  setActivityCutoffFactor: (chain, origin, { netuid, factorMilli }) => {
    const { state, journal } = chain;
    const refused = checkOwnerOrRoot(state, netuid, origin);
    if (refused !== null) return refused;
    if (factorMilli < MIN_CUTOFF_FACTOR || factorMilli > MAX_CUTOFF_FACTOR)
      return "ActivityCutoffFactorMilliOutOfBounds";
    const key = parameterStamp(netuid, "ActivityCutoffFactor");
    if (origin !== "root") {
      if (!isWindowOpen(state, netuid)) return "AdminActionProhibitedDuringWeightsWindow";
      if (!hasPassed(state, key, ownerInterval(chain, netuid))) return "TxRateLimitExceeded";
      stamp(chain, key);
    }
    const subnet = state.subnets.get(netuid);
    if (subnet !== undefined) journal.set(subnet.parameters, "activityCutoffFactorMilli", factorMilli);
    return null;
  },
};
