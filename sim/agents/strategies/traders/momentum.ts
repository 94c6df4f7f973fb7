import { stake, unstake } from "../../acting/moves.ts";
import { above, portion, RESERVE } from "../../acting/sign.ts";
import { duration, number, ratio } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/**
 * Knows prices, now and as it last saw them. Wants to ride what moves. Buys what rose by more than its threshold since its
 * last look, sells what fell by as much; holds through its own hotkey.
 */
export const momentum = defineStrategy({
  name: "momentum",
  role: "trader",
  summary: "buys what has risen and sells what has fallen",
  parameters: {
    threshold: number(0.02, "Change since the last look at which it acts: 0.02 = 2 %."),
    part: ratio(0.2, "Part of its money that one purchase takes."),
    every: duration(300, "Blocks between two looks."),
  },
  hotkeys: () => 1,
  begin: () => ({ prices: {} as Readonly<Record<string, number>> }),
  wake(view, _random, state, { threshold, part, every }) {
    const hotkey = view.agent.hotkeys[0]!;
    const free = portion(above(view.balance(), RESERVE), part);
    const prices: Record<string, number> = {};
    const submissions = view.subnets.flatMap(({ netuid, price, tradable }) => {
      const before = state.prices[netuid];
      prices[netuid] = price;
      if (netuid === 0 || !tradable || before === undefined || before === 0) return [];
      const change = price / before - 1;
      if (change > threshold) return stake(view, hotkey, netuid, free);
      const alpha = change < -threshold ? view.stakeOf(hotkey, netuid) : 0n;
      return unstake(view, { hotkey, netuid, alpha }, alpha);
    });
    return { submissions, state: { prices }, nextWake: view.block + every };
  },
});
