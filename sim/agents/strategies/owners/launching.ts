import { sign } from "../../acting/sign.ts";
import { amount, count, duration } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/** Blocks after which it tries again what was refused or is too dear. */
const RETRY = 300;

/**
 * Knows what a subnet costs. Wants subnets of its own. Registers one as soon as it can afford it at a price that it likes,
 * starts it, and begins again until it has as many as it wants.
 */
export const launching = defineStrategy({
  name: "launching",
  role: "owner",
  summary: "registers new subnets and starts them",
  parameters: {
    launches: count(1, "Subnets that it registers.", 0, 1_000),
    after: duration(7_200, "Blocks before the first one.", 0),
    every: duration(7_200, "Blocks between two of them."),
    limit: amount(2_000_000_000_000n, "Most TAO that it pays for one."),
  },
  hotkeys: () => 1,
  begin: () => ({ launched: 0, notBefore: null as number | null }),
  wake(view, _random, state, { launches, after, every, limit }) {
    const { block } = view;
    const notBefore = state.notBefore ?? block + after;
    const fresh = view.outcomes.filter(
      ({ call, error }) => call === "registerNetwork" && error === null,
    ).length;
    const launched = state.launched + fresh;
    const earliest = fresh > 0 ? block + every : notBefore;
    const own = view.netuids.flatMap((netuid) => view.subnet(netuid) ?? []);
    const starts = own
      .filter(({ owner, tradable }) => owner === view.agent.coldkey && !tradable)
      .map(({ netuid }) => sign(view.agent.coldkey, "startCall", { netuid }));
    const cost = view.networkCost;
    const buys = launched < launches && block >= earliest && cost <= limit && view.balance() > cost;
    const done = launched >= launches && starts.length === 0;
    return {
      submissions: buys
        ? [...starts, sign(view.agent.coldkey, "registerNetwork", { hotkey: view.agent.hotkeys[0]! })]
        : starts,
      state: { launched, notBefore: earliest },
      nextWake: done ? null : buys || starts.length > 0 ? block + 1 : Math.max(earliest, block + RETRY),
    };
  },
});
