import { describe, expect, test } from "vitest";
import type { AgentPlan, EconomyPlan } from "../../../../sim/scenario/index.ts";
import { economyText, loadEconomyText } from "./texts.ts";

const TAO = 1_000_000_000n;

const plan = (more: string, options: Parameters<typeof loadEconomyText>[1] = {}): EconomyPlan =>
  loadEconomyText(economyText(more), options).plans[0]!;

const members = ({ agents }: EconomyPlan, population: string): AgentPlan[] =>
  agents.filter((agent) => agent.population === population);

/** A population of delegators with one line more. */
const delegators = (line: string): string => `
  - name: d
    role: delegator
    strategy: sticky
    count: 3
${line}`;

describe("values of members", () => {
  const balances = (line: string, options: Parameters<typeof loadEconomyText>[1] = {}): bigint[] =>
    members(plan(delegators(line), options), "d").map(({ balance }) => balance);

  test("one for all, with its unit", () => {
    expect(balances("    balance: 2.5 TAO")).toEqual([2_500_000_000n, 2_500_000_000n, 2_500_000_000n]);
  });

  test("a list", () => {
    expect(balances("    balance: [1 TAO, 2 TAO, 7 rao]")).toEqual([TAO, 2n * TAO, 7n]);
  });

  test("an expression over the member and the scenario's variables", () => {
    const line =
      "    balance: { expression: base * (index + 1) ^ 2 / count, unit: TAO }\nvariables: { half: 3, base: half * 2 }";
    expect(balances(line)).toEqual([2n * TAO, 8n * TAO, 18n * TAO]);
    expect(balances(line, { set: ["variables.base=3"] })).toEqual([TAO, 4n * TAO, 9n * TAO]);
  });

  test("a column of a file", () => {
    const files = { "b.csv": "who,tao\na,1\nb,2.5\nc,4\n" };
    expect(balances("    balance: { file: b.csv, column: tao, unit: TAO }", { files })).toEqual([
      TAO,
      2_500_000_000n,
      4n * TAO,
    ]);
  });

  test.each(["normal", "log-normal", "pareto", "exponential", "uniform", "empirical"])(
    "drawn from %s, the same for the same seed",
    (distribution) => {
      const shape: Record<string, string> = {
        normal: "mean: 10 TAO, deviation: 1 TAO",
        "log-normal": "median: 10 TAO, sigma: 1",
        pareto: "min: 1 TAO, shape: 2",
        exponential: "mean: 10 TAO",
        uniform: "min: 1 TAO, max: 2 TAO",
        empirical: "values: [1 TAO, 2 TAO, 3 TAO, 5 TAO, 8 TAO]",
      };
      const line = `    balance: { distribution: ${distribution}, ${shape[distribution]} }`;
      const first = balances(line);
      expect(balances(line)).toEqual(first);
      expect(balances(line, { seed: "2" })).not.toEqual(first);
      for (const balance of first) expect(balance).toBeGreaterThan(0n);
    },
  );

  test("parameters of strategies are drawn and read by their kinds", () => {
    const text = `
  - name: m
    role: miner
    count: 2
    strategy: fixed-quality
    parameters: { quality: [1, 0.5], registration_limit: 3 TAO, sells: true, every: 1.5 days }`;
    expect(members(plan(text), "m").map(({ parameters }) => parameters)).toEqual(
      [1, 0.5].map((quality) => ({
        quality,
        registration_limit: 3n * TAO,
        sells: true,
        every: 10_800,
        registers: true,
      })),
    );
  });
});

describe("who acts where", () => {
  const where = (placement: string): (readonly number[])[] =>
    members(plan(delegators(`    placement: ${placement}`)), "d").map(({ subnets }) => subnets);

  test("every, each, spread", () => {
    expect(where("every")).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    expect(where("each")).toEqual([[1], [1], [1], [2], [2], [2]]);
    expect(where("spread")).toEqual([[1], [2], [1]]);
  });

  test("stakes lie on root, on the own subnets, on one subnet, or with others", () => {
    const { agents } = plan(delegators("    stakes: [{ on: 2, to: validator, amount: 5 alpha }]"));
    const validators = agents.filter(({ role }) => role === "validator").map(({ hotkeys }) => hotkeys[0]);
    for (const { stakes } of agents.filter(({ population }) => population === "d")) {
      expect(stakes).toHaveLength(1);
      expect(stakes[0]).toMatchObject({ netuid: 2, amount: 5n * TAO });
      expect(validators).toContain(stakes[0]!.hotkey);
    }
    expect(
      agents.find(({ name }) => name === "validator-1")?.stakes.map(({ netuid, amount }) => [netuid, amount]),
    ).toEqual([
      [0, 9_000n * TAO],
      [1, 100n * TAO],
      [2, 100n * TAO],
    ]);
  });

  test("owners have subnets in turn", () => {
    const { subnets, agents } = plan("");
    const owners = agents.filter(({ role }) => role === "owner").map(({ coldkey }) => coldkey);
    expect(subnets.map(({ owner }) => owner?.coldkey)).toEqual(owners);
  });
});

