import { beginRounds, rounds } from "../../acting/rounds.ts";
import { observe, weigh } from "../../acting/weigh.ts";
import { duration, number } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/**
 * Knows the answers of the miners. Wants to show its weights later than the rules intend. Commits to a beacon round that
 * comes after the reveal block, so that its weights miss the epoch they were meant for. Only commits can be late: where
 * weights are set in the open it is honest.
 */
export const lateCommitter = defineStrategy({
  name: "late-committer",
  role: "validator",
  summary: "commits weights that can be opened only after their reveal block",
  parameters: {
    late: duration(60, "Blocks after the reveal block."),
    noise: number(0.1, "Blur of a measurement: the quality is multiplied by e^(noise * standard normal)."),
  },
  hotkeys: () => 1,
  begin: (random) => beginRounds(random),
  wake(view, random, state, { late, noise }) {
    const hotkey = view.agent.hotkeys[0]!;
    return rounds(view, state, (subnet) =>
      weigh(view, subnet, hotkey, observe(view, subnet, hotkey, noise, random), late),
    );
  },
});
