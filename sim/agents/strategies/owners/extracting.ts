import { unstake } from "../../acting/moves.ts";
import { portion } from "../../acting/sign.ts";
import { duration, ratio } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/** Knows its cut. Wants TAO. Sells a part of the alpha that its hotkey holds for it on its subnets, again and again. */
export const extracting = defineStrategy({
  name: "extracting",
  role: "owner",
  summary: "sells the alpha that its cut brings",
  parameters: {
    part: ratio(1, "Part that it sells each time."),
    every: duration(7_200, "Blocks between two sales."),
  },
  hotkeys: () => 1,
  begin: () => ({}),
  wake(view, _random, state, { part, every }) {
    const own = view.netuids.filter((netuid) => view.subnet(netuid)?.owner === view.agent.coldkey);
    const submissions = own.flatMap((netuid) => {
      const hotkey = view.subnet(netuid)?.ownerHotkey ?? view.agent.hotkeys[0]!;
      const alpha = view.stakeOf(hotkey, netuid);
      return unstake(view, { hotkey, netuid, alpha }, portion(alpha, part));
    });
    return { submissions, state, nextWake: view.block + every };
  },
});
