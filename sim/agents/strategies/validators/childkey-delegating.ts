import { sign } from "../../acting/sign.ts";
import { count, population, ratio } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/** 2^64 - 1: the whole of a stake weight. */
const WHOLE = 18_446_744_073_709_551_615n;
const DENOMINATOR = 1_000_000n;
/** Blocks after which it tries again what failed. */
const RETRY = 7_200;

/**
 * Knows the validators of a population. Wants dividends without validating. Makes one or some of them its children on each of its
 * subnets, so that its stake counts there, and sets no weights itself.
 */
export const childkeyDelegating = defineStrategy({
  name: "childkey-delegating",
  role: "validator",
  summary: "gives a part of its stake weight to children and sets no weights itself",
  parameters: {
    to: population(
      "Population of the validators that may become its children; it takes them from its own position on.",
    ),
    part: ratio(1, "Part of the stake weight, in equal shares."),
    children: count(1, "Children among which it is shared: the next ones in that population.", 1, 5),
  },
  hotkeys: () => 1,
  begin: () => ({ asked: [] as readonly number[] }),
  wake(view, _random, state, { to, part, children }) {
    const hotkey = view.agent.hotkeys[0]!;
    const others = view.members(to === "" ? undefined : to).filter(({ name }) => name !== view.agent.name);
    const chosen = Array.from({ length: Math.min(children, others.length) }, (_, i) => {
      return others[(view.agent.index + i) % others.length]!.hotkeys[0]!;
    });
    const refused = new Set(
      view.outcomes.flatMap(({ error, netuid }) => (error === null || netuid === null ? [] : [netuid])),
    );
    const asked = state.asked.filter((netuid) => !refused.has(netuid));
    const open = view.subnets.filter(({ netuid }) => !asked.includes(netuid));
    if (chosen.length === 0) return { submissions: [], state, nextWake: null };
    const proportion =
      (WHOLE / DENOMINATOR) * BigInt(Math.floor((part / chosen.length) * Number(DENOMINATOR)));
    return {
      submissions: open.map(({ netuid }) =>
        sign(view.agent.coldkey, "setChildren", {
          hotkey,
          netuid,
          children: chosen.map((child) => ({ proportion, hotkey: child })),
        }),
      ),
      state: { asked: [...asked, ...open.map(({ netuid }) => netuid)] },
      nextWake: view.block + RETRY,
    };
  },
});
