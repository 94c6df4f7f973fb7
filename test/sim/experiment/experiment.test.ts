import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  attackCost,
  attackProfit,
  griefingFactor,
  returnOnCost,
} from "../../../reports/metrics/attack-economics.ts";
import { metricsByComparison } from "../../../reports/charts/experiment-charts.ts";
import {
  experimentJson,
  experimentText,
  loadExperiment,
  runExperiment,
} from "../../../sim/experiment/index.ts";
import { InputError } from "../../../sim/errors.ts";
import { economicsOf, outcomeOf, recoveryDays } from "../../../sim/experiment/economics.ts";
import type { Measured } from "../../../sim/experiment/measure.ts";
import { judge } from "../../../sim/experiment/published.ts";
import { writeFiles } from "../scenario/files.ts";
import { experimentScenario } from "./example.ts";

const experimentOf = (text: string) =>
  loadExperiment(join(writeFiles({ "e.yaml": experimentScenario(text) }), "e.yaml"));

const measured = (values: Record<string, number>, series: Record<string, number[]> = {}): Measured => ({
  values,
  times: series["price"]?.map((_, at) => at * 7_200) ?? [],
  series,
  digest: "",
});

describe("an experiment", () => {
  const whole = `  replicas: 3
  strength:
    path: populations[3].parameters.part
    values: [0 %, 10 %, 40 %]
    label: part of the money
    zero: true
    monotone: falling
    replicas: 2
  break_even:
    path: populations[3].parameters.part
    from: 1
    to: 50
    unit: "%"
    label: part of the money
    within: 0.2
    replicas: 1
  published:
    - { says: It loses., metric: profit, operator: "<", value: 0, evidence: D, source: spec/pool.md 5 }
    - { says: It costs., metric: 'cost - (cost_so_far - of("quiet", "cost_so_far"))', operator: "==", value: 0, evidence: D, source: here }`;

  test("comes out the same with any number of threads, and its checks hold", async () => {
    const experiment = experimentOf(whole);
    const { result } = await runExperiment(experiment, { workers: 1 });
    const other = await runExperiment(experiment, { workers: 3 });
    expect(experimentJson(other.result)).toBe(experimentJson(result));
    expect(result.checks.map(({ name, passed }) => [name, passed])).toEqual([
      ["conservation", true],
      ["no strength is the control", true],
      ["monotone", true],
    ]);
    expect(result.published.map(({ verdict }) => verdict)).toEqual(["agrees", "agrees"]);
    expect(result.passed).toBe(true);
    expect(result.breakEven?.value).toBeNull();
    // A round trip of a fifth of 500 TAO through a pool of 1,000 that nothing else moves pays two fees of 33/65535.
    expect(result.economics[0]!.profit.mean).toBeLessThan(-0.05);
    expect(result.economics[0]!.profit.mean).toBeGreaterThan(-1);
    expect(result.economics[0]!.capital.mean).toBeCloseTo(100, 0);
  });

  test("of a single subnet has metrics over time, and the first epoch in which one is above or below a value", async () => {
    const text = `title: Two sides
protocol: subtensor-425
epochs: 30
subnets:
  - netuid: 1
    emission: { of_stake: 10 % }
    neurons:
      - { name: honest, alpha_stake: 600 alpha, weights: { good: 1 }, restake: honest }
      - { name: cabal, alpha_stake: 400 alpha, weights: { good: 1 }, restake: cabal }
      - { name: good, restake: honest }
      - { name: own, restake: cabal }
metrics:
  share: { column: neurons.stake_weight_ratio, of: cabal }
  below: { column: neurons.stake_weight_ratio, of: cabal, epochs: { first_below: 0.25 } }
  above: { column: neurons.stake_weight_ratio, of: honest, epochs: { first_above: 0.75 } }
  never: { column: neurons.stake_weight_ratio, of: cabal, epochs: { first_above: 0.9 } }
compare:
  - { name: fair, set: {} }
  - { name: votes, set: { "subnets[0].neurons[1].weights": { own: 1 } } }
experiment: { entry: 1, question: Why?, control: fair, attacker: [cabal, own], replicas: 1, over_time: [share] }
`;
    const experiment = loadExperiment(join(writeFiles({ "e.yaml": text }), "e.yaml"));
    const { result } = await runExperiment(experiment, { workers: 1 });
    expect(result.paths.map(({ metric }) => metric)).toEqual(["attacker_wealth", "share"]);
    const [fair] = result.paths[1]!.comparisons;
    const { metrics } = result.comparisons[0]!;
    // Fair votes give the honest side all of the incentive: the cabal's 40 % of the stake has 20 % of the emission.
    expect(fair!.mean.findIndex((share) => share! < 0.25)).toBe(metrics["below"]!.mean);
    expect(fair!.mean.every((share, epoch) => epoch === 0 || share! < fair!.mean[epoch - 1]!)).toBe(true);
    expect(metrics["below"]!.mean).toBe(metrics["above"]!.mean);
    expect(metrics["never"]).toMatchObject({ mean: null, count: 0 });
  });

  test("names what may be drawn over time", () => {
    expect(() => experimentOf("  over_time: [prise]")).toThrow(
      'experiment.over_time: there is no metric "prise"; there are ',
    );
  });

  test("says so when the weakest attack is not the control", async () => {
    const { result } = await runExperiment(
      experimentOf(`  replicas: 1
  strength: { path: "populations[3].parameters.part", values: [1 %, 2 %], label: part, zero: true, replicas: 1 }`),
      { workers: 1 },
    );
    expect(result.strength?.zeroIsControl).toBe(false);
    expect(result.passed).toBe(false);
  });

  test("fails when a line agrees that should not, or the other way round", async () => {
    const line = (rest: string) => `  replicas: 1
  published: [{ says: It loses., metric: profit, evidence: D, source: here, value: 0, ${rest} }]`;
    const passed = async (rest: string) =>
      (await runExperiment(experimentOf(line(rest)), { workers: 1 })).result.passed;
    expect(await passed('operator: "<"')).toBe(true);
    expect(await passed('operator: ">"')).toBe(false);
    expect(await passed('operator: ">", agrees: false, disagreement: Fees.')).toBe(true);
    expect(await passed('operator: "<", agrees: false, disagreement: None.')).toBe(false);
  });
});

