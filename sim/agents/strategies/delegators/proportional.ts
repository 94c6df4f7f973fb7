import { places, stake } from "../../acting/moves.ts";
import { above, portion, RESERVE } from "../../acting/sign.ts";
import { count, duration, ratio } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/**
 * Knows the dividends of all validators on its subnets. Wants a share of everything that is good. Spreads its free TAO over
 * the best places in proportion to what they yield, and never moves what lies.
 */
export const proportional = defineStrategy({
  name: "proportional",
  role: "delegator",
  summary: "spreads free TAO over validators in proportion to their yield",
  parameters: {
    places: count(5, "Most places at once.", 1, 256),
    part: ratio(0.5, "Part of its free TAO that it stakes each time."),
    every: duration(14_400, "Mean blocks between two stakes."),
  },
  hotkeys: () => 1,
  begin: () => ({}),
  wake(view, random, state, { places: most, part, every }) {
    const chosen = places(view, view.agent.subnets)
      .sort((a, b) => b.gain - a.gain || a.netuid - b.netuid || a.hotkey - b.hotkey)
      .slice(0, most);
    const sum = chosen.reduce((total, { gain }) => total + gain, 0);
    const tao = portion(above(view.balance(), RESERVE), part);
    return {
      submissions: chosen.flatMap(({ hotkey, netuid, gain }) =>
        stake(view, hotkey, netuid, portion(tao, gain / sum)),
      ),
      state,
      nextWake: view.block + 1 + random.below(2 * every),
    };
  },
});
