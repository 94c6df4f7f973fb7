import { beginRounds, rounds } from "../../acting/rounds.ts";
import { tokens } from "../../acting/sign.ts";
import { mixed, observe, weigh, type Score } from "../../acting/weigh.ts";
import { amount, number, population, ratio } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";
import type { ChainView } from "../../view/chain-view.ts";
import type { SubnetView } from "../../view/subnet-view.ts";

const U16 = 65_535;

/** Share of the stake behind rows that give these neurons at least `least` of their weight, and the agent's own. */
function following(subnet: SubnetView, own: number, favoured: ReadonlySet<number>, least: number): number {
  let share = subnet.stakeWeight(own);
  for (let uid = 0; uid < subnet.count; uid++) {
    if (uid === own) continue;
    let [sum, given] = [0, 0];
    for (const [target, weight] of subnet.weights(uid)) {
      sum += weight;
      if (favoured.has(target)) given += weight;
    }
    if (sum > 0 && given >= least * sum) share += subnet.stakeWeight(uid);
  }
  return share;
}

/** What its operator loses in an epoch in which this part of its weight is cut and earns no dividends, TAO. */
function loss(view: ChainView, subnet: SubnetView, uid: number, part: number): number {
  return part * view.take(view.agent.hotkeys[0]!) * tokens(subnet.emission(uid)) * subnet.price;
}

/**
 * Knows the answers of the miners, the rows in force, the briber's hotkeys and what it offers. Wants the most for its operator, who keeps
 * the take. It expects of the others what they did in the last epoch: where rows that favour the briber have the majority, with its
 * own, it favours the briber too, as whoever refuses loses; else it does so where the offer is more than it loses. As long as it has earned nothing it is honest.
 */
export const bestResponding = defineStrategy({
  name: "best-responding",
  role: "validator",
  summary: "favours a briber's miners where that is the best reply to the rows of the last epoch",
  parameters: {
    briber: population("Population of the miners that pay."),
    offer: amount(0n, "TAO that the briber offers it for an epoch and 1,000 alpha of stake behind it."),
    part: ratio(0.3, "Part of the weight that the briber wants."),
    noise: number(0.1, "Blur of a measurement: the quality is multiplied by e^(noise * standard normal)."),
  },
  hotkeys: () => 1,
  begin: (random) => beginRounds(random),
  wake(view, random, state, { briber, offer, part, noise }) {
    const hotkey = view.agent.hotkeys[0]!;
    const hotkeys = view.members(briber === "" ? undefined : briber).flatMap((member) => member.hotkeys);
    return rounds(view, state, (subnet) => {
      const measured = observe(view, subnet, hotkey, noise, random);
      const own = subnet.uidOf(hotkey);
      const bought = hotkeys.flatMap((friend): Score[] => {
        const uid = subnet.uidOf(friend);
        return uid === undefined ? [] : [{ uid, value: 1 }];
      });
      if (own === undefined || bought.length === 0) return weigh(view, subnet, hotkey, measured);
      const favoured = new Set(bought.map(({ uid }) => uid));
      const passes = following(subnet, own, favoured, part / 2) > subnet.hyperparameters.kappa / U16;
      const earns = subnet.emission(own) > 0n;
      const offered = (tokens(offer) * tokens(subnet.alphaStake(own))) / 1_000;
      const accepts = passes || (earns && offered > loss(view, subnet, own, part));
      return weigh(view, subnet, hotkey, mixed(measured, bought, accepts ? part : 0));
    });
  },
});
