import { stake } from "../../acting/moves.ts";
import { above, portion, RESERVE, sign } from "../../acting/sign.ts";
import { duration, flag, netuid as subnet, ratio } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/** Blocks between a purchase and the lock of what it brought. */
const SETTLES = 2;

/**
 * Knows that locked alpha grows into conviction, and that the hotkey with most of it can become the owner. Wants the subnet.
 * Buys alpha once with a part of its TAO, locks all that it has for its own hotkey, and locks what that earns later.
 */
export const locking = defineStrategy({
  name: "locking",
  role: "trader",
  summary: "buys one subnet's alpha and locks it, to become the owner",
  parameters: {
    netuid: subnet(1, "The subnet."),
    part: ratio(0.9, "Part of its free TAO that it puts in."),
    locks: ratio(1, "Part of its alpha that it locks; 0 = none."),
    perpetual: flag(true, "Whether the lock stays (else it decays)."),
    every: duration(50_400, "Blocks between two additions to the lock."),
  },
  hotkeys: () => 1,
  begin: () => ({ bought: false, locked: 0n }),
  wake(view, _random, state, { netuid, part, locks, perpetual, every }) {
    const hotkey = view.agent.hotkeys[0]!;
    const { coldkey } = view.agent;
    if (!state.bought)
      return {
        submissions: [
          ...stake(view, hotkey, netuid, portion(above(view.balance(), RESERVE), part)),
          ...(perpetual && locks > 0 ? [sign(coldkey, "setPerpetualLock", { netuid, enabled: true })] : []),
        ],
        state: { ...state, bought: true },
        nextWake: view.block + SETTLES,
      };
    const more = portion(view.stakeOf(hotkey, netuid), locks) - state.locked;
    if (more <= 0n) return { submissions: [], state, nextWake: locks === 0 ? null : view.block + every };
    return {
      submissions: [sign(coldkey, "lockStake", { hotkey, netuid, amount: more })],
      state: { ...state, locked: state.locked + more },
      nextWake: view.block + every,
    };
  },
});
