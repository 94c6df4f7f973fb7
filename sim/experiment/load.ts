import { replicaSeed, seedOf } from "../sweep/cells.ts";
import { type Assignment } from "../sweep/assignment.ts";
import {
  child,
  closest,
  type ExperimentText,
  loadAnyScenario,
  isEconomy,
  type LoadOptions,
  loadStudy,
  type MetricText,
  type Member,
  scenarioError,
  type StudySource,
  type Tree,
} from "../scenario/index.ts";
import { checkMetrics } from "../run/index.ts";
import { type Expressions, readExpressions } from "./expressions.ts";

/** A paired experiment as its scenario file has it, checked. */
export interface Experiment {
  /** The scenario file. */
  readonly path: string;
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly protocol: string;
  readonly kind: "economy" | "subnet";
  readonly seed: string;
  readonly text: ExperimentText;
  readonly attacks: readonly string[];
  /** The control, the controls of single attacks, the attacks, and the comparisons that are none of these. */
  readonly comparisons: readonly string[];
  readonly expressions: Expressions;
  /** The scenario without what it says about families of runs. */
  readonly tree: Tree;
  readonly source: StudySource;
  /** Names of the scenario's metrics. */
  readonly metrics: readonly string[];
  readonly definitions: Readonly<Record<string, MetricText>>;
}

/** What the metrics of an experiment may not be named: the experiment has these itself. */
const OWN = [
  "attacker_wealth",
  "attacker_spent",
  "attacker_capital",
  "profit",
  "cost",
  "roi",
  "capital",
  "damage",
  "griefing",
  "break_even",
] as const;

/** Whether a scenario file is an experiment. */
export const isExperiment = (path: string, options: LoadOptions): boolean =>
  loadStudy(path, options).text.experiment !== undefined;

