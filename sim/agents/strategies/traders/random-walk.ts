import { stableExp } from "../../../../kernels/stable-math.ts";
import { drawNormal } from "../../../engine/normal.ts";
import { stake, unstake } from "../../acting/moves.ts";
import { above, RESERVE } from "../../acting/sign.ts";
import { duration, netuid as subnet, number } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/**
 * Knows one price, and what it wants it to be: its logarithm walks with a drift and a volatility from where it was at first. Buys
 * or sells as much as brings a pool of equal weights there, as far as its TAO and its alpha go; what is lacking it makes up for at its next look.
 */
export const randomWalk = defineStrategy({
  name: "random-walk",
  role: "trader",
  summary:
    "trades so that one subnet's price follows a geometric Brownian motion, as demand from outside might",
  parameters: {
    netuid: subnet(1, "The subnet."),
    drift: number(0, "Mean growth of the price's logarithm per block.", -1, 1),
    volatility: number(0, "Standard deviation of the price's logarithm after one block.", 0, 1),
    every: duration(300, "Blocks between two trades."),
  },
  hotkeys: () => 1,
  begin: () => ({ target: 0 }),
  wake(view, random, state, { netuid, drift, volatility, every }) {
    const pool = view.subnet(netuid);
    if (pool === undefined || !pool.tradable) return { submissions: [], state, nextWake: view.block + every };
    const nextWake = view.block + every;
    if (state.target === 0) return { submissions: [], state: { target: pool.price }, nextWake };
    const step = drift * every + (volatility === 0 ? 0 : volatility * Math.sqrt(every) * drawNormal(random));
    const target = state.target * stableExp(step);
    const hotkey = view.agent.hotkeys[0]!;
    const alpha = view.stakeOf(hotkey, netuid);
    const part = Math.sqrt(target / pool.price) - 1;
    const submissions =
      part > 0
        ? stake(view, hotkey, netuid, least(above(view.balance(), RESERVE), scaled(pool.tao, part)))
        : unstake(view, { hotkey, netuid, alpha }, least(alpha, scaled(pool.alphaIn, 1 / (1 + part) - 1)));
    return { submissions, state: { target }, nextWake };
  },
});

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** An amount times a number that is not negative, rounded down. */
const scaled = (amount: bigint, factor: number): bigint => BigInt(Math.floor(Number(amount) * factor));
