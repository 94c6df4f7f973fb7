import { beginRounds, rounds } from "../../acting/rounds.ts";
import { observe, weigh } from "../../acting/weigh.ts";
import { number } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/**
 * Knows the answers of the miners. Wants its weights to be right. Asks every miner once per epoch and weighs it by the
 * quality of its answers, as it perceives it.
 */
export const honest = defineStrategy({
  name: "honest",
  role: "validator",
  summary: "weighs miners once per epoch by what it measures, with noise",
  parameters: {
    noise: number(0.1, "Blur of a measurement: the quality is multiplied by e^(noise * standard normal)."),
  },
  hotkeys: () => 1,
  begin: (random) => beginRounds(random),
  wake(view, random, state, { noise }) {
    const hotkey = view.agent.hotkeys[0]!;
    return rounds(view, state, (subnet) =>
      weigh(view, subnet, hotkey, observe(view, subnet, hotkey, noise, random)),
    );
  },
});