/** @throws ScenarioError with file and line of what is wrong */
export function loadExperiment(path: string, options: LoadOptions = {}): Experiment {
  const source = loadStudy(path, options);
  const { experiment } = source.text;
  if (!experiment)
    throw scenarioError(path, "experiment", "missing; it says what the control is (docs/experiments.md)");
  const seed = options.seed ?? seedOf(source.scenario);
  const scenario = loadAnyScenario(path, { ...options, tree: source.scenario, seed: replicaSeed(seed, 0) });
  const economy = isEconomy(scenario);
  const comparisons = economy
    ? scenario.plans.map(({ comparison }) => comparison)
    : scenario.comparisons.map(({ comparison }) => comparison);
  const known = economy ? (scenario.plans[0]?.populations ?? []) : groupsOf(source.scenario);
  const fail = (at: readonly PropertyKey[], message: string): never => {
    throw scenarioError(
      closest(source.tree, ["experiment", ...at]).place,
      `experiment.${at.join(".")}`,
      message,
    );
  };
  const comparison = (name: string, at: readonly PropertyKey[]): void => {
    if (!comparisons.includes(name))
      fail(at, `found ${JSON.stringify(name)}, which is no comparison; there are ${comparisons.join(", ")}`);
  };
  const who = (names: readonly string[], at: readonly PropertyKey[]): void =>
    names.forEach((name, index) => {
      if (!known.includes(name))
        fail(
          [...at, index],
          `there is no ${economy ? "population" : "group"} ${JSON.stringify(name)}; there are ${known.join(", ")}`,
        );
    });
  comparison(experiment.control, ["control"]);
  experiment.attacks?.forEach((name, index) => comparison(name, ["attacks", index]));
  const controls = new Set([experiment.control, ...Object.values(experiment.controls)]);
  const attacks = experiment.attacks ?? comparisons.filter((name) => !controls.has(name));
  for (const [attack, own] of Object.entries(experiment.controls)) {
    comparison(own, ["controls", attack]);
    if (!attacks.includes(attack))
      fail(["controls", attack], `is the control of no attack; the attacks are ${attacks.join(", ")}`);
  }
  if (attacks.length === 0) fail(["control"], "is the only comparison; give one with the attack");
  who(experiment.attacker, ["attacker"]);
  for (const [role, names] of Object.entries(experiment.roles)) who(names, ["roles", role]);
  const { strength, break_even: breakEven } = experiment;
  const attack = (name: string | undefined, at: string): void => {
    if (name !== undefined && !attacks.includes(name))
      fail(
        [at, "attack"],
        `found ${JSON.stringify(name)}, which is no attack; the attacks are ${attacks.join(", ")}`,
      );
  };
  attack(strength?.attack, "strength");
  attack(breakEven?.attack, "break_even");
  experiment.published.forEach((line, index) => {
    if (line.comparison !== undefined) comparison(line.comparison, ["published", index, "comparison"]);
  });
  for (const name of experiment.show ?? [])
    if (!source.metrics.includes(name) && !OWN.includes(name as never) && !name.startsWith("wealth_"))
      fail(["show"], `there is no metric ${JSON.stringify(name)}; there are ${source.metrics.join(", ")}`);
  for (const name of experiment.over_time ?? [])
    if (!source.metrics.includes(name) && !name.startsWith("wealth_"))
      fail(
        ["over_time"],
        `there is no metric ${JSON.stringify(name)}; there are ${source.metrics.join(", ")}`,
      );
  for (const name of source.metrics)
    if (OWN.includes(name as never) || /^(damage|wealth)_/.test(name))
      throw scenarioError(
        path,
        `metrics.${name}`,
        "is a name that experiments give themselves; choose another",
      );
  const definitions = economy ? {} : source.text.metrics;
  checkMetrics(definitions);
  const expressions = readExpressions(experiment, source, comparisons, attacks, (name) =>
    controlOf(experiment, name),
  );
  return {
    path,
    name: scenario.name,
    title: scenario.title,
    description: scenario.description,
    protocol: scenario.protocol,
    kind: economy ? "economy" : "subnet",
    seed,
    text: experiment,
    attacks,
    comparisons: [...new Set([...controls, ...attacks, ...comparisons])],
    expressions,
    tree: source.scenario,
    source,
    metrics: source.metrics,
    definitions,
  };
}

/** The comparison without an attack. */
export const controlOf = ({ control, controls }: ExperimentText, attack: string): string =>
  controls[attack] ?? control;

/** Names of the groups of neurons of a single subnet. */
function groupsOf(tree: Tree): string[] {
  const neurons = closest(tree, ["subnets", 0, "neurons"]);
  if (neurons.kind !== "list") return [];
  return neurons.items.flatMap((group) => {
    const name = child(group, "name");
    return name?.kind === "scalar" ? [String(name.value)] : [];
  });
}

/** The scenario with one comparison alone, and more values in its `set`. */
export function comparisonTree(tree: Tree, name: string, assignments: readonly Assignment[]): Tree {
  const compare = child(tree, "compare");
  if (tree.kind !== "mapping" || compare?.kind !== "list") throw new Error("no compare in this scenario");
  const item = compare.items.find((one) => {
    const found = child(one, "name");
    return found?.kind === "scalar" && String(found.value) === name;
  });
  const set = item && child(item, "set");
  if (item?.kind !== "mapping" || set?.kind !== "mapping") throw new Error(`no comparison ${name}`);
  const added = assignments.map(({ path, value }): [string, Member] => [
    path,
    { keyPlace: value.place, value },
  ]);
  const whole: Tree = { ...set, members: new Map([...set.members, ...added]) };
  const alone: Tree = {
    ...item,
    members: new Map([...item.members, ["set", { keyPlace: whole.place, value: whole }]]),
  };
  return {
    ...tree,
    members: new Map([
      ...tree.members,
      ["compare", { keyPlace: compare.place, value: { ...compare, items: [alone] } }],
    ]),
  };
}
