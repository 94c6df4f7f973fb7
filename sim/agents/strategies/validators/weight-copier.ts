import { beginRounds, rounds, type RoundState } from "../../acting/rounds.ts";
import { weigh, type Score } from "../../acting/weigh.ts";
import { count, number } from "../../parameters.ts";
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

/** The last of these and a part of its difference from the one before; nothing below 0. */
function extrapolated(latest: readonly Score[], before: readonly Score[], trend: number): readonly Score[] {
  if (trend === 0) return latest;
  const earlier = new Map(before.map(({ uid, value }) => [uid, value]));
  return latest.map(({ uid, value }) => ({
    uid,
    value: Math.max(0, value + trend * (value - (earlier.get(uid) ?? value))),
  }));
}

/**
 * Knows the weights of the others as far as they are on chain; asks no miner. Wants their dividends without the work.
 * Sends the stake-weighted mean of all weights that it can see, if it likes an older one.
 */
export const weightCopier = defineStrategy({
  name: "weight-copier",
  role: "validator",
  summary: "sends the stake-weighted mean of the others' visible weights",
  parameters: {
    delay: count(0, "Epochs by which it copies later than it could.", 0, 1_000),
    trend: number(0, "Part of the last change that it expects again; 0 = it sends what it has seen."),
  },
  hotkeys: () => 1,
  begin: (random): State => ({ rounds: beginRounds(random), seen: {} }),
  wake(view, _random, state, { delay, trend }) {
    const hotkey = view.agent.hotkeys[0]!;
    const seen = { ...state.seen };
    const result = rounds(view, state.rounds, (subnet) => {
      const history = [...(seen[subnet.netuid] ?? []), visibleWeights(subnet, subnet.uidOf(hotkey))].slice(
        -(delay + 2),
      );
      seen[subnet.netuid] = history;
      const [latest, before] = [history.at(-1 - delay), history.at(-2 - delay)];
      if (latest === undefined) return [];
      return weigh(view, subnet, hotkey, extrapolated(latest, before ?? latest, trend));
    });
    return { ...result, state: { rounds: result.state, seen } };
  },
});
