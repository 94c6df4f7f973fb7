import { describe, expect, test } from "vitest";
import { priceNumber, type Role, StrategyRegistry } from "../../../sim/agents/index.ts";
import { runLoop } from "../../../sim/engine/run-loop.ts";
import type { CallRecord, EventRecord, Recorder } from "../../../sim/run/economy/recorder.ts";
import { EconomySimulation } from "../../../sim/run/economy/simulation.ts";
import { economyText, loadEconomyText } from "../scenario/economy/texts.ts";

interface Outcome {
  readonly simulation: EconomySimulation;
  /** Calls of the population under test. */
  readonly calls: readonly CallRecord[];
  readonly all: readonly CallRecord[];
  readonly events: readonly EventRecord[];
  /** Names of its calls that went through. */
  readonly made: ReadonlySet<string>;
}

/** Runs two days of a small economy with one more population, `x`. */
function play(role: Role, strategy: string, more = "", days = 2, rest = "", owner = "owner"): Outcome {
  const text = economyText(`
  - name: x
    role: ${role}
    strategy: ${strategy}
    balance: 500 TAO
${more.includes("count:") ? more : `    count: 2\n${more}`}
${rest}`)
    .replace("horizon: 1 days", `horizon: ${days} days`)
    .replace("owner: owner", `owner: ${owner}`);
  const plan = loadEconomyText(text).plans[0]!;
  const all: CallRecord[] = [];
  const events: EventRecord[] = [];
  const recorder: Recorder = {
    call: (record) => all.push(record),
    event: (record) => events.push(record),
    sample: () => {},
  };
  const simulation = new EconomySimulation(plan, new StrategyRegistry(), recorder, null);
  runLoop(simulation, simulation.end, () => false);
  const calls = all.filter(({ agent }) => plan.agents[agent]!.population === "x");
  return {
    simulation,
    calls,
    all,
    events,
    made: new Set(calls.filter(({ error }) => error === null).map(({ call }) => call)),
  };
}

const STAKED = "    stakes: [{ on: root, amount: 9000 TAO }, { on: subnets, amount: 100 alpha }]";

/** Weights in force on subnet 1, by validator name, as parts by target name. */
function weights({ simulation }: Outcome): Map<string, Map<string, number>> {
  const { plan, chain } = simulation;
  const subnet = chain.state.subnets.get(1)!;
  const nameOf = (uid: number): string => {
    const hotkey = subnet.neurons.hotkeys[uid]!;
    return plan.agents.find(({ hotkeys }) => hotkeys.includes(hotkey))?.name ?? "?";
  };
  const rows = new Map<string, Map<string, number>>();
  for (let uid = 0; uid < subnet.neurons.count; uid++) {
    const row = subnet.mechanisms[0]!.weights[uid];
    if (row === null || row === undefined) continue;
    const sum = row.values.reduce((a, b) => a + b, 0);
    rows.set(
      nameOf(uid),
      new Map(Array.from(row.uids, (target, at) => [nameOf(target), row.values[at]! / sum])),
    );
  }
  return rows;
}

