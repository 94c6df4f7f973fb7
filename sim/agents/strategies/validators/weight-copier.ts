import { beginRounds, rounds, type RoundState } from "../../acting/rounds.ts";
import { weigh, type Score } from "../../acting/weigh.ts";
import { count } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";
import type { SubnetView } from "../../view/subnet-view.ts";

interface State {
  readonly rounds: RoundState;
  /** By netuid: what it has seen, oldest first. */
  readonly seen: Readonly<Record<string, readonly (readonly Score[])[]>>;
}

/** The weights in force of all other validators, each row counted by the validator's share of stake. */
function visibleWeights(subnet: SubnetView, own: number | undefined): Score[] {
  const sum = new Map<number, number>();
  for (let uid = 0; uid < subnet.count; uid++) {
    if (uid === own) continue;
    const row = subnet.weights(uid);
    const total = row.reduce((all, [, weight]) => all + weight, 0);
    if (total === 0) continue;
    const stake = subnet.stakeWeight(uid);
    for (const [target, weight] of row) sum.set(target, (sum.get(target) ?? 0) + (stake * weight) / total);
  }
  return Array.from(sum, ([uid, value]) => ({ uid, value })).sort((a, b) => a.uid - b.uid);
}

/**
 * Knows the weights of the others as far as they are on chain; asks no miner. Wants their dividends without the work.
 * Sends the stake-weighted mean of all weights that it can see, if it likes an older one.
 */
export const weightCopier = defineStrategy({
  name: "weight-copier",
  role: "validator",
  summary: "sends the stake-weighted mean of the others' visible weights",
  parameters: { delay: count(0, "Epochs by which it copies later than it could.", 0, 1_000) },
  hotkeys: () => 1,
  begin: (random): State => ({ rounds: beginRounds(random), seen: {} }),
  wake(view, _random, state, { delay }) {
    const hotkey = view.agent.hotkeys[0]!;
    const seen = { ...state.seen };
    const result = rounds(view, state.rounds, (subnet) => {
      const history = [...(seen[subnet.netuid] ?? []), visibleWeights(subnet, subnet.uidOf(hotkey))].slice(
        -(delay + 1),
      );
      seen[subnet.netuid] = history;
      return history.length <= delay ? [] : weigh(view, subnet, hotkey, history[0] ?? []);
    });
    return { ...result, state: { rounds: result.state, seen } };
  },
});
