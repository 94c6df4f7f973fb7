/** Neurons of real subnets: each snapshot becomes a population of validators and one of miners. */
import { maxUpscale } from "../upscale.ts";
import { readMetagraph, type Metagraph } from "../metagraph.ts";
import type { SubnetContext } from "../subnet/context.ts";
import type { Population } from "./schema-populations.ts";
import type { SubnetImport } from "./schema-network.ts";
import type { AgentPlan } from "./types.ts";

/** A snapshot and the populations that it becomes. */
export interface Imported {
  readonly populations: readonly [validators: Population, miners: Population];
  readonly netuid: number;
  readonly metagraph: Metagraph;
  /** Uids in the order of the members. */
  readonly validators: readonly number[];
  readonly miners: readonly number[];
}

/** Reads the snapshots of a network; who has weights is a validator, everybody else a miner. */
export function readImports(imports: readonly SubnetImport[], context: SubnetContext): Imported[] {
  return imports.map((written, at) => {
    const path = ["network", "import", at, "metagraph"];
    const { name: file, bytes } = context.readFile(written.metagraph, path);
    const metagraph = readMetagraph(bytes, file);
    const rows = new Set(metagraph.rows.map(({ uid }) => uid));
    const uids = metagraph.hotkeys.map((_, uid) => uid);
    const validators = uids.filter((uid) => rows.has(uid));
    const miners = uids.filter((uid) => !rows.has(uid));
    const group = (role: "validator" | "miner", members: readonly number[]): Population => ({
      name: `${written.name}-${role}`,
      role,
      count: members.length,
      subnets: [written.netuid],
      placement: "every",
      stakes: [
        {
          on: written.stake === "root" ? "root" : written.netuid,
          amount: { kind: "list", values: members.map((uid) => metagraph.stake[uid]!) },
        },
      ],
      ...written[role],
      searcher: false,
    });
    return {
      populations: [group("validator", validators), group("miner", miners)],
      netuid: written.netuid,
      metagraph,
      validators,
      miners,
    };
  });
}

/** The agents with the weights that the snapshots have in force. */
export function withImportedWeights(
  agents: readonly AgentPlan[],
  imports: readonly Imported[],
  context: SubnetContext,
): AgentPlan[] {
  const result = [...agents];
  imports.forEach(({ populations, netuid, metagraph, validators, miners }, at) => {
    const hotkeyOf = new Map<number, number>();
    const positionOf = new Map<number, number>();
    [validators, miners].forEach((uids, side) =>
      uids.forEach((uid, index) => {
        const position = result.findIndex(
          (agent) => agent.population === populations[side]!.name && agent.index === index,
        );
        positionOf.set(uid, position);
        hotkeyOf.set(uid, result[position]!.hotkeys[0]!);
      }),
    );
    for (const { uid, targets } of metagraph.rows) {
      const position = positionOf.get(uid)!;
      const values = context.at(["network", "import", at, "metagraph"], () =>
        maxUpscale(targets.map(([, weight]) => weight)),
      );
      const hotkeys = targets.map(([target]) => hotkeyOf.get(target)!);
      result[position] = { ...result[position]!, weights: [{ netuid, hotkeys, values: [...values] }] };
    }
  });
  return result;
}
