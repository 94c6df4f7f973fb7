import { join } from "node:path";
import { type EconomyScenario, isEconomy, loadAnyScenario } from "../../../../sim/scenario/index.ts";
import { writeFiles } from "../files.ts";

/** A small economy; lines of `more` stand behind it. */
export function economyText(more = ""): string {
  return `title: Test
protocol: subtensor-425
horizon: 1 days
network:
  subnets:
    - { count: 2, owner: owner, tao: 1000 TAO, price: 0.02 }
populations:
  - { name: owner, role: owner, count: 2, placement: spread, strategy: honest }
  - name: validator
    role: validator
    count: 3
    balance: 10 TAO
    stakes: [{ on: root, amount: 9000 TAO }, { on: subnets, amount: 100 alpha }]
    strategy: honest
  - name: miner
    role: miner
    count: 4
    strategy: fixed-quality
${more}`;
}

/** Loads an economy given as text, with files beside it. */
export function loadEconomyText(
  text: string,
  options: { files?: Readonly<Record<string, string>>; set?: readonly string[]; seed?: string } = {},
): EconomyScenario {
  const { files = {}, ...rest } = options;
  const scenario = loadAnyScenario(join(writeFiles({ ...files, "s.yaml": text }), "s.yaml"), rest);
  if (!isEconomy(scenario)) throw new Error("no economy");
  return scenario;
}