describe("validators", () => {
  test.each([
    ["honest", ""],
    ["stale", "every: 2"],
    ["lazy", "skips: 10 %"],
    ["weight-copier", "delay: 1"],
    ["self-weighting", "part: 50 %"],
    ["cabal", "favours: miner"],
    ["bribed", "briber: miner"],
    ["exploratory", ""],
    ["late-committer", "late: 30 blocks"],
  ])("%s commits weights that the chain takes", (strategy, parameters) => {
    const outcome = play("validator", strategy, `${STAKED}\n    parameters: { ${parameters} }`);
    expect([...outcome.made]).toEqual(["commitTimelockedWeights"]);
    expect(outcome.calls.filter(({ error }) => error !== null)).toEqual([]);
    // What is opened late misses its epoch and then counts in the next one; all others are in force too.
    expect(weights(outcome).has("x-0")).toBe(true);
  });

  test("sets weights in the open where the subnet wants that", () => {
    const { made } = play(
      "validator",
      "honest",
      STAKED,
      1,
      "shocks: [{ at: 1 blocks, hyperparameters: { values: { commit_reveal: false } } }]",
    );
    expect([...made]).toEqual(["setWeights"]);
  });

  test("self-weighting gives itself its part, a cabal its friends", () => {
    expect(
      weights(play("validator", "self-weighting", `${STAKED}\n    parameters: { part: 50 % }`))
        .get("x-0")
        ?.get("x-0"),
    ).toBeCloseTo(0.5, 3);
    const row = weights(play("validator", "cabal", `${STAKED}\n    parameters: { favours: owner }`)).get(
      "x-0",
    )!;
    expect(row.get("owner-0")).toBe(1);
  });

  test("a copier sends the mean of the others", () => {
    const rows = weights(play("validator", "weight-copier", `${STAKED}\n    parameters: { delay: 0 }`));
    const copied = rows.get("x-0")!;
    // Quality is the same for all miners, so the mean of noisy rows is nearer to a quarter than most of them.
    for (const miner of ["miner-0", "miner-1", "miner-2", "miner-3"])
      expect(copied.get(miner)).toBeCloseTo(0.25, 1);
  });

  test("childkey delegating makes a child and sets no weights", () => {
    const { made, simulation } = play(
      "validator",
      "childkey-delegating",
      `${STAKED}\n    parameters: { to: validator }`,
    );
    expect([...made]).toEqual(["setChildren"]);
    expect(
      simulation.chain.state.subnets.get(1)!.pendingChildren.size +
        simulation.chain.state.subnets.get(1)!.children.size,
    ).toBe(2);
  });

  test("childkey delegating shares its weight among several children", () => {
    const { simulation } = play(
      "validator",
      "childkey-delegating",
      `${STAKED}\n    parameters: { to: validator, children: 3, part: 90 % }`,
      1,
    );
    const pending = [...simulation.chain.state.subnets.get(1)!.pendingChildren.values()];
    expect(pending).toHaveLength(2);
    for (const { children } of pending) {
      expect(children).toHaveLength(3);
      for (const { proportion } of children) expect(Number(proportion) / 2 ** 64).toBeCloseTo(0.3, 5);
    }
  });

  test("fee charging weighs and sets its childkey take once", () => {
    const { calls } = play("validator", "fee-charging", `${STAKED}\n    parameters: { childkey_take: 9 % }`);
    const set = calls.filter(({ call }) => call === "setChildkeyTake");
    // Two members on two subnets.
    expect(set.map(({ error }) => error)).toEqual([null, null, null, null]);
    expect(calls.some(({ call }) => call === "commitTimelockedWeights")).toBe(true);
  });

  test("undercutting goes below its rivals as far as its floor, or not at all", () => {
    const takes = (parameters: string): number[] => {
      const { simulation } = play(
        "validator",
        "undercutting",
        `${STAKED}\n    parameters: { rivals: validator, every: 1, ${parameters} }`,
      );
      const { plan, chain } = simulation;
      return plan.agents
        .filter(({ population }) => population === "x")
        .map(({ hotkeys }) => (chain.state.hotkeys.get(hotkeys[0]!)?.take ?? 11_796) / 65_535);
    };
    for (const take of takes("step: 2 %")) expect(take).toBeCloseTo(0.16, 3);
    for (const take of takes("step: 20 %, floor: 5 %")) expect(take).toBeCloseTo(0.05, 3);
    for (const take of takes("step: 0 %")) expect(take).toBeCloseTo(0.18, 3);
    // The chain refuses a raise until 216,000 blocks behind the last change, longer than this run.
    for (const take of takes("step: 2 %, raises_after: 720 blocks")) expect(take).toBeCloseTo(0.16, 3);
  });
});

