import { above, portion, RESERVE, sign, SMALLEST_STAKE } from "../../acting/sign.ts";
import { amount, ratio } from "../../parameters.ts";
import { defineStrategy, type Submission } from "../../strategy.ts";

/**
 * Knows the calls that wait in the block; the scenario must make its population a searcher. Wants what others pay for
 * moving the price. Finds the largest purchase without a limit, buys directly before it and sells the same alpha directly
 * behind it.
 */
export const sandwich = defineStrategy({
  name: "sandwich",
  role: "trader",
  summary: "buys before and sells behind a large purchase of somebody else (needs searcher: true)",
  parameters: {
    least: amount(10_000_000_000n, "Smallest purchase that it attacks, TAO."),
    part: ratio(0.9, "Part of its free TAO that it uses."),
  },
  hotkeys: () => 1,
  begin: () => ({}),
  wake(view, _random, state, { least, part }) {
    const hotkey = view.agent.hotkeys[0]!;
    const nextWake = view.block + 1;
    const victim = (view.pending ?? [])
      .flatMap(({ number, call, args }) => {
        if (call !== "addStake") return [];
        const { netuid, amountStaked } = args as { readonly netuid: number; readonly amountStaked: bigint };
        return netuid === 0 || amountStaked < least ? [] : [{ number, netuid, amountStaked }];
      })
      .reduce<{ number: number; netuid: number; amountStaked: bigint } | undefined>(
        (largest, one) => (largest === undefined || one.amountStaked > largest.amountStaked ? one : largest),
        undefined,
      );
    const tao = portion(above(view.balance(), RESERVE), part);
    if (victim === undefined || tao < SMALLEST_STAKE) return { submissions: [], state, nextWake };
    const { netuid, number } = victim;
    const alpha = view.stakeOf(hotkey, netuid) + view.quote(netuid, "buy", tao);
    const beside = (side: "before" | "behind", submission: Submission): Submission => ({
      ...submission,
      place: { beside: number, side },
    });
    return {
      submissions: [
        beside("before", sign(view.agent.coldkey, "addStake", { hotkey, netuid, amountStaked: tao })),
        beside("behind", sign(view.agent.coldkey, "removeStake", { hotkey, netuid, amountUnstaked: alpha })),
      ],
      state,
      nextWake,
    };
  },
});
