import { describe, expect, test } from "vitest";
import {
  defineStrategy,
  parameters,
  sign,
  StrategyRegistry,
  type ChainView,
} from "../../../sim/agents/index.ts";
import { runLoop } from "../../../sim/engine/run-loop.ts";
import { SILENT } from "../../../sim/run/economy/recorder.ts";
import { EconomySimulation } from "../../../sim/run/economy/simulation.ts";
import { isEconomy, loadAnyScenario } from "../../../sim/scenario/index.ts";
import { writeFiles } from "../scenario/files.ts";
import { economyText } from "../scenario/economy/texts.ts";

/** Runs a small economy in which a spy looks at the chain every hour. */
function spy(look: (view: ChainView) => void, blocks = 2_000, more = ""): void {
  const strategy = defineStrategy({
    name: "spy",
    role: "trader",
    summary: "looks",
    parameters: { knows: parameters.population("Whom it knows.") },
    hotkeys: () => 1,
    begin: () => ({}),
    wake(view, _random, state) {
      look(view);
      return { submissions: [], state, nextWake: view.block + 50 };
    },
  });
  const strategies = new StrategyRegistry([strategy]);
  const text = economyText(`  - { name: spy, role: trader, strategy: spy${more} }`);
  const scenario = loadAnyScenario(`${writeFiles({ "s.yaml": text })}/s.yaml`, { strategies });
  if (!isEconomy(scenario)) throw new Error("no economy");
  const simulation = new EconomySimulation(scenario.plans[0]!, strategies, SILENT, null);
  runLoop(simulation, simulation.plan.startBlock + blocks, () => false);
}

/** Everything that can be reached from an object by its names, getters and methods without arguments included. */
function reachable(root: object): Set<unknown> {
  const seen = new Set<unknown>();
  const walk = (value: unknown, depth: number): void => {
    if (
      (typeof value !== "object" && typeof value !== "function") ||
      value === null ||
      seen.has(value) ||
      depth > 4
    )
      return;
    seen.add(value);
    for (
      let part: object | null = value;
      part !== null && part !== Object.prototype;
      part = Object.getPrototypeOf(part) as object | null
    )
      for (const key of Reflect.ownKeys(part)) {
        let next: unknown;
        try {
          next = Reflect.get(value, key) as unknown;
        } catch {
          continue;
        }
        walk(next, depth + 1);
      }
  };
  walk(root, 0);
  return seen;
}