describe("a briber and validators that reply to it", () => {
  const open = "shocks: [{ at: 1 blocks, hyperparameters: { values: { commit_reveal: false } } }]";
  const bribe = (pays: string, more = "") =>
    play(
      "miner",
      "bribing",
      `    count: 1\n    parameters: { validators: buyer, pays: ${pays}${more} }`,
      2,
      `  - name: buyer
    role: validator
    count: 3
    stakes: [{ on: root, amount: 90000 TAO }, { on: subnets, amount: 90000 alpha }]
    strategy: best-responding
    parameters: { briber: x, offer: ${pays} }
${open}`,
    );
  const paid = ({ calls }: Outcome) => calls.filter(({ call }) => call === "Balances.transferKeepAlive");
  const parts = (outcome: Outcome) =>
    ["buyer-0", "buyer-1", "buyer-2"].map((name) => weights(outcome).get(name)?.get("x-0") ?? 0);

  test("an offer below the loss is refused, and nothing is paid", () => {
    const outcome = bribe("0.000000001 TAO");
    for (const part of parts(outcome)) expect(part).toBeLessThan(0.1);
    expect(paid(outcome)).toEqual([]);
  });

  test("one above it is taken, and paid in every epoch", () => {
    const outcome = bribe("0.1 TAO");
    for (const part of parts(outcome)) expect(part).toBeGreaterThan(0.3);
    expect(paid(outcome).length).toBeGreaterThan(3 * 10);
  });

  test("a conditional one buys the majority and is never paid", () => {
    const outcome = bribe("0.1 TAO", ", conditional: true");
    for (const part of parts(outcome)) expect(part).toBeGreaterThan(0.3);
    expect(paid(outcome)).toEqual([]);
  });
});

describe("miners", () => {
  const incentive = (outcome: Outcome): bigint => {
    const { neurons } = outcome.simulation.chain.state.subnets.get(1)!;
    const [agent] = outcome.simulation.plan.agents.filter(({ population }) => population === "x");
    return agent!.hotkeys.reduce(
      (sum, hotkey) => sum + (neurons.emission[neurons.uidOf.get(hotkey) ?? -1] ?? 0n),
      0n,
    );
  };

  test.each(["fixed-quality", "drifting-quality", "sybil"])("%s earns", (strategy) => {
    expect(incentive(play("miner", strategy))).toBeGreaterThan(0n);
  });

  test("a sybil earns more than one of its quality", () => {
    expect(incentive(play("miner", "sybil", "    parameters: { identities: 4 }"))).toBeGreaterThan(
      2n * incentive(play("miner", "fixed-quality")),
    );
  });

  test("an investing miner leaves when its cost is not covered, and stays when it is", () => {
    const dear = play(
      "miner",
      "investing",
      "    parameters: { cost: 1000 TAO, patience: 1, every: 6 hours }",
    );
    const cheap = play("miner", "investing", "    parameters: { cost: 1 rao, patience: 1, every: 6 hours }");
    expect(incentive(dear)).toBe(0n);
    expect(incentive(cheap)).toBeGreaterThan(0n);
    expect(cheap.made.has("removeStake")).toBe(true);
  });

  test("a re-registering miner goes round its hotkeys", () => {
    const { made, calls } = play(
      "miner",
      "re-registering",
      "    registered: false\n    parameters: { identities: 3 }",
      2,
    );
    expect(made.has("registerLimit")).toBe(true);
    expect(
      calls.filter(({ call, error }) => call === "registerLimit" && error === null).length,
    ).toBeGreaterThanOrEqual(8);
  });

  test("slot griefing keeps the price of a registration above its level", () => {
    const { calls, simulation } = play(
      "miner",
      "slot-griefing",
      "    count: 1\n    registered: false\n    subnets: [1]\n    parameters: { level: 0.8 TAO, identities: 200, every: 1 blocks }",
      1,
    );
    expect(Number(simulation.chain.state.columns.burn[1]) / 1e9).toBeGreaterThan(0.79);
    // 1.26 is what 120 blocks take away (half-life 360): 60 purchases a day hold a price, and some more bring it there.
    const bought = calls.filter(({ call, error }) => call === "registerLimit" && error === null).length;
    expect(bought).toBeGreaterThanOrEqual(58);
    expect(bought).toBeLessThanOrEqual(100);
  });
});

