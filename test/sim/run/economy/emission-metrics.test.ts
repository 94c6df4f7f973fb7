import { beforeAll, expect, test } from "vitest";
import { SimulatedNetwork } from "../../../../sim/run/economy/network.ts";
import { type EconomyScenario, isEconomy, loadAnyScenario } from "../../../../sim/scenario/index.ts";
import { join } from "node:path";
import { writeFileSync } from "node:fs";
import { freshDirectory } from "./files.ts";

/** Prices as 8 : 4 : 2 : 2, so shares of 1/2, 1/4, 1/8, 1/8; the first subnet is old, with much alpha outside its pool. */
const SCENARIO = `
title: Four subnets
protocol: subtensor-425
horizon: 10 blocks
network:
  issuance: 9000000 TAO
  subnets:
    - { tao: 8000 TAO, price: 0.8, age: 100 days }
    - { tao: 4000 TAO, price: 0.4, age: 100 days }
    - { count: 2, tao: 2000 TAO, price: 0.2, age: 100 days }
populations:
  - name: holder
    role: validator
    balance: 0 TAO
    stakes: [{ on: root, amount: 100000 TAO }, { on: 1, amount: 1000000 alpha }]
    strategy: honest
metrics:
  top_one: top_emission(1)
  top_two: top_emission(2)
  top_all: top_emission(9)
  at_half: emission_rank(0.5)
  at_sixty: emission_rank(0.6)
  at_four_fifths: emission_rank(0.8)
  effective: effective_subnets()
  old_bought: chain_buy(1)
  old_injected: emission(1)
  young_bought: chain_buy(4)
  old_protocol: protocol_alpha(1)
  wrong: top_emission(0.5)
`;

let scenario: EconomyScenario;

beforeAll(() => {
  const path = join(freshDirectory(), "four.yaml");
  // A metric that has no value ends a run, but not the reading of a scenario.
  writeFileSync(path, SCENARIO);
  const loaded = loadAnyScenario(path);
  if (!isEconomy(loaded)) throw new Error("no economy");
  scenario = loaded;
});

test("before the first block nobody has got anything", () => {
  const network = SimulatedNetwork.open(scenario);
  for (const name of ["top_one", "top_all", "at_half", "effective", "old_bought", "old_protocol"])
    expect(network.metric(name)).toBe(0);
});

test("the TAO of a block is as concentrated as the prices", () => {
  const network = SimulatedNetwork.open(scenario);
  network.step();
  expect(network.metric("top_one")).toBeCloseTo(1 / 2, 7);
  expect(network.metric("top_two")).toBeCloseTo(3 / 4, 7);
  expect(network.metric("top_all")).toBe(1);
  expect(network.metric("at_sixty")).toBe(2);
  expect(network.metric("at_four_fifths")).toBe(3);
  // 1 / (1/4 + 1/16 + 2/64)
  expect(network.metric("effective")).toBeCloseTo(32 / 11, 6);
});

test("where root's part is small, TAO buys alpha that nobody owns", () => {
  const network = SimulatedNetwork.open(scenario);
  network.step();
  const [bought, injected] = [network.metric("old_bought"), network.metric("old_injected")];
  expect(bought + injected).toBeCloseTo(1 / 2, 7);
  expect(bought).toBeGreaterThan(injected);
  expect(network.metric("young_bought")).toBeLessThan(bought / 10);
  expect(network.metric("old_protocol")).toBeCloseTo(bought / 0.8, 3);
  network.step();
  expect(network.metric("old_protocol")).toBeCloseTo((2 * bought) / 0.8, 3);
});

test("half a subnet is an error that names the metric", () => {
  const network = SimulatedNetwork.open(scenario);
  expect(() => network.metric("wrong")).toThrow(/metric wrong .* 0\.5 is no whole number from 1 on/);
});
