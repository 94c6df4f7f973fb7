import { beginRounds, rounds } from "../../acting/rounds.ts";
import { sellEarnings, serve } from "../../acting/serve.ts";
import { sign } from "../../acting/sign.ts";
import { mixed, observe, weigh, type Score } from "../../acting/weigh.ts";
import { amount, count, ratio } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/**
 * Knows its subnets; its own first hotkey is their owner hotkey, whose weights need no permit. Wants the miners' part beside
 * its cut. Registers miners of its own, weighs them with its owner hotkey, and sells what they earn.
 */
export const selfMining = defineStrategy({
  name: "self-mining",
  role: "owner",
  summary: "registers miners of its own on its subnets, weighs them and sells what they earn",
  parameters: {
    miners: count(3, "Miners of its own.", 1, 64),
    part: ratio(1, "Part of its weight for them."),
    registration_limit: amount(10_000_000_000n, "Most TAO that it pays for a registration."),
  },
  hotkeys: ({ miners }) => 1 + miners,
  begin: (random) => ({ rounds: beginRounds(random), started: false }),
  wake(view, random, state, { part, registration_limit }) {
    const [owner, ...miners] = view.agent.hotkeys;
    const result = rounds(view, state.rounds, (subnet) => {
      if (subnet.owner !== view.agent.coldkey) return [];
      const { netuid } = subnet;
      const missing = miners.filter((hotkey) => subnet.uidOf(hotkey) === undefined);
      const own = miners.flatMap((hotkey): Score[] => {
        const uid = subnet.uidOf(hotkey);
        return uid === undefined ? [] : [{ uid, value: 1 }];
      });
      return [
        ...(subnet.burn > registration_limit
          ? []
          : missing.map((hotkey) =>
              sign(view.agent.coldkey, "registerLimit", { netuid, hotkey, limitPrice: registration_limit }),
            )),
        ...weigh(view, subnet, owner!, mixed(observe(view, subnet, owner!, 0, random), own, part)),
        ...sellEarnings(view, 0n),
      ];
    });
    return {
      ...result,
      state: { rounds: result.state, started: true },
      services: state.started ? [] : serve(view, 0.01).filter(({ hotkey }) => hotkey !== owner),
    };
  },
});
