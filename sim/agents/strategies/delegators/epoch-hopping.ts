import { move } from "../../acting/moves.ts";
import { duration, flag, population } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/**
 * Knows when each epoch runs, and that dividends go to whoever is staked then. Wants to be there only for the payout.
 * Moves everything to a validator just before an epoch; afterwards back to its own hotkey, or on to the subnet that pays next.
 */
export const epochHopping = defineStrategy({
  name: "epoch-hopping",
  role: "delegator",
  summary: "is staked with a validator only in the block of an epoch",
  parameters: {
    to: population("Population of the validators among which it chooses once."),
    across: flag(
      false,
      "Whether it goes round its subnets (else it waits on its own hotkey on the same subnet).",
    ),
    ahead: duration(3, "Blocks before an epoch at which it moves in."),
    behind: duration(1, "Blocks behind an epoch at which it moves out."),
    starts: duration(1, "Blocks before it begins."),
  },
  hotkeys: () => 1,
  begin: () => ({ notBefore: null as number | null }),
  wake(view, _random, state, { to, across, ahead, behind, starts }) {
    const { block, agent } = view;
    const notBefore = state.notBefore ?? block + starts;
    const others = view.members(to === "" ? undefined : to).filter(({ name }) => name !== agent.name);
    const validator = others[agent.index % Math.max(1, others.length)]?.hotkeys[0];
    if (validator === undefined) return { submissions: [], state, nextWake: null };
    const again = { notBefore };
    if (block < notBefore) return { submissions: [], state: again, nextWake: notBefore };
    const subnets = [...view.subnets].sort((a, b) => a.nextEpochBlock - b.nextEpochBlock);
    const next = subnets[0];
    if (next === undefined) return { submissions: [], state: again, nextWake: null };
    const arrives = next.nextEpochBlock - ahead;
    const held = view.holdings().filter(({ netuid }) => agent.subnets.includes(netuid));
    if (block >= arrives)
      return {
        submissions: held.flatMap((from) => move(view, from, validator, next.netuid, from.alpha)),
        state: again,
        nextWake: next.nextEpochBlock + behind,
      };
    return {
      submissions: across
        ? []
        : held.flatMap((from) => move(view, from, agent.hotkeys[0]!, from.netuid, from.alpha)),
      state: again,
      nextWake: arrives,
    };
  },
});
