import { beginRounds, rounds } from "../../acting/rounds.ts";
import { mixed, observe, weigh } from "../../acting/weigh.ts";
import { number, ratio } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/**
 * Knows the answers of the miners. Wants incentive on top of its dividends. Puts a part of its weight on itself and the
 * rest where it belongs; with all of it on itself it needs no permit.
 */
export const selfWeighting = defineStrategy({
  name: "self-weighting",
  role: "validator",
  summary: "puts a part of its weight on itself",
  parameters: {
    part: ratio(1, "Part of the weight on itself."),
    noise: number(0.1, "Blur of a measurement: the quality is multiplied by e^(noise * standard normal)."),
  },
  hotkeys: () => 1,
  begin: (random) => beginRounds(random),
  wake(view, random, state, { part, noise }) {
    const hotkey = view.agent.hotkeys[0]!;
    return rounds(view, state, (subnet) => {
      const uid = subnet.uidOf(hotkey);
      if (uid === undefined) return [];
      const others = part === 1 ? [] : observe(view, subnet, hotkey, noise, random);
      return weigh(view, subnet, hotkey, mixed(others, [{ uid, value: 1 }], part));
    });
  },
});
