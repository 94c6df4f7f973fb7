import { best, places, stake, unstake } from "../../acting/moves.ts";
import { above, portion, RESERVE } from "../../acting/sign.ts";
import { amount, duration, flag, ratio } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/**
 * Knows prices and dividends, and that it moves prices itself. Wants a large position without paying for its own weight. Buys
 * the best place in slices that move the price by no more than it likes; sells in the same way, if it is to leave.
 */
export const whale = defineStrategy({
  name: "whale",
  role: "delegator",
  summary: "buys, or sells, a large stake in slices that hardly move the price",
  parameters: {
    slippage: ratio(0.01, "Most that one slice moves the price."),
    leaves: flag(false, "Whether it sells what it has instead of buying."),
    slice: amount(1_000_000_000_000n, "Largest slice, TAO or alpha."),
    every: duration(300, "Blocks between two slices."),
  },
  hotkeys: () => 1,
  begin: () => ({}),
  wake(view, _random, state, { slippage, leaves, slice, every }) {
    const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
    // A trade of a part p of a balanced pool's reserve moves its price by about 2p.
    const room = (reserve: bigint): bigint => least(slice, portion(reserve, slippage / 2));
    if (leaves) {
      const submissions = view.holdings().flatMap((holding) => {
        const subnet = view.subnet(holding.netuid);
        const most = holding.netuid === 0 || subnet === undefined ? slice : room(subnet.alphaIn);
        return unstake(view, holding, least(holding.alpha, most));
      });
      return { submissions, state, nextWake: view.block + every };
    }
    const top = best(places(view, view.agent.subnets));
    const pool = top === undefined ? undefined : view.subnet(top.netuid);
    const most = top?.netuid === 0 || pool === undefined ? slice : room(pool.tao);
    return {
      submissions:
        top === undefined
          ? []
          : stake(view, top.hotkey, top.netuid, least(above(view.balance(), RESERVE), most)),
      state,
      nextWake: view.block + every,
    };
  },
});
