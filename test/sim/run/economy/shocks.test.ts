import { describe, expect, test } from "vitest";
import { StrategyRegistry } from "../../../../sim/agents/index.ts";
import { hotkeyAlpha } from "../../../../sim/chain/staking/stake.ts";
import { balanceOf } from "../../../../sim/chain/index.ts";
import { runLoop } from "../../../../sim/engine/run-loop.ts";
import type { CallRecord, EventRecord } from "../../../../sim/run/economy/recorder.ts";
import { EconomySimulation } from "../../../../sim/run/economy/simulation.ts";
import { priceOf } from "../../../../sim/chain/swap/books.ts";
import { economyText, loadEconomyText } from "../../scenario/economy/texts.ts";

const TAO = 1_000_000_000n;

/** A small economy on its way; `to` moves it to so many blocks after its beginning. */
function economy(more: string) {
  const plan = loadEconomyText(economyText(more)).plans[0]!;
  const calls: CallRecord[] = [];
  const events: EventRecord[] = [];
  const simulation = new EconomySimulation(
    plan,
    new StrategyRegistry(),
    {
      call: (record) => calls.push(record),
      event: (record) => events.push(record),
      sample: () => {},
    },
    null,
  );
  const { state } = simulation.chain;
  const agent = (name: string) => plan.agents.find((one) => one.name === name)!;
  return {
    simulation,
    plan,
    calls,
    events,
    state,
    to: (blocks: number): void => void runLoop(simulation, plan.startBlock + blocks, () => false),
    shocks: () => events.filter(({ kind }) => kind.startsWith("shock")),
    balance: (name: string): bigint => balanceOf(state, agent(name).coldkey),
    staked: (name: string, netuid: number): bigint => hotkeyAlpha(state, agent(name).hotkeys[0]!, netuid),
    price: (netuid: number): number => Number(priceOf(state, netuid)),
  };
}

describe("shocks", () => {
  test("change hyperparameters of some subnets, and parameters of the network", () => {
    const { to, state } = economy(`shocks:
  - { at: 10 blocks, hyperparameters: { subnets: [2], values: { kappa: 60 %, tempo: 100 } } }
  - { at: 20 blocks, parameters: { subnet_limit: 7 } }`);
    to(9);
    const kappas = () => [1, 2].map((netuid) => state.subnets.get(netuid)!.parameters.kappa);
    expect(kappas()).toEqual([32_767, 32_767]);
    to(10);
    expect(kappas()).toEqual([32_767, 39_321]);
    expect(state.columns.tempo[2]).toBe(100);
    expect(state.parameters.subnetLimit).not.toBe(7);
    to(20);
    expect(state.parameters.subnetLimit).toBe(7);
  });

  test("give money, which lay with the treasury before", () => {
    const { to, balance, state, shocks, plan } = economy(
      "shocks: [{ at: 10 blocks, give: { to: miner, amount: 5 TAO } }]",
    );
    const treasury = () => balanceOf(state, plan.treasury.coldkey);
    to(9);
    const [before, held] = [balance("miner-3"), treasury()];
    to(10);
    expect(balance("miner-3") - before).toBe(5n * TAO);
    expect(held - treasury()).toBe(20n * TAO);
    expect(shocks()).toMatchObject([{ kind: "shock-give", amount: 5n * TAO }]);
  });

  test("stake from outside lies on the members' hotkeys, on root as it is and on a subnet at its price", () => {
    const { to, staked, price, shocks } = economy(`shocks:
  - { at: 10 blocks, stake: { to: validator, on: root, amount: 500 TAO } }
  - { at: 20 blocks, stake: { to: validator, on: 2, amount: 10 TAO } }`);
    to(9);
    const [root, alpha, cheap] = [staked("validator-1", 0), staked("validator-1", 2), price(2)];
    to(10);
    expect(staked("validator-1", 0) - root).toBe(500n * TAO);
    to(20);
    expect(staked("validator-1", 2) - alpha).toBeGreaterThan(400n * TAO);
    expect(price(2)).toBeGreaterThan(cheap);
    expect(shocks().map(({ kind, netuid }) => [kind, netuid])).toEqual([
      ["shock-stake", 0],
      ["shock-stake", 2],
    ]);
  });

  test("purchases and sales from outside move the price", () => {
    const { to, price } = economy(`shocks:
  - { at: 10 blocks, buy: { netuid: 1, amount: 100 TAO } }
  - { at: 20 blocks, sell: { netuid: 1, amount: 9000 alpha } }`);
    to(9);
    const start = price(1);
    to(10);
    const high = price(1);
    // A tenth more TAO and a tenth less alpha.
    expect(high / start).toBeGreaterThan(1.15);
    expect(high / start).toBeLessThan(1.25);
    to(20);
    expect(price(1)).toBeLessThan(start);
  });

  test("who is off line sends nothing, and goes on after that", () => {
    const { to, calls, plan } = economy(
      "shocks: [{ at: 1000 blocks, outage: { population: validator, part: 67 %, lasts: 2000 blocks } }]",
    );
    to(7_200);
    const when = (name: string) =>
      calls
        .filter(({ agent }) => plan.agents[agent]!.name === name)
        .map(({ block }) => block - plan.startBlock);
    for (const name of ["validator-0", "validator-1"]) {
      expect(when(name).filter((block) => block >= 1_000 && block < 3_000)).toEqual([]);
      expect(when(name).filter((block) => block >= 3_000).length).toBeGreaterThan(5);
    }
    expect(when("validator-2").filter((block) => block >= 1_000 && block < 3_000).length).toBeGreaterThan(3);
  });

  test("other rules hold from then on", () => {
    const { to, state } = economy(`shocks:
  - { at: 10 blocks, protocol: subtensor-425-even }
  - { at: 20 blocks, protocol: subtensor-425 }`);
    const emissions = () => [1, 2].map((netuid) => state.columns.taoInEmission[netuid]);
    to(9);
    // Else both would get as much as their pools may take.
    state.columns.movingPrice[2] = 10_000n * (state.columns.movingPrice[1] ?? 0n);
    to(10);
    const even = emissions();
    expect(even[0]).toBe(even[1]);
    to(20);
    expect(emissions()[0]).not.toBe(emissions()[1]);
  });
});