describe("a view", () => {
  test("cannot be written to", () => {
    spy((view) => {
      const mutable = view as unknown as Record<string, unknown>;
      for (const name of ["block", "agent", "outcomes", "netuids", "anything"])
        expect(() => (mutable[name] = 1)).toThrow(TypeError);
      const subnet = view.subnet(1)! as unknown as Record<string, unknown>;
      for (const name of ["netuid", "price", "burn", "hyperparameters", "anything"])
        expect(() => (subnet[name] = 1)).toThrow(TypeError);
      expect(() => ((view.subnet(1)!.hyperparameters as { kappa: number }).kappa = 1)).toThrow(TypeError);
      expect(() => ((view.agent as { coldkey: number }).coldkey = 1)).toThrow(TypeError);
      expect(() => (view.agent.hotkeys as number[]).push(1)).toThrow(TypeError);
    }, 200);
  });

  test("gives copies: what an agent does to them does not reach the chain", () => {
    spy((view) => {
      (view.netuids as number[]).length = 0;
      expect(view.netuids).toEqual([0, 1, 2]);
      const rows = () => [...Array(view.subnet(1)!.count).keys()].map((uid) => view.subnet(1)!.weights(uid));
      const before = structuredClone(rows());
      for (const row of rows()) for (const entry of row as [number, number][]) entry[1] = 0;
      expect(rows()).toEqual(before);
    });
  });

  test("does not lead to the state: neither commits nor parameters of the chain can be reached", () => {
    let looks = 0;
    spy((view) => {
      looks++;
      for (const subnet of [1, 2].map((netuid) => view.subnet(netuid)!))
        for (const value of [...reachable(view), ...reachable(subnet)]) {
          if (typeof value !== "object" || value === null) continue;
          for (const name of [
            "timelockCommits",
            "hashCommits",
            "balances",
            "columns",
            "state",
            "journal",
            "memories",
          ])
            expect(Object.hasOwn(value, name), name).toBe(false);
        }
    }, 600);
    expect(looks).toBe(12);
  });

  test("shows weights once they are revealed and not while they are committed", () => {
    let hidden = 0;
    let shown = 0;
    spy((view) => {
      const subnet = view.subnet(1)!;
      for (let uid = 0; uid < subnet.count; uid++) {
        // Commits count as updates: in the first epoch all weights are committed, none revealed.
        const committed = subnet.lastUpdate(uid) > 1_000_000;
        if (committed && subnet.lastEpochBlock < 1_000_000) {
          hidden++;
          expect(subnet.weights(uid)).toEqual([]);
        }
        if (subnet.weights(uid).length > 0) shown++;
      }
    });
    expect(hidden).toBeGreaterThan(0);
    expect(shown).toBeGreaterThan(0);
  });

  test("knows the own population and those that the parameters name, nobody else", () => {
    spy(
      (view) => {
        expect(view.members().map(({ name }) => name)).toEqual(["spy-0"]);
        expect(view.members("miner")).toHaveLength(4);
        expect(() => view.members("validator")).toThrow('spy-0 knows no population "validator"');
        expect(view.pending).toBeNull();
      },
      100,
      ", parameters: { knows: miner }",
    );
  });
});

describe("a strategy that misbehaves ends the run and is named", () => {
  const misbehaving = (decision: (view: ChainView) => object): (() => void) => {
    const strategy = defineStrategy({
      name: "bad",
      role: "trader",
      summary: "misbehaves",
      parameters: {},
      hotkeys: () => 1,
      begin: () => ({}),
      wake: (view) => ({ submissions: [], state: {}, nextWake: null, ...decision(view) }),
    });
    return () => {
      const strategies = new StrategyRegistry([strategy]);
      const text = economyText("  - { name: bad, role: trader, strategy: bad }");
      const scenario = loadAnyScenario(`${writeFiles({ "s.yaml": text })}/s.yaml`, { strategies });
      if (!isEconomy(scenario)) throw new Error("no economy");
      const simulation = new EconomySimulation(scenario.plans[0]!, strategies, SILENT, null);
      runLoop(simulation, simulation.plan.startBlock + 10, () => false);
    };
  };

  test("another's key", () => {
    expect(
      misbehaving(() => ({
        submissions: [sign(1, "removeStake", { hotkey: 2, netuid: 1, amountUnstaked: 1n })],
      })),
    ).toThrow("agent bad-0: its strategy signs removeStake with a key that is not its own");
  });

  test("the root origin", () => {
    const call = { call: "sudoSetTempo", origin: "root", args: { netuid: 1, value: 1 } };
    expect(misbehaving(() => ({ submissions: [{ call }] }))).toThrow(
      "signs sudoSetTempo with a key that is not its own",
    );
  });

  test("a wake in the past", () => {
    expect(misbehaving(({ block }) => ({ nextWake: block }))).toThrow("wants to wake in block 1000001");
  });

  test("a place in the block that it was not granted", () => {
    expect(
      misbehaving(({ agent }) => ({
        submissions: [
          {
            ...sign(agent.coldkey, "removeStake", { hotkey: 2, netuid: 1, amountUnstaked: 1n }),
            place: { beside: 0, side: "before" },
          },
        ],
      })),
    ).toThrow("say searcher: true in its population");
  });

  test("a miner that is somebody else's", () => {
    expect(misbehaving(() => ({ services: [{ netuid: 1, hotkey: 2, quality: 1 }] }))).toThrow(
      "serves quality 1 with hotkey 2",
    );
  });
});
