import { register, sellEarnings, serve } from "../../acting/serve.ts";
import { amount, duration, flag, number } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/**
 * Knows its own quality. Wants to mine for ever. Answers with the same quality all the time, registers where it is not
 * (if the price is right), and sells what it earns now and then, if it is to.
 */
export const fixedQuality = defineStrategy({
  name: "fixed-quality",
  role: "miner",
  summary: "answers with the same quality all the time",
  parameters: {
    quality: number(1, "Quality of its answers."),
    registers: flag(true, "Whether it registers where it is not registered."),
    registration_limit: amount(100_000_000_000n, "Most TAO that it pays for a registration."),
    sells: flag(false, "Whether it sells what it earns."),
    every: duration(7_200, "Blocks between two looks at its registration and its earnings."),
  },
  hotkeys: () => 1,
  begin: (random) => ({ started: false, moment: random.uniform() }),
  wake(view, _random, state, { quality, registers, registration_limit, sells, every }) {
    return {
      submissions: [
        ...(registers ? register(view, registration_limit) : []),
        ...(sells ? sellEarnings(view, 0n) : []),
      ],
      state: { ...state, started: true },
      services: state.started ? [] : serve(view, quality),
      nextWake:
        !registers && !sells
          ? null
          : view.block + (state.started ? every : 1 + Math.floor(state.moment * every)),
    };
  },
});