describe("the calls of one block", () => {
  /** Order of the agents' calls in the blocks in which several of them act. */
  const orders = (more: string): string[] => {
    const { to, calls, plan } = economy(`
  - { name: z, role: delegator, count: 5, strategy: whale, balance: 500 TAO, parameters: { every: 50 blocks, slice: 1 TAO } }
${more}`);
    to(2_000);
    const byBlock = new Map<number, number[]>();
    for (const { block, agent } of calls)
      if (plan.agents[agent]!.population === "z") byBlock.set(block, [...(byBlock.get(block) ?? []), agent]);
    return [...byBlock.values()].filter((agents) => agents.length === 5).map(String);
  };

  test("come in an order that is drawn anew", () => {
    expect(new Set(orders("")).size).toBeGreaterThan(5);
  });

  test("come as the populations stand, if the scenario says so", () => {
    const fixed = orders("call_order: populations");
    expect(fixed.length).toBeGreaterThan(5);
    const agents = fixed[0]!.split(",").map(Number);
    expect(agents).toEqual([...agents].sort((a, b) => a - b));
    expect(new Set(fixed).size).toBe(1);
  });
});

describe("votes", () => {
  /** A vote on subnet 1's kappa after ten blocks, to come five blocks later. */
  const vote = (how: string): string => `shocks:
  - at: 10 blocks
    vote: { ${how}, delay: 5 blocks, hyperparameters: { subnets: [1], values: { kappa: 60 % } } }`;
  const kappa = ({ state }: ReturnType<typeof economy>): number => state.subnets.get(1)!.parameters.kappa;
  const results = ({ events }: ReturnType<typeof economy>) =>
    events.filter(({ kind }) => kind.startsWith("vote"));

  test("that are carried change what they say, after their delay", () => {
    const world = economy(vote("voters: root, ayes: [validator], threshold: 60 %"));
    const start = world.plan.startBlock;
    world.to(14);
    expect(kappa(world)).toBe(32_767);
    expect(results(world)).toMatchObject([
      { block: start + 10, kind: "vote-carried", amount: 27_000n * TAO },
    ]);
    world.to(15);
    expect(kappa(world)).toBe(39_321);
    expect(results(world)[1]).toMatchObject({ block: start + 15, kind: "vote-enacted" });
  });

  test("that are lost change nothing", () => {
    const world = economy(vote("voters: root, ayes: [miner]"));
    world.to(30);
    expect(kappa(world)).toBe(32_767);
    expect(results(world)).toMatchObject([{ kind: "vote-lost", amount: 0n }]);
  });

  test("weigh voters alike, by TAO or by alpha; owners and populations can vote", () => {
    const carried = (how: string): string => {
      const world = economy(vote(how));
      world.to(10);
      const [result] = results(world);
      return `${result?.kind.replace("vote-", "")} ${result?.amount}`;
    };
    // Three of seven hotkeys, but all of the TAO and alpha among them.
    expect(carried("voters: [validator, miner], weight: equal, ayes: [validator]")).toBe("lost 3");
    expect(carried("voters: [validator, miner], weight: equal, ayes: [validator], threshold: 42 %")).toBe(
      "carried 3",
    );
    expect(carried("voters: [validator, miner], weight: 1, ayes: [validator], threshold: 100 %")).toBe(
      `carried ${300n * TAO}`,
    );
    expect(carried("voters: owners, weight: equal, ayes: [owner]")).toBe("carried 2");
    expect(carried("voters: owners, ayes: [owner]")).toBe("lost 0");
  });

  test("on parameters of the network, and the wait for the change, survive a restart", () => {
    const text = `shocks:
  - { at: 10 blocks, vote: { voters: root, ayes: [validator], delay: 5 blocks, parameters: { subnet_limit: 7 } } }`;
    const first = economy(text);
    first.to(12);
    const recorder = { call: () => {}, event: () => {}, sample: () => {} };
    const saved = structuredClone(first.simulation.save());
    const resumed = new EconomySimulation(first.plan, new StrategyRegistry(), recorder, saved);
    runLoop(resumed, first.plan.startBlock + 15, () => false);
    expect(resumed.chain.state.parameters.subnetLimit).toBe(7);
  });

  test.each([
    [
      "voters: everybody, ayes: [validator]",
      'found "everybody"; write root, owners or a list of populations',
    ],
    [
      "voters: [nobody], ayes: [validator]",
      'there is no population "nobody"; there are owner, validator, miner',
    ],
    ["voters: root, ayes: [nobody]", 'there is no population "nobody"'],
    ["voters: root, ayes: [validator], weight: 9", "there is no subnet 9; there are 1, 2"],
    ["voters: root, ayes: [validator], threshold: 2", "threshold"],
  ])("are refused: %s", (how, said) => {
    expect(() => economy(vote(how))).toThrow(said);
  });

  test("say what is voted on", () => {
    const text = "shocks: [{ at: 1 blocks, vote: { voters: root, ayes: [], delay: 1 blocks } }]";
    expect(() => economy(text)).toThrow("give one of hyperparameters, parameters: what is voted on");
  });
});
