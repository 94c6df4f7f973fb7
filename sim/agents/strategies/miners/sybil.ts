import { register, sellEarnings, serve } from "../../acting/serve.ts";
import { amount, count, duration, number } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/**
 * Knows its own quality. Wants more than one miner's share of incentive for one machine. Registers several hotkeys that
 * all give the same answers.
 */
export const sybil = defineStrategy({
  name: "sybil",
  role: "miner",
  summary: "answers with one quality under several hotkeys",
  parameters: {
    identities: count(5, "Hotkeys.", 1, 256),
    quality: number(1, "Quality of the answers of each."),
    every: duration(7_200, "Blocks between two looks at registrations and earnings."),
    registration_limit: amount(10_000_000_000n, "Most TAO that it pays for a registration."),
  },
  hotkeys: ({ identities }) => identities,
  begin: () => ({ started: false }),
  wake(view, _random, state, { quality, every, registration_limit }) {
    return {
      submissions: [...register(view, registration_limit), ...sellEarnings(view, 0n)],
      state: { started: true },
      services: state.started ? [] : serve(view, quality),
      nextWake: view.block + every,
    };
  },
});
