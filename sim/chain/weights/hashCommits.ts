/** Commits by hash and their reveals (spec/weights.md 3 and 5, spec/calls.md 5). */
import { accountBytes } from "../hashing/accountBytes.ts";
import type { Chain, Outcome } from "../chain.ts";
import { isError, type ChainError } from "../errors.ts";
import type { AccountId, HashCommit, Mechanism, Netuid, NetworkState, Subnet } from "../state/network.ts";
import { commitHash } from "./commitHash.ts";
import { epochIndexAhead } from "../coinbase/schedule.ts";
import { applyWeights, mayUpdateWeights, type SentWeights } from "./setWeights.ts";

/** Weights with the salt that hid them. */
export interface Reveal extends SentWeights {
  /** u16, each. */
  readonly salt: readonly number[];
}

/** The hash under which a hotkey must have committed `reveal`. */
export const revealHash = (
  hotkey: AccountId,
  { netuid, mechanism, uids, values, salt, versionKey }: Reveal,
): string => commitHash({ account: accountBytes(hotkey), netuid, mechanism, uids, values, salt, versionKey });

const isExpired = (commit: HashCommit, epoch: number, revealPeriod: number): boolean =>
  epoch > commit.epoch + revealPeriod;

const isOpen = (commit: HashCommit, epoch: number, revealPeriod: number): boolean =>
  epoch === commit.epoch + revealPeriod;

/** The subnet, mechanism and uid that a commit is for: COMMIT of spec/calls.md 5. */
export function committerOf(
  state: NetworkState,
  hotkey: AccountId,
  netuid: Netuid,
  mechanism: number,
): { subnet: Subnet; stored: Mechanism; uid: number } | ChainError {
  const subnet = state.subnets.get(netuid);
  const stored = subnet?.mechanisms[mechanism];
  if (subnet === undefined || stored === undefined) return "MechanismDoesNotExist";
  if (!subnet.parameters.commitRevealWeightsEnabled) return "CommitRevealDisabled";
  const uid = subnet.neurons.uidOf.get(hotkey);
  if (uid === undefined) return "HotKeyNotRegisteredInSubNet";
  if (!mayUpdateWeights(state, subnet, mechanism, uid)) return "CommittingWeightsTooFast";
  return { subnet, stored, uid };
}

/** A queue without the expired commits at its front. */
function withoutExpired(queue: readonly HashCommit[], epoch: number, revealPeriod: number): HashCommit[] {
  const first = queue.findIndex((commit) => !isExpired(commit, epoch, revealPeriod));
  return first < 0 ? [] : queue.slice(first);
}

/** Stores the hash of weights that follow later. */
export function commitWeights(
  chain: Chain,
  hotkey: AccountId,
  netuid: Netuid,
  mechanism: number,
  hash: string,
): Outcome {
  const { state, journal, protocol } = chain;
  const committer = committerOf(state, hotkey, netuid, mechanism);
  if (isError(committer)) return committer;
  const { subnet, stored, uid } = committer;
  const epoch = epochIndexAhead(state, netuid);
  const queue = withoutExpired(
    stored.hashCommits.get(hotkey) ?? [],
    epoch,
    subnet.parameters.revealPeriodEpochs,
  );
  if (queue.length >= protocol.constants.maxUnrevealedCommits) return "TooManyUnrevealedCommits";
  journal.mapSet(stored.hashCommits, hotkey, [...queue, { hash, epoch, block: state.block }]);
  journal.set(stored.lastUpdate, uid, BigInt(state.block));
  return null;
}

/** What a reveal works on: the queue without its expired front, and what was dropped. */
interface OpenQueue {
  readonly subnet: Subnet;
  readonly stored: Mechanism;
  readonly epoch: number;
  readonly queue: readonly HashCommit[];
  readonly dropped: readonly HashCommit[];
}

function openQueue(
  state: NetworkState,
  hotkey: AccountId,
  netuid: Netuid,
  mechanism: number,
): OpenQueue | ChainError {
  const subnet = state.subnets.get(netuid);
  if (subnet?.parameters.commitRevealWeightsEnabled === false) return "CommitRevealDisabled";
  const stored = subnet?.mechanisms[mechanism];
  const all = stored?.hashCommits.get(hotkey);
  if (subnet === undefined || stored === undefined || all === undefined) return "NoWeightsCommitFound";
  const epoch = epochIndexAhead(state, netuid);
  const queue = withoutExpired(all, epoch, subnet.parameters.revealPeriodEpochs);
  return { subnet, stored, epoch, queue, dropped: all.slice(0, all.length - queue.length) };
}

/** Where a hash stands in the queue; it must be open now. */
function openPosition({ subnet, epoch, queue, dropped }: OpenQueue, hash: string): number | ChainError {
  const lost = dropped.some((commit) => commit.hash === hash);
  if (queue.length === 0) return lost ? "ExpiredWeightCommit" : "NoWeightsCommitFound";
  const position = queue.findIndex((commit) => commit.hash === hash);
  const commit = queue[position];
  if (commit === undefined) return lost ? "ExpiredWeightCommit" : "InvalidRevealCommitHashNotMatch";
  return isOpen(commit, epoch, subnet.parameters.revealPeriodEpochs) ? position : "RevealTooEarly";
}

function storeQueue(
  { journal }: Chain,
  { hashCommits }: Mechanism,
  hotkey: AccountId,
  queue: readonly HashCommit[],
): void {
  if (queue.length === 0) journal.mapDelete(hashCommits, hotkey);
  else journal.mapSet(hashCommits, hotkey, [...queue]);
}

/** Reveals one commit; older ones that are still open are lost. */
export function revealWeights(chain: Chain, hotkey: AccountId, reveal: Reveal): Outcome {
  const open = openQueue(chain.state, hotkey, reveal.netuid, reveal.mechanism);
  if (isError(open)) return open;
  const position = openPosition(open, revealHash(hotkey, reveal));
  if (isError(position)) return position;
  storeQueue(chain, open.stored, hotkey, open.queue.slice(position + 1));
  return applyWeights(chain, hotkey, reveal);
}

/** Reveals several commits of one subnet; only those revealed leave the queue. */
export function revealBatch(
  chain: Chain,
  hotkey: AccountId,
  netuid: Netuid,
  reveals: readonly Reveal[],
): Outcome {
  const open = openQueue(chain.state, hotkey, netuid, 0);
  if (isError(open)) return open;
  let queue = open.queue;
  for (const reveal of reveals) {
    const position = openPosition({ ...open, queue }, revealHash(hotkey, reveal));
    if (isError(position)) return position;
    queue = queue.filter((_, i) => i !== position);
  }
  storeQueue(chain, open.stored, hotkey, queue);
  for (const reveal of reveals) {
    const outcome = applyWeights(chain, hotkey, reveal);
    if (outcome !== null) return outcome;
  }
  return null;
}

/** What is tested of a reveal before it is dispatched; expired commits still count (gate 4c of spec/calls.md 2). */
export function checkRevealGate(state: NetworkState, hotkey: AccountId, reveal: Reveal): Outcome {
  const subnet = state.subnets.get(reveal.netuid);
  const hash = revealHash(hotkey, reveal);
  const queue = subnet?.mechanisms[reveal.mechanism]?.hashCommits.get(hotkey) ?? [];
  const commit = queue.find((entry) => entry.hash === hash);
  if (subnet === undefined || commit === undefined) return "NoWeightsCommitFound";
  const epoch = epochIndexAhead(state, reveal.netuid);
  return isOpen(commit, epoch, subnet.parameters.revealPeriodEpochs) ? null : "RevealTooEarly";
}
