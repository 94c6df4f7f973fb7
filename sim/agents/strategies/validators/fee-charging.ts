import { beginRounds, rounds } from "../../acting/rounds.ts";
import { sign } from "../../acting/sign.ts";
import { observe, weigh } from "../../acting/weigh.ts";
import { number, ratio } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

const U16 = 65_535;

/**
 * Knows that others can lend it their stake weight. Wants a part of what that earns. Sets its childkey take at the beginning,
 * and weighs miners as an honest validator does.
 */
export const feeCharging = defineStrategy({
  name: "fee-charging",
  role: "validator",
  summary: "weighs honestly, and keeps a part of what the stake weight of its parents earns",
  parameters: {
    childkey_take: ratio(0.18, "Part of the dividends of its parents that it keeps, 18 % at most."),
    noise: number(0.1, "Blur of a measurement: the quality is multiplied by e^(noise * standard normal)."),
  },
  hotkeys: () => 1,
  begin: (random) => ({ rounds: beginRounds(random), set: false }),
  wake(view, random, state, { childkey_take, noise }) {
    const { coldkey } = view.agent;
    const hotkey = view.agent.hotkeys[0]!;
    const take = Math.floor(childkey_take * U16);
    const first = state.set
      ? []
      : view.subnets.map(({ netuid }) => sign(coldkey, "setChildkeyTake", { hotkey, netuid, take }));
    const next = rounds(view, state.rounds, (subnet) =>
      weigh(view, subnet, hotkey, observe(view, subnet, hotkey, noise, random)),
    );
    return {
      ...next,
      submissions: [...first, ...next.submissions],
      state: { rounds: next.state, set: true },
    };
  },
});