describe("mistakes are said with their line", () => {
  test.each([
    ["  control: loud", /experiment: unknown|Map keys must be unique|control/],
    ["  attacks: [pumps]", /attacks\.0: found "pumps", which is no comparison; there are quiet, washes/],
    ["  show: [prise]", /there is no metric "prise"; there are price, cost_so_far/],
    [
      "  published: [{ says: x, metric: profit, operator: '<', value: 0, evidence: D, source: x, agrees: false }]",
      /disagreement: missing; say why we do not agree/,
    ],
    [
      "  published: [{ says: x, metric: profit, operator: '<', value: 0, evidence: D, source: x, disagreement: y }]",
      /disagreement: has no meaning where we agree/,
    ],
    [
      "  break_even: { path: a.b, from: 2, to: 1, label: x }",
      /break_even\.to: found 1, not above from \(2\)/,
    ],
    ["  recovery: { metric: price, after: 5 }", /recovery\.after: found 5, a number without a unit/],
  ])("%s", (text, message) => {
    expect(() => experimentOf(text)).toThrow(message);
  });

  const line = (metric: string, rest = "") =>
    `  published: [{ says: x, metric: '${metric}', operator: "<", value: 0, evidence: D, source: x${rest} }]`;
  test.each([
    [line("gain"), /e\.yaml:\d+:\d+: experiment\.published\.0\.metric: unknown name "gain"/],
    [
      line('of("nobody", "price")'),
      /e\.yaml:\d+:\d+: experiment\.published\.0\.metric: there is no comparison "nobody" here; there are quiet, washes/,
    ],
    [
      line('of("washes", "prise")'),
      /"washes" has no metric "prise"; it has price, cost_so_far, .*; did you mean price\?/,
    ],
    [line('of("quiet", "profit")'), /"quiet" has no metric "profit"/],
    [line("of(price)"), /of takes the name of a comparison and that of a metric, both in quotes/],
    [line("profit", ", comparison: quiet"), /unknown name "profit"/],
    ["  forgone: profit", /experiment\.forgone: unknown name "profit"/],
    [
      '  strength: { path: "populations[3].parameters.part", values: [1, 2], label: x, metric: gain }',
      /experiment\.strength\.metric: unknown name "gain"/,
    ],
    [
      '  strength: { path: "populations[3].parameters.part", values: [1, 2], label: x, attack: quiet }',
      /strength\.attack: found "quiet", which is no attack; the attacks are washes/,
    ],
  ])("before anything runs: %s", (text, message) => {
    expect(() => experimentOf(text)).toThrow(message);
    expect(() => experimentOf(text)).toThrow(InputError);
  });
});

