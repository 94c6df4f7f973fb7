/**
 * Timelock commits and their automatic reveal (spec/weights.md 4). The random beacon is modelled by blocks: round b is
 * stored in block b, so it can be used from the start of block b + 1 on, later where the commit says so.
 */
import { signed, type Handlers } from "../calls/call.ts";
import type { Chain, Outcome } from "../chain.ts";
import { deferredAtStart, epochIndexAhead } from "../coinbase/schedule.ts";
import { isError } from "../errors.ts";
import { ROOT, type AccountId, type Mechanism, type Netuid, type NetworkState } from "../state/network.ts";
import { committerOf } from "./hashCommits.ts";
import { applyWeights } from "./setWeights.ts";

interface TimelockArguments {
  readonly netuid: Netuid;
  /** The encrypted payload, known to the simulator. */
  readonly commit: {
    readonly uids: readonly number[];
    readonly values: readonly number[];
    readonly versionKey: bigint;
  };
  /** Beacon round = block that stores it. */
  readonly revealRound: number;
  /** First block at whose start the round can be used; null = the block after `revealRound`. */
  readonly availableAt: number | null;
}

interface VersionedArguments extends TimelockArguments {
  readonly commitRevealVersion: number;
}

export interface TimelockCalls {
  commitTimelockedWeights: VersionedArguments;
  commitTimelockedMechanismWeights: VersionedArguments & { readonly mecid: number };
  commitCrv3MechanismWeights: TimelockArguments & { readonly mecid: number };
}

/** The version that the call without version argument stands for. */
const CRV3_VERSION = 4;

/** Whether the beacon round is already past (gate 4d of spec/calls.md 2). */
export const isPastRound = ({ block }: NetworkState, revealRound: number): boolean => revealRound < block;

function commitTimelocked(
  chain: Chain,
  hotkey: AccountId,
  mechanism: number,
  version: number,
  { netuid, commit, revealRound, availableAt }: TimelockArguments,
): Outcome {
  const { state, journal, protocol } = chain;
  const subnet = state.subnets.get(netuid);
  if (subnet?.mechanisms[mechanism] === undefined) return "MechanismDoesNotExist";
  if (!subnet.parameters.commitRevealWeightsEnabled) return "CommitRevealDisabled";
  if (version !== state.parameters.commitRevealVersion) return "IncorrectCommitRevealVersion";
  const committer = committerOf(state, hotkey, netuid, mechanism);
  if (isError(committer)) return committer;
  const { stored, uid } = committer;
  const epoch = epochIndexAhead(state, netuid);
  const queue = stored.timelockCommits.get(epoch) ?? [];
  const open = queue.filter((entry) => entry.hotkey === hotkey).length;
  if (open >= protocol.constants.maxUnrevealedCommits) return "TooManyUnrevealedCommits";
  const entry = {
    hotkey,
    block: state.block,
    revealRound,
    availableAt: availableAt ?? revealRound + 1,
    ...commit,
  };
  journal.mapSet(stored.timelockCommits, epoch, [...queue, entry]);
  journal.set(stored.lastUpdate, uid, BigInt(state.block));
  return null;
}

/** Reveals what the epoch's queue allows; commits whose round is late stay. */
function revealQueue(
  chain: Chain,
  netuid: Netuid,
  mechanism: number,
  stored: Mechanism,
  epoch: number,
): void {
  const { state, journal } = chain;
  const queue = stored.timelockCommits.get(epoch);
  if (queue === undefined) return;
  const late = queue.filter(({ availableAt }) => availableAt > state.block);
  for (const { hotkey, availableAt, uids, values, versionKey } of queue)
    if (availableAt <= state.block)
      // A commit that fails its checks is dropped silently.
      journal.atomically(() => applyWeights(chain, hotkey, { netuid, mechanism, uids, values, versionKey }));
  if (late.length === 0) journal.mapDelete(stored.timelockCommits, epoch);
  else if (late.length < queue.length) journal.mapSet(stored.timelockCommits, epoch, late);
}

/** Step 3 of the block step: matured timelock commits of every subnet whose epoch is not deferred. */
export function revealTimelockedWeights(chain: Chain): void {
  const { state, journal } = chain;
  let deferred: ReadonlySet<Netuid> | null = null;
  for (const netuid of state.netuids) {
    const subnet = state.subnets.get(netuid);
    if (subnet === undefined || netuid === ROOT) continue;
    if (subnet.mechanisms.every(({ timelockCommits }) => timelockCommits.size === 0)) continue;
    deferred ??= new Set(deferredAtStart(state));
    if (deferred.has(netuid)) continue;
    const epoch = epochIndexAhead(state, netuid);
    const revealPeriod = subnet.parameters.revealPeriodEpochs;
    const due = Math.max(0, epoch - revealPeriod);
    for (const [mechanism, stored] of subnet.mechanisms.entries()) {
      for (const committed of stored.timelockCommits.keys())
        if (committed < due) journal.mapDelete(stored.timelockCommits, committed);
      if (epoch < revealPeriod) break;
      revealQueue(chain, netuid, mechanism, stored, due);
    }
  }
}

export const timelockCalls: Handlers<TimelockCalls> = {
  commitTimelockedWeights: signed((chain, hotkey, { commitRevealVersion, ...args }) =>
    commitTimelocked(chain, hotkey, 0, commitRevealVersion, args),
  ),
  commitTimelockedMechanismWeights: signed((chain, hotkey, { commitRevealVersion, mecid, ...args }) =>
    commitTimelocked(chain, hotkey, mecid, commitRevealVersion, args),
  ),
  commitCrv3MechanismWeights: signed((chain, hotkey, { mecid, ...args }) =>
    commitTimelocked(chain, hotkey, mecid, CRV3_VERSION, args),
  ),
};
