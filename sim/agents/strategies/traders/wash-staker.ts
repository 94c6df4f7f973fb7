import { stake, unstake } from "../../acting/moves.ts";
import { above, portion, RESERVE } from "../../acting/sign.ts";
import { duration, netuid as subnet, ratio } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/**
 * Knows that emission follows the slow price. Wants more emission for one subnet without leaving money there. Buys, holds
 * long enough for the slow price to follow, sells, and begins again.
 */
export const washStaker = defineStrategy({
  name: "wash-staker",
  role: "trader",
  summary: "buys and sells one subnet's alpha in turn, to lift its slow price and with it its emission",
  parameters: {
    netuid: subnet(1, "The subnet."),
    part: ratio(0.9, "Part of its free TAO that it puts in."),
    holds: duration(7_200, "Blocks between purchase and sale."),
    rests: duration(300, "Blocks between sale and purchase."),
    starts: duration(0, "Blocks before it begins."),
  },
  hotkeys: () => 1,
  begin: () => ({ holding: false, waiting: true }),
  wake(view, _random, state, { netuid, part, holds, rests, starts }) {
    if (state.waiting && starts > 0)
      return {
        submissions: [],
        state: { holding: false, waiting: false },
        nextWake: view.block + starts,
      };
    const hotkey = view.agent.hotkeys[0]!;
    if (!state.holding)
      return {
        submissions: stake(view, hotkey, netuid, portion(above(view.balance(), RESERVE), part)),
        state: { holding: true, waiting: false },
        nextWake: view.block + holds,
      };
    const alpha = view.stakeOf(hotkey, netuid);
    return {
      submissions: unstake(view, { hotkey, netuid, alpha }, alpha),
      state: { holding: false, waiting: false },
      nextWake: view.block + rests,
    };
  },
});
