import { drawNormal } from "../../../engine/normal.ts";
import { stableExp } from "../../../../kernels/stable-math.ts";
import { register, sellEarnings, serve } from "../../acting/serve.ts";
import { amount, duration, flag, number } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/**
 * Knows its own quality. Wants to mine. Its quality wanders: at every step the logarithm moves by a normal draw and is
 * pulled back towards where it began.
 */
export const driftingQuality = defineStrategy({
  name: "drifting-quality",
  role: "miner",
  summary: "answers with a quality that wanders around its mean",
  parameters: {
    quality: number(1, "Mean quality of its answers."),
    volatility: number(0.1, "Standard deviation of a step of the logarithm."),
    pull: number(0.05, "Part of the distance to the mean that a step takes back.", 0, 1),
    every: duration(7_200, "Blocks between two steps."),
    sells: flag(false, "Whether it sells what it earns."),
    registration_limit: amount(100_000_000_000n, "Most TAO that it pays for a registration."),
  },
  hotkeys: () => 1,
  begin: () => ({ deviation: 0 }),
  wake(view, random, state, { quality, volatility, pull, every, sells, registration_limit }) {
    const deviation = state.deviation * (1 - pull) + volatility * drawNormal(random);
    return {
      submissions: [...register(view, registration_limit), ...(sells ? sellEarnings(view, 0n) : [])],
      state: { deviation },
      services: serve(view, quality * stableExp(deviation)),
      nextWake: view.block + every,
    };
  },
});
