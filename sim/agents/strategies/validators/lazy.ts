import { beginRounds, rounds } from "../../acting/rounds.ts";
import { weigh, type Score } from "../../acting/weigh.ts";
import { ratio } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/**
 * Knows who is registered, asks nobody. Wants dividends without work. Gives every neuron without a permit the same weight,
 * and often forgets to do even that.
 */
export const lazy = defineStrategy({
  name: "lazy",
  role: "validator",
  summary: "weighs all miners alike without asking them, and skips epochs",
  parameters: { skips: ratio(0.5, "Chance that it skips an epoch.") },
  hotkeys: () => 1,
  begin: (random) => beginRounds(random),
  wake(view, random, state, { skips }) {
    const hotkey = view.agent.hotkeys[0]!;
    return rounds(view, state, (subnet) => {
      if (random.uniform() < skips) return [];
      const scores: Score[] = [];
      for (let uid = 0; uid < subnet.count; uid++)
        if (!subnet.validatorPermit(uid)) scores.push({ uid, value: 1 });
      return weigh(view, subnet, hotkey, scores);
    });
  },
});
