import { stake, unstake } from "../../acting/moves.ts";
import { above, portion, RESERVE } from "../../acting/sign.ts";
import { duration, number, ratio } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/**
 * Knows the price and the slow price of every subnet. Wants prices back where they were. Buys where the price is below the
 * slow one by more than its threshold, sells what it holds where it is above; holds through its own hotkey.
 */
export const arbitrage = defineStrategy({
  name: "arbitrage",
  role: "trader",
  summary: "buys below and sells above the slow price of each subnet",
  parameters: {
    threshold: number(0.05, "Distance from the slow price at which it acts: 0.05 = 5 %."),
    part: ratio(0.1, "Part of its money, or of a position, that one trade takes."),
    every: duration(50, "Blocks between two looks."),
  },
  hotkeys: () => 1,
  begin: () => ({}),
  wake(view, _random, state, { threshold, part, every }) {
    const hotkey = view.agent.hotkeys[0]!;
    const free = portion(above(view.balance(), RESERVE), part);
    const submissions = view.subnets.flatMap((subnet) => {
      const { netuid, price, movingPrice, tradable } = subnet;
      if (netuid === 0 || !tradable || movingPrice === 0) return [];
      const distance = price / movingPrice - 1;
      if (distance < -threshold) return stake(view, hotkey, netuid, free);
      const alpha = distance > threshold ? view.stakeOf(hotkey, netuid) : 0n;
      return unstake(view, { hotkey, netuid, alpha }, portion(alpha, Math.max(part, 0.5)));
    });
    return { submissions, state, nextWake: view.block + every };
  },
});
