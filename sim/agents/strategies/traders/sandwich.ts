import { above, portion, RESERVE, sign, SMALLEST_STAKE } from "../../acting/sign.ts";
import { amount, ratio } from "../../parameters.ts";
import type { CallArguments } from "../../../chain/index.ts";
import { defineStrategy, type Submission } from "../../strategy.ts";
import type { ChainView } from "../../view/chain-view.ts";

/** A purchase that waits in the block. */
interface Purchase {
  readonly number: number;
  readonly netuid: number;
  /** Rao. */
  readonly amountStaked: bigint;
  /** Rao of TAO per whole alpha at which it is given up; null = at none. */
  readonly limitPrice: bigint | null;
}

/**
 * The most TAO, rao, that can be bought before a purchase so that it still goes through: in a balanced pool with T TAO the price
 * after buying d has grown by (1 + d / T)^2 (spec/pool.md 3), so d + what the victim buys may be T (sqrt(limit / price) - 1).
 */
function roomBefore(view: ChainView, { netuid, amountStaked, limitPrice }: Purchase): bigint {
  const pool = view.subnet(netuid);
  if (limitPrice === null) return view.balance();
  if (pool === undefined) return 0n;
  const both = Number(pool.tao) * (Math.sqrt(Number(limitPrice) / 1e9 / view.price(netuid)) - 1);
  // A millionth less, for what is rounded on the way.
  return BigInt(
    Math.max(0, Math.floor((both - Number(amountStaked)) * (1 - 1e-6) - Number(pool.tao) * 1e-6)),
  );
}

/**
 * Knows the calls that wait in the block; the scenario must make its population a searcher. Wants what others pay for
 * moving the price. Finds the largest purchase, buys directly before it, no more than its limit price bears, and sells the
 * same alpha directly behind it.
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
      .flatMap(({ number, call, args }): Purchase[] => {
        if (call !== "addStake" && call !== "addStakeLimit") return [];
        const { netuid, amountStaked, limitPrice } = args as Omit<
          CallArguments["addStakeLimit"],
          "limitPrice"
        > & {
          readonly limitPrice?: bigint;
        };
        return netuid === 0 || amountStaked < least
          ? []
          : [{ number, netuid, amountStaked, limitPrice: limitPrice ?? null }];
      })
      .reduce<Purchase | undefined>(
        (largest, one) => (largest === undefined || one.amountStaked > largest.amountStaked ? one : largest),
        undefined,
      );
    if (victim === undefined) return { submissions: [], state, nextWake };
    const room = roomBefore(view, victim);
    const wanted = portion(above(view.balance(), RESERVE), part);
    const tao = wanted < room ? wanted : room;
    if (tao < SMALLEST_STAKE) return { submissions: [], state, nextWake };
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