describe("arrivals and departures", () => {
  const arriving = `
  - name: guest
    role: delegator
    count: 0
    strategy: sticky
    arrivals: { every: 1 hours, until: 20 hours, stay: 2 hours }`;

  test("come as a Poisson process that other seeds draw anew", () => {
    const guests = members(plan(arriving), "guest");
    // Twenty are expected; sixty or two would be a miracle.
    expect(guests.length).toBeGreaterThan(5);
    expect(guests.length).toBeLessThan(45);
    for (const { arrivesAt, leavesAt } of guests) {
      expect(arrivesAt).toBeGreaterThan(1_000_000);
      expect(arrivesAt).toBeLessThanOrEqual(1_006_000);
      expect(leavesAt).toBe(arrivesAt + 600);
    }
    const times = guests.map(({ arrivesAt }) => arrivesAt);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(members(plan(arriving, { seed: "2" }), "guest").map(({ arrivesAt }) => arrivesAt)).not.toEqual(
      times,
    );
  });
});

describe("the network", () => {
  test("pools by TAO and price, groups, ages, presets and parameters", () => {
    const { plans } = loadEconomyText(`title: T
protocol: subtensor-425
horizon: 10 days
network:
  start_block: 100000
  preset: compiled
  parameters: { tao_weight: 18 %, stake_threshold: 5 TAO }
  subnets:
    - { netuid: 7, tao: 100 TAO, price: 0.5, age: 10 days, hyperparameters: { kappa: 60 %, yuma3: false } }
    - { count: 2, tao: { distribution: uniform, min: 1 TAO, max: 2 TAO } }
populations: [{ name: d, role: delegator, strategy: sticky }]`);
    const [first] = plans;
    expect(first!.startBlock).toBe(100_000);
    expect(first!.blocks).toBe(72_000);
    expect(first!.parameters).toEqual({
      limit_orders: true,
      tao_weight: 3_320_413_933_267_719_290n,
      stake_threshold: 5n * TAO,
    });
    expect(first!.subnets.map(({ netuid }) => netuid)).toEqual([7, 1, 2]);
    expect(first!.subnets[0]).toMatchObject({
      tao: 100n * TAO,
      alphaIn: 200n * TAO,
      movingPrice: 1n << 31n,
      registeredAt: 28_000,
      hyperparameters: { kappa: 39_321, yuma3: false },
    });
  });

  test("shocks come in order of time", () => {
    const { shocks } = plan(`shocks:
  - { at: 12 hours, protocol: subtensor-425-even }
  - { at: 1 hours, hyperparameters: { subnets: [2], values: { kappa: 60 % } } }
  - { at: 2 hours, parameters: { subnet_limit: 5 } }
  - { at: 3 hours, give: { to: validator, amount: 5 TAO } }
  - { at: 3 hours, stake: { to: validator, on: root, amount: 7 TAO } }
  - { at: 4 hours, buy: { netuid: 1, amount: 5 TAO } }
  - { at: 5 hours, sell: { netuid: 1, amount: 5 alpha } }
  - { at: 6 hours, outage: { population: validator, part: 67 %, lasts: 1 hours } }`);
    expect(shocks).toEqual([
      { kind: "hyperparameters", block: 1_000_300, netuids: [2], values: { kappa: 39_321 } },
      { kind: "parameters", block: 1_000_600, values: { subnet_limit: 5 } },
      { kind: "give", block: 1_000_900, population: "validator", amount: 5n * TAO },
      { kind: "stake", block: 1_000_900, population: "validator", netuid: 0, amount: 7n * TAO },
      { kind: "trade", block: 1_001_200, netuid: 1, direction: "buy", amount: 5n * TAO },
      { kind: "trade", block: 1_001_500, netuid: 1, direction: "sell", amount: 5n * TAO },
      { kind: "outage", block: 1_001_800, population: "validator", agents: 2, until: 1_002_100 },
      { kind: "protocol", block: 1_003_600, protocol: "subtensor-425-even" },
    ]);
  });

  test("a horizon in blocks, days or epochs of the longest tempo", () => {
    const blocks = (horizon: string, tempo = ""): number =>
      loadEconomyText(
        economyText()
          .replace("horizon: 1 days", `horizon: ${horizon}`)
          .replace("price: 0.02", `price: 0.02${tempo}`),
      ).plans[0]!.blocks;
    expect(blocks("500 blocks")).toBe(500);
    expect(blocks("1.5 days")).toBe(10_800);
    expect(blocks("20 epochs")).toBe(7_200);
    expect(blocks("1 epoch", ", hyperparameters: { tempo: 100 }")).toBe(100);
  });

  test("times among the hyperparameters, in blocks or with a unit", () => {
    const settings = (values: string) =>
      loadEconomyText(economyText().replace("price: 0.02", `price: 0.02, hyperparameters: ${values}`))
        .plans[0]!.subnets[0]!.hyperparameters;
    expect(settings("{ tempo: 360, immunity_period: 2 days, weights_rate_limit: 1 hours }")).toEqual({
      tempo: 360,
      immunity_period: 14_400,
      weights_rate_limit: 300n,
    });
    expect(settings("{ tempo: 100 blocks, weights_rate_limit: 7 }")).toEqual({
      tempo: 100,
      weights_rate_limit: 7n,
    });
  });

  test("what is traced, and how often", () => {
    expect(plan("trace: { every: 6 hours, stakes: 1 days, accounts: false, calls: false }").sampling).toEqual(
      {
        blocks: 1_800,
        pools: 1_800,
        accounts: null,
        stakes: 7_200,
        metrics: 1_800,
        calls: false,
        events: true,
        neurons: [],
        bonds: false,
        meansFrom: 0,
      },
    );
    expect(plan("trace: { neurons: [1], bonds: true }").sampling).toMatchObject({
      neurons: [1],
      bonds: true,
    });
    expect(plan("trace: { neurons: all }").sampling.neurons).toBe("all");
  });
});

