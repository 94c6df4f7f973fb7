import { sign } from "../../acting/sign.ts";
import { amount, count, duration } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/**
 * Knows what a registration costs. Wants others not to afford one. Registers one more of its hotkeys whenever the price has
 * fallen below a level, as long as it has any that is not registered, and never serves.
 */
export const slotGriefing = defineStrategy({
  name: "slot-griefing",
  role: "miner",
  summary: "buys registrations without use, so that their price stays above a level",
  parameters: {
    level: amount(1_000_000_000n, "Price of a registration below which it buys one, TAO."),
    identities: count(64, "Hotkeys that it goes round.", 1, 256),
    every: duration(10, "Blocks between two looks."),
  },
  hotkeys: ({ identities }) => identities,
  begin: () => ({ bought: 0 }),
  wake(view, _random, state, { level, every }) {
    const submissions = view.subnets.flatMap((subnet) => {
      const { netuid, burn } = subnet;
      if (burn >= level) return [];
      const { coldkey, hotkeys } = view.agent;
      const fresh = hotkeys.find((hotkey) => subnet.uidOf(hotkey) === undefined);
      return fresh === undefined
        ? []
        : [sign(coldkey, "registerLimit", { netuid, hotkey: fresh, limitPrice: level })];
    });
    return {
      submissions,
      state: { bought: state.bought + submissions.length },
      nextWake: view.block + every,
    };
  },
});
