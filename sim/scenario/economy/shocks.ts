import { ROOT, type Poll } from "../../chain/index.ts";
import { quoted } from "../units.ts";
import type { Surroundings } from "./members.ts";
import type { EconomyText, ShockText } from "./schema.ts";
import type { AgentPlan, Shock } from "./types.ts";

/** The shocks of a scenario, in order of time, then of writing. */
export function planShocks(
  { shocks }: EconomyText,
  populations: readonly string[],
  { context, netuids, startBlock, blocks }: Surroundings,
  agents: readonly AgentPlan[],
): Shock[] {
  const planned = shocks.map((shock, at): Shock => {
    const path = ["shocks", at];
    if (shock.at > blocks)
      throw context.error([...path, "at"], `comes after the end of the run (block ${blocks} of it)`);
    const subnet = (netuid: number, ...steps: readonly PropertyKey[]): void => {
      if (!netuids.includes(netuid))
        throw context.error(
          [...path, ...steps],
          `there is no subnet ${netuid}; there are ${netuids.join(", ")}`,
        );
    };
    const population = (name: string, ...steps: readonly PropertyKey[]): void => {
      if (!populations.includes(name))
        throw context.error(
          [...path, ...steps],
          `there is no population ${quoted(name)}; there are ${populations.join(", ")}`,
        );
    };
    const block = startBlock + shock.at;
    if (shock.hyperparameters !== undefined) {
      const chosen = shock.hyperparameters.subnets ?? netuids;
      for (const netuid of chosen) subnet(netuid, "hyperparameters", "subnets");
      return { kind: "hyperparameters", block, netuids: chosen, values: shock.hyperparameters.values };
    }
    if (shock.parameters !== undefined) return { kind: "parameters", block, values: shock.parameters };
    if (shock.give !== undefined) {
      population(shock.give.to, "give", "to");
      return { kind: "give", block, population: shock.give.to, amount: shock.give.amount };
    }
    if (shock.stake !== undefined) {
      const { to, on, amount } = shock.stake;
      population(to, "stake", "to");
      if (on !== "root") subnet(on, "stake", "on");
      return { kind: "stake", block, population: to, netuid: on === "root" ? 0 : on, amount };
    }
    if (shock.outage !== undefined) {
      const { population: name, part, lasts } = shock.outage;
      population(name, "outage", "population");
      const members = agents.filter((agent) => agent.population === name).length;
      return {
        kind: "outage",
        block,
        population: name,
        agents: Math.round(members * (part ?? 1)),
        until: block + lasts,
      };
    }
    if (shock.vote !== undefined) {
      for (const netuid of shock.vote.hyperparameters?.subnets ?? [])
        subnet(netuid, "vote", "hyperparameters", "subnets");
      if (typeof shock.vote.weight === "number") subnet(shock.vote.weight, "vote", "weight");
      const { voters, ayes } = shock.vote;
      if (typeof voters === "object") for (const name of voters) population(name, "vote", "voters");
      for (const name of ayes) population(name, "vote", "ayes");
      return planVote(shock.vote, block, netuids, agents);
    }
    return tradeOrProtocol(shock, block, subnet);
  });
  return planned
    .map((shock, at) => ({ shock, at }))
    .sort((a, b) => a.shock.block - b.shock.block || a.at - b.at)
    .map(({ shock }) => shock);
}

/** A threshold is a fraction of this many parts. */
const THRESHOLD_PARTS = 1_000_000_000;

function planVote(
  { voters, weight, ayes, threshold, delay, hyperparameters, parameters }: NonNullable<ShockText["vote"]>,
  block: number,
  netuids: readonly number[],
  agents: readonly AgentPlan[],
): Shock {
  const hotkeysOf = (populations: readonly string[]): number[] =>
    agents.flatMap(({ population, hotkeys }) => (populations.includes(population) ? hotkeys : []));
  const electorate = (): Poll["electorate"] => {
    if (voters === "root") return { members: ROOT };
    return voters === "owners" ? { owners: true } : { accounts: hotkeysOf(voters) };
  };
  return {
    kind: "vote",
    block,
    poll: {
      electorate: electorate(),
      weight: weight === "equal" ? weight : { stakeOn: weight === "root" ? ROOT : weight },
      threshold: {
        numerator: BigInt(Math.round(threshold * THRESHOLD_PARTS)),
        denominator: BigInt(THRESHOLD_PARTS),
      },
    },
    ayes: hotkeysOf(ayes),
    enactedAt: block + delay,
    change:
      hyperparameters === undefined
        ? { netuids: null, values: parameters ?? {} }
        : { netuids: hyperparameters.subnets ?? netuids, values: hyperparameters.values },
  };
}

function tradeOrProtocol(
  shock: ShockText,
  block: number,
  subnet: (netuid: number, ...steps: readonly PropertyKey[]) => void,
): Shock {
  for (const direction of ["buy", "sell"] as const) {
    const trade = shock[direction];
    if (trade === undefined) continue;
    subnet(trade.netuid, direction, "netuid");
    return { kind: "trade", block, netuid: trade.netuid, direction, amount: trade.amount };
  }
  return { kind: "protocol", block, protocol: shock.protocol! };
}