test("snapshots of real subnets become agents with their stakes and weights", () => {
  const snapshot = (stakes: readonly number[]) =>
    JSON.stringify({
      format: "metagraph/1",
      block: 5000,
      n: 3,
      hotkeys: ["5A", "5B", "5C"],
      stake: stakes,
      weights: [{ uid: 1, to: [0, 2], w: [0.25, 0.75] }],
    });
  const text = economyText().replace(
    "  subnets:",
    `  import:
    - { metagraph: a.json, netuid: 1, name: first, validator: { strategy: stale } }
    - { metagraph: b.json, netuid: 2, name: second, stake: alpha }
  subnets:`,
  );
  const files = { "a.json": snapshot([1, 5000, 2]), "b.json": snapshot([0, 70, 0]) };
  const { plans, inputs } = loadEconomyText(text, { files });
  expect(inputs.map(({ path }) => path)).toEqual(["a.json", "b.json"]);
  const [validator, ...rest] = members(plans[0]!, "first-validator");
  const miners = members(plans[0]!, "first-miner");
  expect([rest.length, miners.length]).toEqual([0, 2]);
  expect(validator).toMatchObject({
    strategy: "stale",
    subnets: [1],
    stakes: [{ netuid: 0, amount: 5_000n * TAO, hotkey: validator!.hotkeys[0] }],
    weights: [{ netuid: 1, hotkeys: miners.map(({ hotkeys }) => hotkeys[0]), values: [21_845, 65_535] }],
  });
  expect(members(plans[0]!, "second-validator")[0]!.stakes).toMatchObject([{ netuid: 2, amount: 70n * TAO }]);
});

describe("extends and compare", () => {
  test("a scenario takes over what it does not say, from its own directory on", () => {
    const files = {
      "base/base.yaml": economyText("trace: { every: 2 days }"),
      "middle.yaml": "extends: base/base.yaml\nseed: 5\nnetwork: { subnets: [{ tao: 5 TAO, price: 1 }] }\n",
    };
    const scenario = loadEconomyText("extends: middle.yaml\ntitle: Mine\nhorizon: 3 days\n", {
      files,
      set: ["populations[0].count=1", "network.subnets[0].owner=owner"],
    });
    expect([scenario.title, scenario.seed, scenario.plans[0]!.blocks]).toEqual(["Mine", "5", 21_600]);
    expect(scenario.plans[0]!.subnets).toHaveLength(1);
    expect(scenario.plans[0]!.sampling.blocks).toBe(14_400);
  });

  test("variations draw alike", () => {
    const { plans } = loadEconomyText(
      economyText(`compare:
  - { name: low, set: { "network.subnets[0].hyperparameters.kappa": 40 % } }
  - { name: many, set: { "populations[2].count": 9 } }`),
    );
    expect(plans.map(({ comparison }) => comparison)).toEqual(["low", "many"]);
    expect(plans.map(({ subnets }) => subnets[0]!.hyperparameters)).toEqual([{ kappa: 26_214 }, {}]);
    expect(plans.map((one) => members(one, "miner").length)).toEqual([4, 9]);
  });
});

test("metrics and expectations are expressions that may name metrics before them", () => {
  const { metrics, expectations } = plan(`metrics:
  one: wealth("validator")
  two: 'one / 2 > 1 ? one : -one'
expect:
  - { metric: two, operator: ">", value: 0 }
  - { metric: one - two, operator: "<=", value: 1 }`);
  expect(metrics.map(({ name }) => name)).toEqual(["one", "two"]);
  expect(expectations.map(({ metric, operator, value }) => [metric.name, operator, value])).toEqual([
    ["two", ">", 0],
    ["one - two", "<=", 1],
  ]);
  expect(expectations[0]!.metric.expression).toEqual(metrics[1]!.expression);
});