describe("delegators and traders", () => {
  const VALIDATED = "parameters: { to: validator, every: 2 hours }";

  test.each([
    ["sticky", `    ${VALIDATED}`, ["addStake"]],
    [
      "root-preferring",
      `    stakes: [{ on: 1, to: validator, amount: 50 alpha }]\n    ${VALIDATED}`,
      ["addStake", "moveStake", "setRootClaimType"],
    ],
    [
      "yield-chasing",
      "    stakes: [{ on: root, to: owner, amount: 50 TAO }]\n    parameters: { every: 2 hours }",
      ["addStake", "moveStake"],
    ],
    ["proportional", "    parameters: { every: 2 hours }", ["addStake"]],
    ["whale", "    parameters: { every: 1 hours }", ["addStake"]],
    ["alpha-rotator", "    parameters: { every: 2 hours }", ["addStake", "moveStake"]],
  ] as const)("%s: %s", (strategy, more, expected) => {
    const { made } = play("delegator", strategy, more);
    for (const call of expected) expect([...made]).toContain(call);
  });

  test.each([
    [false, 1],
    [true, 2],
  ])("epoch hopping is on a validator only for the payout (across: %s)", (across, most) => {
    const more = `    subnets: [${across ? "1, 2" : "1"}]\n    stakes: [{ on: 1, to: validator, amount: 200 alpha }]\n    parameters: { to: validator, across: ${across} }`;
    const { calls, simulation } = play("delegator", "epoch-hopping", more, 1);
    const moves = calls.filter(({ call, error }) => call === "moveStake" && error === null);
    expect(moves.length).toBeGreaterThan(across ? 1 : 70);
    expect(new Set(moves.map(({ netuid }) => netuid)).size).toBeLessThanOrEqual(most);
    const { coldkey } = simulation.plan.agents.find(({ population }) => population === "x")!;
    expect(simulation.chain.state.stakingHotkeys.get(coldkey)!.length).toBeGreaterThan(1);
  });

  test("locking locks all that it has, and adds what comes", () => {
    const { calls, made, simulation } = play("trader", "locking", "    parameters: { netuid: 1 }", 1);
    expect(made).toEqual(new Set(["addStake", "lockStake", "setPerpetualLock"]));
    expect(calls.filter(({ error }) => error !== null)).toEqual([]);
    expect(simulation.chain.state.subnets.get(1)!.locks.size).toBe(2);
    expect(simulation.chain.state.subnets.get(1)!.perpetualLocks.size).toBe(2);
  });

  test("a whale that leaves sells in slices", () => {
    const stakes =
      "    stakes: [{ on: 1, amount: 5000 alpha }]\n    parameters: { leaves: true, slippage: 1 % }";
    const { calls } = play("delegator", "whale", stakes, 1);
    expect(
      calls.filter(({ call, error }) => call === "removeStake" && error === null).length,
    ).toBeGreaterThan(10);
  });

  const JUMP =
    "shocks: [{ at: 2 hours, sell: { netuid: 1, amount: 100000 alpha } }, { at: 1 days, buy: { netuid: 1, amount: 3000 TAO } }, { at: 36 hours, sell: { netuid: 1, amount: 100000 alpha } }]";

  test.each([
    ["arbitrage", "    parameters: { every: 30 minutes }", ["addStake", "removeStake"]],
    ["momentum", "", ["addStake", "removeStake"]],
    ["wash-staker", "    parameters: { holds: 6 hours }", ["addStake", "removeStake"]],
    ["exit-runner", "    stakes: [{ on: 1, amount: 500 alpha }]", ["removeStake"]],
  ] as const)("%s trades when prices jump", (strategy, more, expected) => {
    const { made } = play("trader", strategy, more, 2, JUMP);
    for (const call of expected) expect([...made]).toContain(call);
  });

  test.each([0.00002, -0.00002])(
    "a random walk without volatility takes the price where a drift of %f says",
    (drift) => {
      const more = `    count: 1
    stakes: [{ on: 1, amount: 200000 alpha }]
    parameters: { drift: ${drift}, every: 5 blocks }`;
      const { calls, simulation } = play("trader", "random-walk", more, 1);
      expect(calls.filter(({ error }) => error !== null)).toEqual([]);
      // It traded last within 5 blocks of the end, and chain buys have gone on since.
      const walked = Math.log(priceNumber(simulation.chain.state, 1) / 0.02);
      expect(Math.abs(walked - drift * 7_200)).toBeLessThan(0.01);
    },
  );

  test("a random walk buys against a sale from outside, and stands still with a volatility of 0 and no drift", () => {
    const rest = "shocks: [{ at: 12 hours, sell: { netuid: 1, amount: 5000 alpha } }]";
    const more =
      "    count: 1\n    stakes: [{ on: 1, amount: 200000 alpha }]\n    parameters: { every: 5 blocks }";
    const { made, simulation } = play("trader", "random-walk", more, 1, rest);
    expect(made).toEqual(new Set(["addStake", "removeStake"]));
    expect(priceNumber(simulation.chain.state, 1)).toBeCloseTo(0.02, 3);
  });

  test("a random walk goes as far as its volatility says, the same way every time", () => {
    const more = (volatility: number): string => `    count: 1
    stakes: [{ on: 1, amount: 2000000 alpha }]
    parameters: { volatility: ${volatility}, every: 5 blocks }`;
    const end = (volatility: number): number =>
      priceNumber(play("trader", "random-walk", more(volatility), 1).simulation.chain.state, 1);
    expect(end(0.001)).toBe(end(0.001));
    // The same draws, at twice the volatility: twice as far.
    const [far, farther] = [end(0.001), end(0.002)].map((price) => Math.log(price / 0.02));
    expect(Math.abs(farther! - 2 * far!)).toBeLessThan(0.02);
  });

  test("a sandwich stands directly around its victim", () => {
    const victim = `
  - name: victim
    role: delegator
    strategy: sticky
    count: 3
    balance: 300 TAO
    parameters: { to: validator, every: 4 hours, part: 30 % }
`;
    const { simulation, all, made } = play(
      "trader",
      "sandwich",
      "    searcher: true\n    count: 1",
      2,
      victim,
    );
    expect(made).toEqual(new Set(["addStake", "removeStake"]));
    const { agents } = simulation.plan;
    const who = ({ agent }: CallRecord): string => agents[agent]!.population;
    let around = 0;
    all.forEach((record, at) => {
      if (who(record) !== "victim" || record.error !== null) return;
      const [before, behind] = [all[at - 1], all[at + 1]];
      if (before?.block !== record.block || behind?.block !== record.block) return;
      if (who(before) === "x" && who(behind) === "x") {
        around++;
        expect([before.call, behind.call]).toEqual(["addStake", "removeStake"]);
      }
    });
    expect(around).toBeGreaterThan(0);
  });

  test("a sandwich takes no more than its victim's limit price bears", () => {
    const victim = `
  - name: victim
    role: delegator
    strategy: sticky
    count: 3
    balance: 300 TAO
    parameters: { to: validator, every: 4 hours, part: 10 %, tolerance: 0.05 }
`;
    const { simulation, all } = play("trader", "sandwich", "    searcher: true\n    count: 1", 2, victim);
    const { agents } = simulation.plan;
    const who = ({ agent }: CallRecord): string => agents[agent]!.population;
    const attacked = all.filter(
      (record, at) =>
        who(record) === "victim" && all[at - 1]?.block === record.block && who(all[at - 1]!) === "x",
    );
    expect(attacked.length).toBeGreaterThan(0);
    expect(attacked.map(({ call, error }) => [call, error])).toEqual(
      attacked.map(() => ["addStakeLimit", null]),
    );
  });
});

