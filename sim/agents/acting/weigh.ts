/** How a validator sends weights, in the open or as a timelock commit, whichever the subnet asks for. */
import type { AccountId } from "../../chain/index.ts";
import type { RandomStream } from "../../engine/random.ts";
import { drawNormal } from "../../engine/normal.ts";
import { stableExp } from "../../../kernels/stable-math.ts";
import type { Submission } from "../strategy.ts";
import type { ChainView } from "../view/chain-view.ts";
import type { SubnetView } from "../view/subnet-view.ts";
import { sign } from "./sign.ts";

/** What a validator thinks a neuron is worth, on any scale. */
export interface Score {
  readonly uid: number;
  readonly value: number;
}

const U16 = 65_535;
/** Blocks before the reveal at which a client wants its beacon round to be out. */
const ROUND_MARGIN = 2;

/** Whether a validator's weights would be taken now: registered, permitted, and not too soon after the last ones. */
export function mayWeigh(view: ChainView, subnet: SubnetView, hotkey: AccountId): boolean {
  const uid = subnet.uidOf(hotkey);
  if (uid === undefined) return false;
  if (!subnet.validatorPermit(uid) && subnet.ownerHotkey !== hotkey) return false;
  const last = subnet.lastUpdate(uid);
  return last === 0 || view.block - last >= Number(subnet.hyperparameters.weightsSetRateLimit);
}

/** Entries by uid, scaled to u16, filled up with zeros where the subnet wants more of them. */
function entries(subnet: SubnetView, scores: readonly Score[], least: number): Score[] {
  const largest = scores.reduce((most, { value }) => Math.max(most, value), 0);
  if (largest === 0) return [];
  const scaled = new Map<number, number>();
  for (const { uid, value } of scores)
    if (value > 0 && uid < subnet.count) scaled.set(uid, Math.round((value / largest) * U16));
  for (let uid = 0; scaled.size < Math.min(least, subnet.count); uid++)
    if (!scaled.has(uid)) scaled.set(uid, 0);
  return Array.from(scaled, ([uid, value]) => ({ uid, value })).sort((a, b) => a.uid - b.uid);
}

/**
 * The call that sends these weights; none when they are all zero or would be refused.
 * @param lateBy blocks after the reveal block at which a commit can be opened: it misses its epoch
 */
export function weigh(
  view: ChainView,
  subnet: SubnetView,
  hotkey: AccountId,
  scores: readonly Score[],
  lateBy = 0,
): Submission[] {
  if (!mayWeigh(view, subnet, hotkey)) return [];
  const { commitRevealWeightsEnabled, revealPeriodEpochs, minAllowedWeights, weightsVersionKey } =
    subnet.hyperparameters;
  const list = entries(subnet, scores, minAllowedWeights);
  if (list.length === 0) return [];
  const uids = list.map(({ uid }) => uid);
  const values = list.map(({ value }) => value);
  const { netuid, tempo, nextEpochBlock } = subnet;
  if (!commitRevealWeightsEnabled)
    return [
      sign(hotkey, "setWeights", { netuid, dests: uids, weights: values, versionKey: weightsVersionKey }),
    ];
  const revealBlock = nextEpochBlock + (revealPeriodEpochs - 1) * tempo;
  const revealRound = Math.max(view.block, revealBlock - ROUND_MARGIN);
  return [
    sign(hotkey, "commitTimelockedWeights", {
      netuid,
      commit: { uids, values, versionKey: weightsVersionKey },
      revealRound,
      availableAt: lateBy > 0 ? revealBlock + lateBy : null,
      commitRevealVersion: view.commitRevealVersion,
    }),
  ];
}

/** What a validator measures: the quality of every neuron but its own, each blurred by a factor `e^(noise * normal)`. */
export function observe(
  view: ChainView,
  subnet: SubnetView,
  hotkey: AccountId,
  noise: number,
  random: RandomStream,
): Score[] {
  const own = subnet.uidOf(hotkey);
  const scores: Score[] = [];
  for (let uid = 0; uid < subnet.count; uid++) {
    if (uid === own) continue;
    const quality = view.measure(subnet.netuid, uid);
    if (quality <= 0) continue;
    scores.push({ uid, value: noise === 0 ? quality : quality * stableExp(noise * drawNormal(random)) });
  }
  return scores;
}

/** The same scores as parts of their sum; none when all are zero. */
export function shares(scores: readonly Score[]): Score[] {
  const sum = scores.reduce((total, { value }) => total + value, 0);
  return sum === 0 ? [] : scores.map(({ uid, value }) => ({ uid, value: value / sum }));
}

/** Two opinions in one: `part` of the second. */
export function mixed(first: readonly Score[], second: readonly Score[], part: number): Score[] {
  const sum = new Map<number, number>();
  const add = (scores: readonly Score[], factor: number): void => {
    for (const { uid, value } of shares(scores)) sum.set(uid, (sum.get(uid) ?? 0) + factor * value);
  };
  add(first, 1 - part);
  add(second, part);
  return Array.from(sum, ([uid, value]) => ({ uid, value }));
}
