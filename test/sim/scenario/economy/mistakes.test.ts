import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { loadAnyScenario, ScenarioError } from "../../../../sim/scenario/index.ts";
import { writeFiles } from "../files.ts";
import { economyText, loadEconomyText } from "./texts.ts";

interface Mistake {
  readonly name: string;
  readonly text: string;
  readonly files?: Readonly<Record<string, string>>;
  /** What is said, from the place on; DIR stands for the directory. */
  readonly said: string;
}

const delegator = (line: string): string =>
  economyText(`  - name: d\n    role: delegator\n    strategy: sticky\n${line}`);

const report = (lines: string): string => `${economyText()}report:\n${lines}\n`;

const MISTAKES: readonly Mistake[] = [
  {
    name: "a report of an unknown kind",
    text: report("  template: economi"),
    said: 'DIR/s.yaml:20:13: report.template: found "economi"; allowed: consensus, economy,',
  },
  {
    name: "a chart of a metric that there is not",
    text: report("  sections: [{ title: a, charts: [{ metrics: [gain] }] }]"),
    said: 'DIR/s.yaml:20:47: report.sections[0].charts[0].metrics[0]: found "gain", which is no metric; there is none that is traced over time',
  },
  {
    name: "a chart of an unknown table",
    text: report("  sections: [{ title: a, charts: [{ table: pool, column: price }] }]"),
    said: 'DIR/s.yaml:20:44: report.sections[0].charts[0].table: found "pool"; tables: blocks, pools,',
  },
  {
    name: "a chart of an unknown column",
    text: report("  sections: [{ title: a, charts: [{ table: pools, column: prize }] }]"),
    said: 'DIR/s.yaml:20:59: report.sections[0].charts[0].column: found "prize"; in the table pools: block, netuid,',
  },
  {
    name: "a chart by a column that names nothing",
    text: report("  sections: [{ title: a, charts: [{ table: pools, column: price, by: tao }] }]"),
    said: 'DIR/s.yaml:20:70: report.sections[0].charts[0].by: found "tao"; in the table pools: comparison, netuid',
  },
  {
    name: "a chart of nothing",
    text: report("  sections: [{ title: a, charts: [{ scale: log }] }]"),
    said: "DIR/s.yaml:20:35: report.sections[0].charts[0]: needs either metrics, or table and column",
  },
  {
    name: "a wrong unit",
    text: delegator("    balance: 5 alpha"),
    said: 'DIR/s.yaml:22:14: populations[3].balance: found "5 alpha", and "alpha" is no unit of this amount',
  },
  {
    name: "a time without unit",
    text: economyText().replace("horizon: 1 days", "horizon: 7200"),
    said: 'DIR/s.yaml:3:10: horizon: found 7200, a number without a unit; write a time with its unit, for example "5 days"',
  },
  {
    name: "a horizon of no epochs",
    text: economyText().replace("horizon: 1 days", "horizon: 0 epochs"),
    said: 'DIR/s.yaml:3:10: horizon: found "0 epochs"; allowed: 1 to 10000000 epochs',
  },
  {
    name: "epochs that no run can have",
    text: economyText()
      .replace("horizon: 1 days", "horizon: 9000000 epochs")
      .replace("price: 0.02", "price: 0.02, hyperparameters: { tempo: 60000 }"),
    said: "DIR/s.yaml:3:10: horizon: 9000000 epochs of 60000 blocks; at most 2628000000 blocks",
  },
  {
    name: "stake for a subnet that there is not",
    text: economyText("shocks: [{ at: 1 hours, stake: { to: validator, on: 9, amount: 1 TAO } }]"),
    said: "DIR/s.yaml:19:53: shocks[0].stake.on: there is no subnet 9; there are 1, 2",
  },
  {
    name: "an unknown strategy",
    text: economyText().replace("strategy: fixed-quality", "strategy: fixed-qualty"),
    said: 'DIR/s.yaml:18:15: populations[2].strategy: unknown strategy "fixed-qualty" for the role miner; allowed: fixed-quality',
  },
  {
    name: "a strategy of another role",
    text: economyText().replace("strategy: fixed-quality", "strategy: sandwich"),
    said: 'DIR/s.yaml:18:15: populations[2].strategy: unknown strategy "sandwich" for the role miner',
  },
  {
    name: "an unknown parameter",
    text: delegator("    parameters: { part: 10 %, evry: 1 days }"),
    said: 'DIR/s.yaml:22:37: populations[3].parameters.evry: strategy sticky has no parameter "evry"; it has to, part, every, tolerance; did you mean every?',
  },
  {
    name: "a parameter of the wrong kind",
    text: delegator("    parameters: { part: 10 TAO }"),
    said: 'DIR/s.yaml:22:25: populations[3].parameters.part: found "10 TAO"; write a ratio between 0 and 1',
  },
  {
    name: "an expression with a list",
    text: delegator('    balance: { expression: "[1, 2]", unit: TAO }'),
    said: "DIR/s.yaml:22:14: populations[3].balance: a list is not allowed in an expression",
  },
  {
    name: "an expression that would fill the memory",
    text: delegator('    balance: { expression: "ones(20000, 20000)", unit: TAO }'),
    said: 'DIR/s.yaml:22:14: populations[3].balance: function "ones" is not allowed; allowed: abs,',
  },
  {
    name: "an expression that reaches for the machine",
    text: delegator(`    balance: { expression: "cos.constructor('return process')()", unit: TAO }`),
    said: "DIR/s.yaml:22:14: populations[3].balance: ",
  },
  {
    name: "an expression that is none",
    text: delegator('    balance: { expression: "1 +", unit: TAO }'),
    said: 'DIR/s.yaml:22:14: populations[3].balance: found "1 +", which is no expression',
  },
  {
    name: "an unknown name in an expression",
    text: delegator("    balance: { expression: indx * 2, unit: TAO }"),
    said: 'DIR/s.yaml:22:14: populations[3].balance: unknown name "indx"; allowed here: index, count; did you mean index?',
  },
  {
    name: "an expression that gives no number",
    text: delegator("    balance: { expression: 1 / index, unit: TAO }"),
    said: "DIR/s.yaml:22:14: populations[3].balance: the expression gives Infinity; a finite number is needed",
  },
  {
    name: "an expression without its unit",
    text: delegator("    balance: { expression: 1 }"),
    said: "DIR/s.yaml:22:14: populations[3].balance.unit: missing",
  },
  {
    name: "an expression nested a thousand times",
    text: delegator(`    balance: { expression: "${"(".repeat(490)}1${")".repeat(490)}", unit: TAO }`),
    said: "DIR/s.yaml:22:14: populations[3].balance: an expression nested too deeply to be read",
  },
  {
    name: "a population of a billion",
    text: delegator("    count: 1000000000"),
    said: "DIR/s.yaml:22:12: populations[3].count: found 1000000000; a whole number is needed, 0 to 100000",
  },
  {
    name: "more agents than memory holds",
    text: delegator("    count: 60000\n    placement: each"),
    said: "DIR/s.yaml:19:5: populations[3]: there are more than 100000 agents; make it fewer",
  },
  {
    name: "arrivals without end",
    text: delegator("    arrivals: { every: 1 blocks }").replace("horizon: 1 days", "horizon: 30 days"),
    said: "DIR/s.yaml:22:24: populations[3].arrivals.every: brings more than 100000 agents",
  },
  {
    name: "a circle of extends",
    text: "extends: other.yaml\ntitle: T\n",
    files: { "other.yaml": "title: O\nextends: s.yaml\n" },
    said: 'DIR/other.yaml:2:10: extends: "s.yaml" is based on this scenario again: a circle of 2 files',
  },
  {
    name: "a scenario that extends itself",
    text: "extends: ./s.yaml\n",
    said: 'DIR/s.yaml:1:10: extends: "./s.yaml" is based on this scenario again: a circle of 1 file',
  },
  {
    name: "a base that is not there",
    text: "extends: nowhere.yaml\n",
    said: "DIR/s.yaml:1:10: extends: there is no file DIR/nowhere.yaml",
  },
  {
    name: "a subnet that is not there",
    text: delegator("    subnets: [1, 9]"),
    said: "DIR/s.yaml:22:14: populations[3].subnets: there is no subnet 9; there are 1, 2 and root (0)",
  },
  {
    name: "two populations of one name",
    text: delegator("    count: 1").replace("name: d", "name: miner"),
    said: "DIR/s.yaml:19:11: populations[3].name: another population is named miner; names differ",
  },
  {
    name: "a list of the wrong length",
    text: delegator("    count: 2\n    balance: [1 TAO, 2 TAO, 3 TAO]"),
    said: "DIR/s.yaml:23:14: populations[3].balance: has 3 values; 2 are needed, one for each member",
  },
  {
    name: "a column that is not there",
    text: delegator("    balance: { file: b.csv, column: rao, unit: rao }"),
    files: { "b.csv": "tao\n1\n" },
    said: 'DIR/s.yaml:22:14: populations[3].balance: b.csv has no column "rao"; it has tao',
  },
  {
    name: "a shock of two kinds",
    text: economyText(
      "shocks:\n  - { at: 1 hours, protocol: subtensor-425, parameters: { subnet_limit: 3 } }",
    ),
    said: "DIR/s.yaml:20:5: shocks[0]: says several things; give one of hyperparameters, parameters,",
  },
  {
    name: "a shock after the end",
    text: economyText("shocks:\n  - { at: 2 days, protocol: subtensor-425 }"),
    said: "DIR/s.yaml:20:11: shocks[0].at: comes after the end of the run",
  },
  {
    name: "an unknown function in a metric",
    text: economyText('metrics:\n  a: welth("miner")'),
    said: 'DIR/s.yaml:20:6: metrics.a: function "welth" is not allowed; allowed: abs,',
  },
  {
    name: "an expectation of an unknown metric",
    text: economyText('expect:\n  - { metric: nothing, operator: ">", value: 1 }'),
    said: 'DIR/s.yaml:20:15: expect[0].metric: unknown name "nothing"; allowed here: block, days',
  },
  {
    name: "an unknown comparison operator",
    text: economyText('expect:\n  - { metric: block, operator: "=", value: 1 }'),
    said: 'DIR/s.yaml:20:32: expect[0].operator: found "="; allowed: <, <=, >, >=, ==',
  },
  {
    name: "an unknown hyperparameter",
    text: economyText().replace("price: 0.02 }", "hyperparameters: { kapa: 50 % } }"),
    said: "DIR/s.yaml:6:67: network.subnets[0].hyperparameters.kapa: unknown key; allowed here: tempo,",
  },
  {
    name: "parameters that a strategy has no more in a comparison",
    text: economyText(
      `compare: [{ name: lazy, set: { "populations[2].strategy": investing } }]\nvariables: { a: 1 }`,
    ).replace("strategy: fixed-quality", "strategy: fixed-quality\n    parameters: { registers: false }"),
    said: 'DIR/s.yaml:19:30: populations[2].parameters.registers: strategy investing has no parameter "registers"; it has quality,',
  },
  {
    name: "a name without quotes in a metric",
    text: economyText("metrics: { a: 'incentive(miner, 1)' }"),
    said: 'DIR/s.yaml:19:15: metrics.a: miner is a name that stands in quotes here: "miner"',
  },
  {
    name: "an expression with a colon and no quotes",
    text: economyText("metrics:\n  a: block > 1 ? 1 : 0"),
    said: 'DIR/s.yaml:20:6: no valid YAML: Nested mappings are not allowed in compact mappings; a text with ": " in it, and one with [ ] within { }, stands in quotes',
  },
  {
    name: "a path within braces and no quotes",
    text: economyText("compare: [{ name: a, set: { network.subnets[0].count: 1 } }]"),
    said: 'DIR/s.yaml:19:44: no valid YAML: Missing , or : between flow map items; a text with ": " in it',
  },
  {
    name: "a misspelt key of a distribution",
    text: economyText().replace(
      "strategy: fixed-quality",
      "strategy: fixed-quality\n    parameters: { quality: { distribution: normal, mean: 1, sigma: 2 } }",
    ),
    said: "DIR/s.yaml:19:28: populations[2].parameters.quality: unknown key sigma; allowed here: distribution, mean, deviation, at_least, at_most; deviation: missing",
  },
  {
    name: "a mistake that --set brought in a comparison",
    text: economyText('compare: [{ name: a, set: { "populations[2].count": -1 } }]'),
    said: "DIR/s.yaml:19:53: populations[2].count: found -1; a whole number is needed, 0 to 100000",
  },
];

function refusal(work: () => unknown): ScenarioError {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(ScenarioError);
    return error as ScenarioError;
  }
  throw new Error("the scenario was accepted");
}

describe("mistakes in economies", () => {
  // The parser of expressions is loaded with the first one.
  beforeAll(() => void loadEconomyText(delegator("    balance: { expression: 1, unit: TAO }")));

  test.each(MISTAKES)("$name", ({ text, files, said }) => {
    const directory = writeFiles({ ...files, "s.yaml": text });
    const started = performance.now();
    const { message, problems } = refusal(() => loadAnyScenario(join(directory, "s.yaml")));
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(message.replaceAll(directory, "DIR").slice(0, said.length)).toBe(said);
    for (const { place } of problems) expect(place).toMatch(/:\d+:\d+$/);
  });

  test("say in which comparison they are made", () => {
    const text = economyText(
      'compare: [{ name: a, set: {} }, { name: b, set: { "populations[1].count": -1 } }]',
    );
    const { message } = refusal(() => loadEconomyText(text));
    expect(message).toMatch(/found -1; .* \(in comparison b\)$/);
  });
});