describe("owners", () => {
  const owning = (strategy: string, parameters = ""): Outcome => {
    const text = `    parameters: { ${parameters} }`;
    return play("owner", strategy, text, 2, "", "x");
  };

  test.each([
    ["burning", "every: 6 hours", ["burnAlpha"]],
    ["burning", "every: 6 hours, recycles: true", ["recycleAlpha"]],
    ["extracting", "every: 6 hours", ["removeStake"]],
    ["self-mining", "miners: 2", ["registerLimit", "commitTimelockedWeights", "removeStake"]],
  ] as const)("%s (%s)", (strategy, parameters, expected) => {
    const { made } = owning(strategy, parameters);
    for (const call of expected) expect([...made]).toContain(call);
  });

  test("launching registers a subnet and starts it, four days after the last one", () => {
    const rich = play(
      "owner",
      "launching",
      "    parameters: { after: 1 hours }",
      5,
      "shocks: [{ at: 1 blocks, give: { to: x, amount: 3000 TAO } }]",
    );
    expect(rich.made).toEqual(new Set(["registerNetwork", "startCall"]));
    expect(rich.events.map(({ kind }) => kind)).toContain("subnet-registered");
  });

  test("honest keeps what it gets", () => {
    expect([...owning("honest").made]).toEqual([]);
  });
});
