/** Acting once per epoch on every subnet, at a moment of one's own. */
import type { RandomStream } from "../../engine/random.ts";
import type { Submission } from "../strategy.ts";
import type { ChainView } from "../view/chain-view.ts";
import type { SubnetView } from "../view/subnet-view.ts";

/** What an agent remembers to act once per epoch. */
export interface RoundState {
  /** Where in an epoch it acts, 0 to 1. */
  readonly moment: number;
  /** Epoch block of the last round, by netuid. */
  readonly done: Readonly<Record<string, number>>;
}

/** Everybody acts at a moment of his own, so that not all calls fall into one block. */
export const beginRounds = (random: RandomStream): RoundState => ({ moment: random.uniform(), done: {} });

/** Blocks at both ends of an epoch in which nobody acts: what comes too late misses it. */
const MARGIN = 5;

const momentIn = (epochBlock: number, tempo: number, moment: number): number =>
  epochBlock + MARGIN + Math.floor(moment * Math.max(1, tempo - 2 * MARGIN));

/** The rounds that are due. */
export interface Rounds {
  readonly submissions: Submission[];
  readonly state: RoundState;
  readonly nextWake: number | null;
}

/** Calls `act` for every subnet whose round is due, and says when the next one is. */
export function rounds(
  view: ChainView,
  state: RoundState,
  act: (subnet: SubnetView) => readonly Submission[],
): Rounds {
  const done: Record<string, number> = { ...state.done };
  const submissions: Submission[] = [];
  let nextWake = Number.POSITIVE_INFINITY;
  for (const subnet of view.subnets) {
    const { netuid, lastEpochBlock, tempo, nextEpochBlock } = subnet;
    const now = momentIn(lastEpochBlock, tempo, state.moment);
    if (done[netuid] !== lastEpochBlock && view.block >= now) {
      submissions.push(...act(subnet));
      done[netuid] = lastEpochBlock;
    }
    const next = done[netuid] === lastEpochBlock ? momentIn(nextEpochBlock, tempo, state.moment) : now;
    nextWake = Math.min(nextWake, Math.max(view.block + 1, next));
  }
  return {
    submissions,
    state: { moment: state.moment, done },
    nextWake: Number.isFinite(nextWake) ? nextWake : null,
  };
}
