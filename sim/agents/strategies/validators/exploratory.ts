import { beginRounds, rounds } from "../../acting/rounds.ts";
import { mixed, observe, weigh, type Score } from "../../acting/weigh.ts";
import { count, number, ratio } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/**
 * Knows the answers of the miners. Wants bonds in miners before the others have them. Puts a part of its weight on good
 * miners that earn least so far.
 */
export const exploratory = defineStrategy({
  name: "exploratory",
  role: "validator",
  summary: "puts a part of its weight on good miners that hardly earn yet",
  parameters: {
    part: ratio(0.2, "Part of the weight for discoveries."),
    discoveries: count(5, "How many miners share it.", 1, 256),
    noise: number(0.1, "Blur of a measurement: the quality is multiplied by e^(noise * standard normal)."),
  },
  hotkeys: () => 1,
  begin: (random) => beginRounds(random),
  wake(view, random, state, { part, discoveries, noise }) {
    const hotkey = view.agent.hotkeys[0]!;
    return rounds(view, state, (subnet) => {
      const measured = observe(view, subnet, hotkey, noise, random);
      const finds = measured
        .map(({ uid, value }): Score => ({ uid, value: value / (1 + subnet.count * subnet.incentive(uid)) }))
        .sort((a, b) => b.value - a.value || a.uid - b.uid)
        .slice(0, discoveries);
      return weigh(view, subnet, hotkey, mixed(measured, finds, part));
    });
  },
});