describe("a comparison that is neither attack nor control", () => {
  const text = experimentScenario(`  attacks: [washes]
  replicas: 2
  published:
    - { says: x, metric: 'of("half", "cost_so_far") - cost_so_far', operator: "<", value: 0, evidence: D, source: x }
    - { says: x, metric: cost_so_far, comparison: half, operator: ">", value: 0, evidence: D, source: x }`).replace(
    "compare:\n",
    'compare:\n  - { name: half, set: { "populations[3].parameters.part": 10 % } }\n',
  );
  const load = (written: string) => loadExperiment(join(writeFiles({ "e.yaml": written }), "e.yaml"));

  test("has metrics, which others can name, and no profit", async () => {
    const { result } = await runExperiment(load(text), { workers: 1 });
    expect(result.comparisons.map(({ name }) => name)).toEqual(["quiet", "washes", "half"]);
    expect(result.economics.map(({ attack }) => attack)).toEqual(["washes"]);
    expect(result.differences.map(({ attack }) => attack)).toEqual(["washes"]);
    expect(result.published.map(({ verdict }) => verdict)).toEqual(["agrees", "agrees"]);
    const lines = experimentText(result).split("\n");
    expect(lines.find((written) => written.startsWith("  metric"))).toMatch(/metric +quiet +washes +half/);
    expect(metricsByComparison(result, ["price"]).table.rows.map((row) => row[1])).toEqual([
      "quiet",
      "washes",
      "half",
    ]);
  });

  test("is an attack where attacks are not named", async () => {
    expect(load(text.replace("  attacks: [washes]\n", "")).attacks).toEqual(["half", "washes"]);
  });

  test("has no profit to name", () => {
    expect(() => load(text.replace("metric: cost_so_far", "metric: profit"))).toThrow(
      /unknown name "profit"/,
    );
  });
});

describe("attack economics", () => {
  const control = measured({ attacker_wealth: 100, attacker_spent: 1, wealth_miners: 50, wealth_owner: 10 });
  const attack = measured({
    attacker_wealth: 106,
    attacker_spent: 4,
    attacker_capital: 40,
    wealth_miners: 41,
    wealth_owner: 13,
  });

  test("profit, cost, damage and griefing factor as M28 defines them", () => {
    expect(outcomeOf(attack, control, ["miners", "owner"], 1)).toEqual({
      profit: 6,
      cost: 4,
      roi: 1.5,
      capital: 40,
      damage: { miners: 9, owner: -3 },
      damageTotal: 6,
      griefing: 1.5,
    });
  });

  test("the same as the catalogue of measures computes, in rao", () => {
    const rao = (tokens: number): bigint => BigInt(tokens) * 1_000_000_000n;
    const { profit, cost, roi, griefing, damageTotal } = outcomeOf(attack, control, ["miners", "owner"], 1);
    expect(attackProfit(rao(106), rao(100))).toBe(rao(profit));
    expect(attackCost({ burned: 0n, fees: rao(3), slippage: 0n, bribes: 0n, forgoneYield: rao(1) })).toBe(
      rao(cost),
    );
    expect(returnOnCost(rao(profit), rao(cost))).toBe(roi);
    expect(griefingFactor(rao(damageTotal), rao(cost))).toBe(griefing);
  });

  test("what costs nothing has no return and no griefing factor", () => {
    const { roi, griefing } = outcomeOf(attack, measured({ ...control.values, attacker_spent: 4 }), [], 0);
    expect([roi, griefing]).toEqual([NaN, NaN]);
    expect(economicsOf("a", [outcomeOf(attack, attack, [], 0)], null).roi).toEqual({
      mean: null,
      low: null,
      high: null,
      count: 0,
    });
  });

  test("recovery is when the metric is back for good", () => {
    const steady = measured({}, { price: [1, 1, 1, 1, 1, 1] });
    const days = (price: number[], after: number) =>
      recoveryDays(measured({}, { price }), steady, "price", after * 7_200);
    expect(days([1, 2, 2, 1.005, 0.995, 1], 2)).toBe(1);
    expect(days([1, 2, 1, 2, 1, 1], 2)).toBe(2);
    expect(days([1, 1, 1, 1, 1, 1], 2)).toBe(0);
    expect(days([1, 2, 2, 2, 2, 1.02], 2)).toBeNull();
  });
});

describe("a published statement", () => {
  const of = (mean: number, low: number | null = null, high: number | null = null) => ({
    mean,
    low,
    high,
    count: low === null ? 1 : 9,
  });
  test.each([
    ["==", 1, 0.1, of(1.05, 0.8, 1.3), "agrees"],
    ["==", 1, 0.1, of(1.2, 1.05, 1.35), "unclear"],
    ["==", 1, 0.1, of(1.2, 1.15, 1.25), "disagrees"],
    ["==", 1, 0, of(1), "agrees"],
    [">=", 1, 0, of(1), "agrees"],
    [">", 1, 0, of(1), "disagrees"],
    [">", 1, 0, of(1.2, 1.1, 1.3), "agrees"],
    [">", 1, 0, of(1.2, 0.9, 1.5), "unclear"],
    ["<", 1, 0.05, of(1.02, 1.01, 1.03), "agrees"],
    ["<", 1, 0, of(1.2, 1.1, 1.3), "disagrees"],
    ["<", 1, 0, { mean: null, low: null, high: null, count: 0 }, "disagrees"],
  ] as const)("%s %d within %d, ours %j: %s", (operator, value, tolerance, ours, verdict) => {
    expect(judge(operator, value, tolerance, ours)).toBe(verdict);
  });
});
