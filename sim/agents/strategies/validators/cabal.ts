import { beginRounds, rounds } from "../../acting/rounds.ts";
import { mixed, observe, weigh, type Score } from "../../acting/weigh.ts";
import { number, population, ratio } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

/**
 * Knows the answers of the miners and the hotkeys of its friends. Wants incentive for these. Together with the other
 * members of its population it puts a part of its weight on the friends, evenly.
 */
export const cabal = defineStrategy({
  name: "cabal",
  role: "validator",
  summary: "puts a part of its weight on the miners of a population that it favours",
  parameters: {
    favours: population("Population of the miners that the cabal favours."),
    part: ratio(1, "Part of the weight that they get."),
    noise: number(0.1, "Blur of a measurement: the quality is multiplied by e^(noise * standard normal)."),
  },
  hotkeys: () => 1,
  begin: (random) => beginRounds(random),
  wake(view, random, state, { favours, part, noise }) {
    const hotkey = view.agent.hotkeys[0]!;
    const friends = view.members(favours === "" ? undefined : favours);
    return rounds(view, state, (subnet) => {
      const favoured = friends
        .flatMap((friend) => friend.hotkeys)
        .flatMap((friend): Score[] => {
          const uid = subnet.uidOf(friend);
          return uid === undefined ? [] : [{ uid, value: 1 }];
        });
      const others = part === 1 ? [] : observe(view, subnet, hotkey, noise, random);
      return weigh(view, subnet, hotkey, mixed(others, favoured, favoured.length === 0 ? 0 : part));
    });
  },
});
