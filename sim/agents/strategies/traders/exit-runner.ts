import { unstake } from "../../acting/moves.ts";
import { duration, ratio } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/**
 * Knows prices and the highest one that it has seen. Wants out before the others. Sells everything on a subnet as soon as
 * its price has fallen far enough below its peak, with calls that expire soon, so that they come before ordinary ones.
 */
export const exitRunner = defineStrategy({
  name: "exit-runner",
  role: "trader",
  summary: "sells everything once a price has fallen far enough from its peak",
  parameters: {
    fall: ratio(0.2, "Fall from the peak at which it runs."),
    every: duration(10, "Blocks between two looks."),
  },
  hotkeys: () => 1,
  begin: () => ({ peaks: {} as Readonly<Record<string, number>> }),
  wake(view, _random, state, { fall, every }) {
    const peaks: Record<string, number> = { ...state.peaks };
    for (const { netuid, price } of view.subnets) peaks[netuid] = Math.max(peaks[netuid] ?? 0, price);
    const submissions = view
      .holdings()
      .filter(({ netuid }) => netuid !== 0 && view.price(netuid) < (1 - fall) * (peaks[netuid] ?? 0))
      .flatMap((holding) => unstake(view, holding, holding.alpha))
      .map((submission) => ({ ...submission, lifetime: 8 }));
    return { submissions, state: { peaks }, nextWake: view.block + every };
  },
});
