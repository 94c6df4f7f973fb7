import { sign } from "../../acting/sign.ts";
import { defineStrategy } from "../../strategy.ts";

/**
 * Knows its subnets. Wants them to live. Makes the start call where it is missing, and leaves its cut where it is: staked
 * on its own hotkey.
 */
export const honestOwner = defineStrategy({
  name: "honest",
  role: "owner",
  summary: "starts its subnets and keeps its cut staked",
  parameters: {},
  hotkeys: () => 1,
  begin: () => ({}),
  wake(view, _random, state) {
    const waiting = view.netuids.filter((netuid) => {
      const subnet = view.subnet(netuid);
      return subnet?.owner === view.agent.coldkey && !subnet.tradable;
    });
    return {
      submissions: waiting.map((netuid) => sign(view.agent.coldkey, "startCall", { netuid })),
      state,
      nextWake: waiting.length === 0 ? null : view.block + 7_200,
    };
  },
});
