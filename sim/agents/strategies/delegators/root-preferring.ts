import { ROOT } from "../../../chain/index.ts";
import { move, stake } from "../../acting/moves.ts";
import { above, portion, RESERVE, sign } from "../../acting/sign.ts";
import { duration, flag, population, ratio } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/**
 * Knows the validators of a population. Wants to be on root. Keeps its TAO there with the validator of the lowest take. If it
 * wants no alpha, its root dividends are sold, and whatever alpha it has moves to root; else they stay alpha.
 */
export const rootPreferring = defineStrategy({
  name: "root-preferring",
  role: "delegator",
  summary: "keeps everything on root, with the validator that takes least",
  parameters: {
    to: population("Population of the validators among which it chooses."),
    part: ratio(0.9, "Part of its free TAO that it stakes each time."),
    swaps: flag(
      true,
      "Whether root dividends are sold for TAO when they are claimed (else they stay alpha).",
    ),
    every: duration(14_400, "Mean blocks between two looks."),
  },
  hotkeys: () => 1,
  begin: () => ({ chosen: false }),
  wake(view, random, state, { to, part, swaps, every }) {
    const cheapest = view
      .members(to === "" ? undefined : to)
      .flatMap(({ hotkeys }) => hotkeys[0] ?? [])
      .reduce<number | undefined>(
        (best, hotkey) => (best === undefined || view.take(hotkey) < view.take(best) ? hotkey : best),
        undefined,
      );
    const nextWake = view.block + 1 + random.below(2 * every);
    if (cheapest === undefined) return { submissions: [], state, nextWake };
    return {
      submissions: [
        ...(state.chosen
          ? []
          : [
              sign(view.agent.coldkey, "setRootClaimType", {
                newRootClaimType: { kind: swaps ? "Swap" : "Keep" },
              }),
            ]),
        ...(swaps
          ? view.holdings().flatMap((holding) => move(view, holding, cheapest, ROOT, holding.alpha))
          : []),
        ...stake(view, cheapest, ROOT, portion(above(view.balance(), RESERVE), part)),
      ],
      state: { chosen: true },
      nextWake,
    };
  },
});
