import { sign } from "../../acting/sign.ts";
import { duration, flag, ratio } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/**
 * Knows its cut. Wants a scarce alpha. Burns, or recycles, a part of the alpha that its hotkey holds for it on its subnets.
 */
export const burning = defineStrategy({
  name: "burning",
  role: "owner",
  summary: "burns the alpha that its cut brings",
  parameters: {
    part: ratio(1, "Part that it burns each time."),
    recycles: flag(false, "Whether the alpha can be emitted again (recycled) or belongs to nobody (burned)."),
    every: duration(7_200, "Blocks between two times."),
  },
  hotkeys: () => 1,
  begin: () => ({}),
  wake(view, _random, state, { part, recycles, every }) {
    const own = view.netuids.filter((netuid) => view.subnet(netuid)?.owner === view.agent.coldkey);
    const submissions = own.flatMap((netuid) => {
      const hotkey = view.subnet(netuid)?.ownerHotkey ?? view.agent.hotkeys[0]!;
      const held = view.stakeOf(hotkey, netuid);
      const amount = BigInt(Math.floor(Number(held) * part));
      return amount <= 0n
        ? []
        : [sign(view.agent.coldkey, recycles ? "recycleAlpha" : "burnAlpha", { hotkey, amount, netuid })];
    });
    return { submissions, state, nextWake: view.block + every };
  },
});
