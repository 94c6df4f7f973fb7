/** What happens from outside. */
import { tally, type Chain, type ChainError } from "../../chain/index.ts";
import { addStakeAmount } from "../../chain/staking/addStake.ts";
import { removeStakeAmount } from "../../chain/staking/removeStake.ts";
import { stakeOf } from "../../chain/staking/stake.ts";
import type { Change, Shock } from "../../scenario/index.ts";
import type { EventRecord } from "./recorder.ts";
import { setHyperparameters, setParameters } from "./settings.ts";
import type { EconomySimulation } from "./simulation.ts";

function change(chain: Chain, { netuids, values }: Change): void {
  if (netuids === null) setParameters(chain, values);
  else for (const netuid of netuids) setHyperparameters(chain, netuid, values);
}

/** Makes the change that a vote carried. @returns what is recorded of it */
export function enactVote({ chain }: EconomySimulation, vote: Extract<Shock, { kind: "vote" }>): EventRecord {
  change(chain, vote.change);
  const subnets = BigInt(vote.change.netuids?.length ?? 0);
  return { block: vote.enactedAt, kind: "vote-enacted", netuid: null, account: null, amount: subnets };
}

/** Lets a shock happen. @returns what is recorded of it */
export function applyShock(simulation: EconomySimulation, shock: Shock): EventRecord {
  const { chain, plan, agents } = simulation;
  const { block } = shock;
  const nothing = { block, netuid: null, account: null, amount: 0n };
  switch (shock.kind) {
    case "hyperparameters":
      change(chain, shock);
      return { ...nothing, kind: "shock-hyperparameters", amount: BigInt(shock.netuids.length) };
    case "parameters":
      change(chain, { netuids: null, values: shock.values });
      return { ...nothing, kind: "shock-parameters" };
    case "vote": {
      const { ayes, carried } = tally(chain.state, shock.poll, new Set(shock.ayes));
      return { ...nothing, kind: carried ? "vote-carried" : "vote-lost", amount: ayes };
    }
    case "protocol":
      simulation.changeProtocol(shock.protocol);
      return { ...nothing, kind: "shock-protocol" };
    case "give": {
      plan.agents.forEach(({ population, coldkey }, agent) => {
        const memory = agents.memories[agent]!;
        if (population !== shock.population || !memory.present) return;
        simulation.give(coldkey, shock.amount);
        memory.given += shock.amount;
      });
      return { ...nothing, kind: "shock-give", amount: shock.amount };
    }
    case "stake": {
      const { coldkey } = plan.treasury;
      const { netuid, amount } = shock;
      plan.agents.forEach(({ population, hotkeys: [hotkey] }, agent) => {
        if (population !== shock.population || hotkey === undefined) return;
        if (agents.memories[agent]!.present)
          atomically(chain, () => addStakeAmount(chain, { hotkey, coldkey, netuid }, amount));
      });
      return { block, kind: "shock-stake", netuid, account: null, amount };
    }
    case "outage": {
      let left = shock.agents;
      plan.agents.forEach(({ population }, agent) => {
        if (population !== shock.population || left === 0) return;
        agents.memories[agent]!.suspendedUntil = shock.until;
        left--;
      });
      return { ...nothing, kind: "shock-outage", amount: BigInt(shock.agents) };
    }
    case "trade": {
      const { netuid, direction, amount } = shock;
      const { coldkey, hotkey } = plan.treasury;
      const position = { hotkey, coldkey, netuid };
      atomically(chain, () =>
        direction === "buy"
          ? addStakeAmount(chain, position, amount)
          : removeStakeAmount(chain, position, min(amount, stakeOf(chain.state, hotkey, coldkey, netuid))),
      );
      return {
        block,
        kind: direction === "buy" ? "shock-buy" : "shock-sell",
        netuid,
        account: coldkey,
        amount,
      };
    }
    default:
      return shock satisfies never;
  }
}

/** A pool that cannot take a trade leaves it undone: the record says how much was asked for. */
function atomically({ journal }: Chain, trade: () => bigint | ChainError | null): void {
  journal.atomically(() => {
    const result = trade();
    return typeof result === "string" ? result : null;
  });
}

const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
