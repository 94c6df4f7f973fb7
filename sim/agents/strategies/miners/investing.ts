import { register, sellEarnings, serve } from "../../acting/serve.ts";
import { tokens } from "../../acting/sign.ts";
import { amount, count, duration, number } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/** Blocks of a day. */
const DAY = 7_200;

/**
 * Knows what its machine costs and what it earns. Wants a profit. Sells its earnings, and counts as income what its last
 * epochs were worth; once that has been below the cost for its whole patience it stops answering and goes home.
 */
export const investing = defineStrategy({
  name: "investing",
  role: "miner",
  summary: "mines as long as its income covers its cost",
  parameters: {
    quality: number(1, "Quality of its answers."),
    cost: amount(1_000_000_000n, "TAO that a day of mining costs, on each subnet."),
    patience: count(7, "Looks in a row at a loss before it leaves.", 1, 10_000),
    every: duration(DAY, "Blocks between two looks."),
    registration_limit: amount(10_000_000_000n, "Most TAO that it pays for a registration."),
  },
  hotkeys: () => 1,
  begin: () => ({ losses: 0, looked: false }),
  wake(view, _random, state, { quality, cost, patience, every, registration_limit }) {
    const income = view.subnets.reduce((total, subnet) => {
      const uid = subnet.uidOf(view.agent.hotkeys[0]!);
      const perEpoch = uid === undefined ? 0 : tokens(subnet.emission(uid)) * subnet.price;
      return total + (perEpoch * DAY) / Math.max(1, subnet.tempo);
    }, 0);
    const pays = income >= tokens(cost) * view.agent.subnets.length;
    const losses = !state.looked || pays ? 0 : state.losses + 1;
    const leaves = losses >= patience;
    return {
      submissions: [...sellEarnings(view, 0n), ...(leaves ? [] : register(view, registration_limit))],
      state: { losses, looked: true },
      services: leaves ? serve(view, 0) : state.looked ? [] : serve(view, quality),
      nextWake: leaves ? null : view.block + every,
    };
  },
});
