import { describe, expect, test } from "vitest";
import { StrategyRegistry } from "../../../../sim/agents/index.ts";
import { runLoop } from "../../../../sim/engine/run-loop.ts";
import { SILENT } from "../../../../sim/run/economy/recorder.ts";
import { EconomySimulation } from "../../../../sim/run/economy/simulation.ts";
import { economyText, loadEconomyText } from "../../scenario/economy/texts.ts";

const BLOCKS = 2_000;

/** Where every agent's streams stand after some blocks, and what the scenario drew for it. */
function afterwards(text: string, seed = "0") {
  const plan = loadEconomyText(text, { seed }).plans[0]!;
  const simulation = new EconomySimulation(plan, new StrategyRegistry(), SILENT, null);
  runLoop(simulation, plan.startBlock + BLOCKS, () => false);
  return {
    streams: new Map(simulation.save().streams),
    drawn: new Map(plan.agents.map(({ name, balance, parameters }) => [name, { balance, parameters }])),
  };
}

const drawing = economyText(`
  - name: d
    role: delegator
    count: 4
    strategy: yield-chasing
    balance: { distribution: exponential, mean: 5 TAO }
    parameters: { every: 1 hours }`);

/** Somebody who does nothing but be there, before and behind the others. */
const crowded =
  drawing.replace(
    "populations:",
    "populations:\n  - { name: idle, role: delegator, count: 7, strategy: sticky, balance: 0 TAO }",
  ) + "\n  - { name: late, role: delegator, count: 3, strategy: sticky, balance: 0 TAO }\n";

describe("random streams", () => {
  test("of an agent do not change when other populations are added", () => {
    const alone = afterwards(drawing);
    const together = afterwards(crowded);
    expect(alone.streams.size).toBeGreaterThan(10);
    for (const [name, state] of alone.streams) expect(together.streams.get(name), name).toEqual(state);
    for (const [name, values] of alone.drawn) expect(together.drawn.get(name), name).toEqual(values);
    expect(together.streams.size).toBeGreaterThan(alone.streams.size);
  });

  test("of another seed differ", () => {
    const one = afterwards(drawing);
    const two = afterwards(drawing, "1");
    for (const [name, state] of one.streams) expect(two.streams.get(name), name).not.toEqual(state);
  });
});
