import { beginRounds, rounds, type RoundState } from "../../acting/rounds.ts";
import { observe, weigh, type Score } from "../../acting/weigh.ts";
import { count, number } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

interface State {
  readonly rounds: RoundState;
  /** By netuid: the epoch of the last measurement, and what it gave. */
  readonly measured: Readonly<Record<string, { readonly epoch: number; readonly scores: readonly Score[] }>>;
}

/**
 * Knows the answers of the miners as they were some epochs ago. Wants to look active at little cost. Measures seldom and
 * sends the old result again in between.
 */
export const stale = defineStrategy({
  name: "stale",
  role: "validator",
  summary: "measures miners only every so many epochs and repeats the old weights in between",
  parameters: {
    every: count(10, "Epochs between two measurements.", 1, 100_000),
    noise: number(0.1, "Blur of a measurement: the quality is multiplied by e^(noise * standard normal)."),
  },
  hotkeys: () => 1,
  begin: (random): State => ({ rounds: beginRounds(random), measured: {} }),
  wake(view, random, state, { every, noise }) {
    const hotkey = view.agent.hotkeys[0]!;
    const measured = { ...state.measured };
    const result = rounds(view, state.rounds, (subnet) => {
      const { netuid, lastEpochBlock, tempo } = subnet;
      const last = measured[netuid];
      const current =
        last !== undefined && lastEpochBlock - last.epoch < every * tempo
          ? last
          : { epoch: lastEpochBlock, scores: observe(view, subnet, hotkey, noise, random) };
      measured[netuid] = current;
      return weigh(view, subnet, hotkey, current.scores);
    });
    return { ...result, state: { rounds: result.state, measured } };
  },
});
