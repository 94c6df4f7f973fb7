import { best, move, places, stake, yieldOf } from "../../acting/moves.ts";
import { above, portion, RESERVE } from "../../acting/sign.ts";
import { duration, number, ratio } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/**
 * Knows the dividends of all validators on its subnets. Wants the highest yield. Compares now and then what its stakes
 * earn with the best place; moves a part of what lags far enough behind, and stakes its free TAO there.
 */
export const yieldChasing = defineStrategy({
  name: "yield-chasing",
  role: "delegator",
  summary: "moves stake to the best yield once the difference is large enough",
  parameters: {
    inertia: number(0.25, "How much better the best place must be before it moves: 0.25 = by a quarter."),
    part: ratio(0.5, "Part of a stake, and of its free TAO, that it moves at once."),
    every: duration(7_200, "Mean blocks between two comparisons."),
  },
  hotkeys: () => 1,
  begin: () => ({}),
  wake(view, random, state, { inertia, part, every }) {
    const top = best(places(view, view.agent.subnets));
    const nextWake = view.block + 1 + random.below(2 * every);
    if (top === undefined) return { submissions: [], state, nextWake };
    const lagging = view
      .holdings()
      .filter(({ hotkey, netuid }) => yieldOf(view, hotkey, netuid) * (1 + inertia) < top.gain);
    return {
      submissions: [
        ...lagging.flatMap((holding) =>
          move(view, holding, top.hotkey, top.netuid, portion(holding.alpha, part)),
        ),
        ...stake(view, top.hotkey, top.netuid, portion(above(view.balance(), RESERVE), part)),
      ],
      state,
      nextWake,
    };
  },
});
