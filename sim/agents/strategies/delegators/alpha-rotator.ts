import { move, places, stake } from "../../acting/moves.ts";
import { above, portion, RESERVE } from "../../acting/sign.ts";
import { duration, ratio } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/**
 * Knows prices, now and as it last saw them. Wants to hold the alpha that rises. Goes round: each time it moves a part of its
 * stake from the subnet whose price fell most to the one whose price rose most since its last look.
 */
export const alphaRotator = defineStrategy({
  name: "alpha-rotator",
  role: "delegator",
  summary: "rotates its stake from falling subnets to rising ones",
  parameters: {
    part: ratio(0.5, "Part of a stake that it moves."),
    every: duration(7_200, "Mean blocks between two moves."),
  },
  hotkeys: () => 1,
  begin: () => ({ prices: {} as Readonly<Record<string, number>> }),
  wake(view, random, state, { part, every }) {
    const prices: Record<string, number> = {};
    for (const { netuid, price } of view.subnets) prices[netuid] = price;
    const nextWake = view.block + 1 + random.below(2 * every);
    const rise = (netuid: number): number => {
      const before = state.prices[netuid];
      return before === undefined || before === 0 ? 0 : (prices[netuid] ?? 0) / before;
    };
    const ranked = places(view, view.agent.subnets)
      .filter(({ netuid }) => netuid !== 0)
      .sort((a, b) => rise(b.netuid) - rise(a.netuid) || b.gain - a.gain || a.hotkey - b.hotkey);
    const [top] = ranked;
    if (top === undefined) return { submissions: [], state: { prices }, nextWake };
    const worst = view
      .holdings()
      .filter(({ netuid }) => netuid !== top.netuid)
      .sort((a, b) => rise(a.netuid) - rise(b.netuid) || a.netuid - b.netuid || a.hotkey - b.hotkey)[0];
    return {
      submissions: [
        ...(worst === undefined ? [] : move(view, worst, top.hotkey, top.netuid, portion(worst.alpha, part))),
        ...stake(view, top.hotkey, top.netuid, portion(above(view.balance(), RESERVE), part)),
      ],
      state: { prices },
      nextWake,
    };
  },
});
