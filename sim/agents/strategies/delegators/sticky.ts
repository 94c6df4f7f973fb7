import { stake } from "../../acting/moves.ts";
import { above, portion, RESERVE } from "../../acting/sign.ts";
import { duration, number, population, ratio } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/**
 * Knows one validator, which it once chose. Wants to be left alone. Stakes a part of its free TAO on it at long intervals
 * and never moves anything.
 * With a tolerance it stakes all or nothing, up to a limit price.
 */
export const sticky = defineStrategy({
  name: "sticky",
  role: "delegator",
  summary: "stakes on one validator and stays",
  parameters: {
    to: population("Population of the validators among which it chooses once."),
    part: ratio(0.5, "Part of its free TAO that it stakes each time."),
    every: duration(50_400, "Mean blocks between two stakes."),
    tolerance: number(0, "Most that the price may rise until it has staked: 0.05 = 5 %; 0 = no limit."),
  },
  hotkeys: () => 1,
  begin: (random) => ({ choice: random.uint32() }),
  wake(view, random, state, { to, part, every, tolerance }) {
    const validators = view.members(to === "" ? undefined : to);
    const chosen = validators[state.choice % Math.max(1, validators.length)]?.hotkeys[0];
    const netuid = view.agent.subnets[state.choice % Math.max(1, view.agent.subnets.length)];
    const tao = portion(above(view.balance(), RESERVE), part);
    return {
      submissions:
        chosen === undefined || netuid === undefined ? [] : stake(view, chosen, netuid, tao, tolerance),
      state,
      nextWake: view.block + 1 + random.below(2 * every),
    };
  },
});
