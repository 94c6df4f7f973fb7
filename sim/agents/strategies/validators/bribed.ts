import { beginRounds, rounds, type RoundState } from "../../acting/rounds.ts";
import { mixed, observe, weigh, type Score } from "../../acting/weigh.ts";
import { amount, number, population, ratio } from "../../parameters.ts";
import { defineStrategy } from "../../strategy.ts";

interface State {
  readonly rounds: RoundState;
  /** Free balance at the last round, rao. */
  readonly balance: bigint | null;
}

/**
 * Knows the answers of the miners, the briber's hotkeys and its own balance. Wants the bribe. As long as its balance
 * has grown by the price since its last round it puts a part of its weight on the briber; else it is honest.
 */
export const bribed = defineStrategy({
  name: "bribed",
  role: "validator",
  summary: "favours a briber's miners while the bribe comes in",
  parameters: {
    briber: population("Population of the miners that pay."),
    price: amount(0n, "TAO that must have come in since the last epoch; 0 = paid beforehand."),
    part: ratio(0.3, "Part of the weight that the briber gets."),
    noise: number(0.1, "Blur of a measurement: the quality is multiplied by e^(noise * standard normal)."),
  },
  hotkeys: () => 1,
  begin: (random): State => ({ rounds: beginRounds(random), balance: null }),
  wake(view, random, state, { briber, price, part, noise }) {
    const hotkey = view.agent.hotkeys[0]!;
    const balance = view.balance();
    const paid = price === 0n || (state.balance !== null && balance >= state.balance + price);
    const favoured = view.members(briber === "" ? undefined : briber).flatMap((member) => member.hotkeys);
    const result = rounds(view, state.rounds, (subnet) => {
      const bought = favoured.flatMap((friend): Score[] => {
        const uid = subnet.uidOf(friend);
        return uid === undefined ? [] : [{ uid, value: 1 }];
      });
      const measured = observe(view, subnet, hotkey, noise, random);
      return weigh(view, subnet, hotkey, mixed(measured, bought, paid && bought.length > 0 ? part : 0));
    });
    const acted = result.submissions.length > 0;
    return { ...result, state: { rounds: result.state, balance: acted ? balance : state.balance } };
  },
});
