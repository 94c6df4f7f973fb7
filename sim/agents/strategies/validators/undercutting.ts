import { beginRounds, rounds, type RoundState } from "../../acting/rounds.ts";
import { sign } from "../../acting/sign.ts";
import { observe, weigh } from "../../acting/weigh.ts";
import { count, duration, number, population, ratio } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

const U16 = 65_535;

interface RaisingState extends RoundState {
  /** Block in which it first woke. */
  readonly began: number | null;
}

/**
 * Knows the takes of its rivals. Wants their nominators. Weighs miners as an honest validator does, and every so many
 * epochs lowers its own take below the lowest of theirs, but never below what it needs. It may raise it again later, when
 * the nominators are there: it tries until the chain lets it.
 */
export const undercutting = defineStrategy({
  name: "undercutting",
  role: "validator",
  summary: "weighs honestly, and lowers its take below that of its rivals",
  parameters: {
    rivals: population("Population of the validators whose takes it goes below."),
    step: ratio(0.01, "How far it goes below the lowest take: 0.01 = one percentage point; 0 = never."),
    floor: ratio(0, "Lowest take that it accepts."),
    raises_after: duration(0, "Blocks after which it raises its take instead; 0 = never."),
    raised: ratio(0.18, "Take that it raises it to."),
    every: count(5, "Mean epochs between two looks at the takes of the others.", 1),
    noise: number(0.1, "Blur of a measurement: the quality is multiplied by e^(noise * standard normal)."),
  },
  hotkeys: () => 1,
  begin: (random): RaisingState => ({ ...beginRounds(random), began: null }),
  wake(view, random, state, { rivals, step, floor, raises_after, raised, every, noise }) {
    const { coldkey, name } = view.agent;
    const hotkey = view.agent.hotkeys[0]!;
    const began = state.began ?? view.block;
    const raises = raises_after > 0 && view.block - began >= raises_after;
    const round = rounds(view, state, (subnet) => {
      const weights = weigh(view, subnet, hotkey, observe(view, subnet, hotkey, noise, random));
      const looks = random.uniform() < 1 / every;
      if (step === 0 || !looks) return weights;
      const present = Math.round(view.take(hotkey) * U16);
      if (raises) {
        const take = Math.round(raised * U16);
        return take > present ? [...weights, sign(coldkey, "increaseTake", { hotkey, take })] : weights;
      }
      const lowest = view
        .members(rivals === "" ? undefined : rivals)
        .filter((rival) => rival.name !== name)
        .reduce((least, rival) => Math.min(least, view.take(rival.hotkeys[0]!)), 1);
      const wanted = Math.round(Math.max(floor, lowest - step, 0) * U16);
      return wanted < present
        ? [...weights, sign(coldkey, "decreaseTake", { hotkey, take: wanted })]
        : weights;
    });
    return { ...round, state: { ...round.state, began } };
  },
});
