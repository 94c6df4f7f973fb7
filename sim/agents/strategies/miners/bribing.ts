import { rounds, type RoundState } from "../../acting/rounds.ts";
import { serve } from "../../acting/serve.ts";
import { sign } from "../../acting/sign.ts";
import { amount, flag, number, population, ratio } from "../../parameters.ts";
import { defineStrategy, type Submission } from "../../strategy.ts";
import type { SubnetView } from "../../view/subnet-view.ts";

interface State {
  readonly rounds: RoundState;
  readonly started: boolean;
}

/** 1,000 alpha, rao. */
const THOUSAND = 1_000_000_000_000n;

/** The part of a validator's row in force that goes to these neurons. */
function given(subnet: SubnetView, validator: number, own: ReadonlySet<number>): number {
  let [sum, part] = [0, 0];
  for (const [target, weight] of subnet.weights(validator)) {
    sum += weight;
    if (own.has(target)) part += weight;
  }
  return sum === 0 ? 0 : part / sum;
}

/**
 * Knows the rows in force and the consensus on itself. Wants weight for money. Behind every epoch it pays every validator of a population
 * whose row gave it what it wants (half of it will do); a conditional bribe is paid only where the consensus did not grant it.
 */
export const bribing = defineStrategy({
  name: "bribing",
  role: "miner",
  summary: "pays validators that favour it, always or only where that fails",
  parameters: {
    validators: population("Population of the validators that it pays."),
    more: population("A second one; empty = none."),
    pays: amount(0n, "TAO for an epoch and 1,000 alpha of stake behind a validator."),
    conditional: flag(false, "Whether it pays only when the consensus does not grant it the weight."),
    part: ratio(0.3, "Part of a row that it wants."),
    quality: number(0.1, "Quality of its answers."),
  },
  hotkeys: () => 1,
  // At the beginning of an epoch, when the rows in force are those that the last one counted.
  begin: (): State => ({ rounds: { moment: 0, done: {} }, started: false }),
  wake(view, _random, state, { validators, more, pays, conditional, part, quality }) {
    const paid = [validators, more].flatMap((name) => (name === "" ? [] : view.members(name)));
    const next = rounds(view, state.rounds, (subnet): Submission[] => {
      const own = new Set(view.agent.hotkeys.flatMap((hotkey) => subnet.uidOf(hotkey) ?? []));
      const granted = [...own].reduce((sum, uid) => sum + subnet.consensus(uid), 0) >= part / 2;
      if (pays === 0n || (conditional && granted)) return [];
      return paid.flatMap(({ coldkey, hotkeys }) => {
        const uid = subnet.uidOf(hotkeys[0]!);
        if (uid === undefined || given(subnet, uid, own) < part / 2) return [];
        const value = (pays * subnet.alphaStake(uid)) / THOUSAND;
        return [sign(view.agent.coldkey, "Balances.transferKeepAlive", { dest: coldkey, value })];
      });
    });
    return {
      ...next,
      state: { rounds: next.state, started: true },
      services: state.started ? [] : serve(view, quality),
    };
  },
});
