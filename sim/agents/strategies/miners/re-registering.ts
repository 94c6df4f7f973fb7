import { sign } from "../../acting/sign.ts";
import { sellEarnings, serve } from "../../acting/serve.ts";
import { amount, count, duration, number } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/**
 * Knows when the immunity of its uid ends. Wants to stay registered without being good. Shortly before the end it registers
 * the next of its hotkeys, which is immune again, and lets the old one be pruned.
 */
export const reRegistering = defineStrategy({
  name: "re-registering",
  role: "miner",
  summary: "registers a fresh hotkey whenever the immunity of the last one ends",
  parameters: {
    quality: number(0.01, "Quality of its answers."),
    identities: count(4, "Hotkeys that it goes round.", 2, 64),
    ahead: duration(100, "Blocks before the end of immunity at which it acts."),
    registration_limit: amount(10_000_000_000n, "Most TAO that it pays for a registration."),
  },
  hotkeys: ({ identities }) => identities,
  begin: () => ({ started: false }),
  wake(view, _random, state, { quality, ahead, registration_limit }) {
    let nextWake = view.block + 7_200;
    const submissions = view.subnets.flatMap((subnet) => {
      const registered = view.agent.hotkeys.filter((hotkey) => subnet.uidOf(hotkey) !== undefined);
      const ends = registered.map(
        (hotkey) =>
          subnet.neuronRegisteredAt(subnet.uidOf(hotkey)!) + subnet.hyperparameters.immunityPeriod - ahead,
      );
      const latest = ends.reduce((last, end) => Math.max(last, end), 0);
      if (latest > view.block) {
        nextWake = Math.min(nextWake, latest);
        return [];
      }
      nextWake = Math.min(nextWake, view.block + ahead);
      const fresh = view.agent.hotkeys.find((hotkey) => !registered.includes(hotkey));
      return fresh === undefined || subnet.burn > registration_limit
        ? []
        : [
            sign(view.agent.coldkey, "registerLimit", {
              netuid: subnet.netuid,
              hotkey: fresh,
              limitPrice: registration_limit,
            }),
          ];
    });
    return {
      submissions: [...submissions, ...sellEarnings(view, 0n)],
      state: { started: true },
      services: state.started ? [] : serve(view, quality),
      nextWake,
    };
  },
});
