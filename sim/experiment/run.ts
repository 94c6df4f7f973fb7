/** A paired experiment from its scenario file to its result. */
import {
  type BreakEvenText,
  child,
  closest,
  type Expression,
  plainValue,
  type StrengthText,
  type Tree,
} from "../scenario/index.ts";
import { engineVersion } from "../run/index.ts";
import { type Assignment, assignmentText, numberValue } from "../sweep/assignment.ts";
import { replicaSeed } from "../sweep/cells.ts";
import { bisect } from "../sweep/optimise/methods.ts";
import {
  type BreakEven,
  EXPERIMENT_FORMAT,
  type ExperimentResult,
  type PublishedResult,
  type StrengthCurve,
} from "../trace/index.ts";
import { economicsOf, outcomeOf, type Outcome, recoveryDays } from "./economics.ts";
import { estimate, metricPath, stored } from "./estimates.ts";
import { controlOf, type Experiment } from "./load.ts";
import type { Measured, MeasureTask } from "./measure.ts";
import { MeasurePool } from "./pool.ts";
import { asExpected, publishedResult } from "./published.ts";
import { type Named, namedValues, valueOf } from "./scope.ts";

export interface ExperimentOptions {
  readonly workers: number;
  /** Seeds instead of as many as the scenario says, for a quick look; strength and break-even take at most as many. */
  readonly replicas?: number;
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Everything that an experiment came to. */
export interface ExperimentRun {
  readonly result: ExperimentResult;
  /** By comparison, in the order of the seeds. */
  readonly replicas: ReadonlyMap<string, readonly Measured[]>;
}

const BLOCKS_PER_DAY = 7_200;

/**
 * Runs an experiment: every comparison with every seed, then the attack at several strengths and its break-even. What comes out
 * depends on the scenario and its seed alone, not on the number of threads.
 *
 * @throws ScenarioError for an expression that names what is not there; Error when a run breaks an invariant
 */
export async function runExperiment(
  experiment: Experiment,
  { workers, replicas, onProgress, signal }: ExperimentOptions,
): Promise<ExperimentRun> {
  const { path, tree, metrics, definitions, text } = experiment;
  const { attacker, roles } = text;
  const runs = new Runs(experiment, replicas);
  let [done, total] = [0, runs.planned];
  const pool = new MeasurePool(
    workers,
    {
      path,
      tree,
      metrics,
      definitions,
      attacker,
      roles,
      overTime: text.over_time ?? [],
      digest: text.strength?.zero ?? false,
    },
    () => {
      done++;
      total = Math.max(total, done);
      onProgress?.(done, total);
    },
    signal,
  );
  try {
    return await runs.run(pool);
  } finally {
    await pool.close();
  }
}

/** One experiment on its way. */
class Runs {
  readonly #experiment: Experiment;
  readonly #count: number;
  readonly #comparisons: readonly string[];

  constructor(experiment: Experiment, replicas: number | undefined) {
    this.#experiment = experiment;
    this.#count = replicas ?? experiment.text.replicas;
    this.#comparisons = experiment.comparisons;
  }

  /** Runs that are known beforehand. */
  get planned(): number {
    const { strength, break_even: breakEven } = this.#experiment.text;
    return (
      this.#count * this.#comparisons.length +
      (strength ? strength.values.length * this.#runsPerValue(strength) : 0) +
      (breakEven ? bisections(breakEven.within) * this.#runsPerValue(breakEven) : 0)
    );
  }

  async run(pool: MeasurePool): Promise<ExperimentRun> {
    const { text, attacks, kind, metrics } = this.#experiment;
    const tasks = this.#comparisons.flatMap((comparison) => this.#tasks(comparison, this.#count, []));
    const measured = await pool.run(tasks);
    const replicas = new Map(
      this.#comparisons.map((comparison, at) => [
        comparison,
        measured.slice(at * this.#count, (at + 1) * this.#count),
      ]),
    );
    const control = replicas.get(text.control)!;
    const against = (attack: string): readonly Measured[] => replicas.get(this.#controlOf(attack))!;
    const outcomes = new Map(
      attacks.map((attack) => [
        attack,
        replicas.get(attack)!.map((run, replica) => this.#outcome(run, against(attack)[replica]!)),
      ]),
    );
    const named = Array.from(
      { length: this.#count },
      (_, replica) =>
        new Map<string, Named>(
          this.#comparisons.map((comparison) => [
            comparison,
            namedValues(replicas.get(comparison)![replica]!, outcomes.get(comparison)?.[replica] ?? null),
          ]),
        ),
    );
    const strength = await this.#strength(pool, against);
    const breakEven = await this.#breakEven(pool, against);
    const published = this.#published(named, breakEven);
    const show = text.show ?? metrics;
    const paths = [
      ...new Set([
        "attacker_wealth",
        ...(text.over_time ?? show.slice(0, 1)),
        ...(text.recovery ? [text.recovery.metric] : []),
      ]),
    ].filter((metric) => control[0]?.series[metric] !== undefined);
    const checks = checksOf(strength);
    const names = Object.keys(control[0]?.values ?? {});
    const { name, title, description, protocol, seed } = this.#experiment;
    const result: ExperimentResult = {
      format: EXPERIMENT_FORMAT,
      name,
      title,
      description,
      entry: text.entry,
      question: text.question,
      finding: text.finding ?? null,
      kind,
      unit: kind === "economy" ? "TAO" : "alpha",
      protocol,
      engineVersion: engineVersion(),
      seed,
      replicas: this.#count,
      control: text.control,
      ...(Object.keys(text.controls).length > 0 && { controls: text.controls }),
      attacks,
      attacker: text.attacker,
      roles: text.roles,
      show,
      comparisons: this.#comparisons.map((comparison) => ({
        name: comparison,
        metrics: Object.fromEntries(
          names.map((metric) => [
            metric,
            estimate(replicas.get(comparison)!.map(({ values }) => values[metric] ?? NaN)),
          ]),
        ),
      })),
      differences: attacks.map((attack) => ({
        attack,
        metrics: Object.fromEntries(
          names.map((metric) => [
            metric,
            estimate(
              replicas
                .get(attack)!
                .map(
                  ({ values }, replica) =>
                    (values[metric] ?? NaN) - (against(attack)[replica]!.values[metric] ?? NaN),
                ),
            ),
          ]),
        ),
      })),
      economics: attacks.map((attack) =>
        economicsOf(attack, outcomes.get(attack)!, this.#recoveries(replicas.get(attack)!, against(attack))),
      ),
      paths: paths.map((metric) => metricPath(metric, replicas, kind === "economy" ? BLOCKS_PER_DAY : 1)),
      strength,
      breakEven,
      published,
      checks,
      passed: checks.every(({ passed }) => passed) && published.every(asExpected),
    };
    return { result, replicas };
  }

  #runsPerValue({ replicas, control_too: both }: StrengthText | BreakEvenText): number {
    return Math.min(replicas, this.#count) * (both ? 2 : 1);
  }

  #controlOf(attack: string): string {
    return controlOf(this.#experiment.text, attack);
  }

  #tasks(comparison: string, count: number, assignments: MeasureTask["assignments"]): MeasureTask[] {
    return Array.from({ length: count }, (_, replica) => ({
      seed: replicaSeed(this.#experiment.seed, replica),
      comparison,
      assignments,
    }));
  }

  #outcome(attack: Measured, control: Measured): Outcome {
    const { text, expressions } = this.#experiment;
    const forgone =
      expressions.forgone === null ? 0 : valueOf(expressions.forgone, control.values, new Map());
    return outcomeOf(attack, control, Object.keys(text.roles), forgone);
  }

  #recoveries(attack: readonly Measured[], control: readonly Measured[]): (number | null)[] | null {
    const { recovery } = this.#experiment.text;
    if (recovery === undefined) return null;
    return attack.map((run, replica) =>
      recoveryDays(run, control[replica]!, recovery.metric, recovery.after),
    );
  }

  #published(
    replicas: readonly ReadonlyMap<string, Named>[],
    breakEven: BreakEven | null,
  ): PublishedResult[] {
    const { text, attacks, expressions } = this.#experiment;
    return text.published.map((line, index) => {
      const comparison = line.comparison ?? attacks[0]!;
      const own = replicas.map((all): Named => ({
        ...all.get(comparison),
        ...(breakEven && { break_even: breakEven.value ?? NaN }),
      }));
      const expression = expressions.published[index]!;
      const values = own.map((named, replica) => valueOf(expression, named, replicas[replica]!));
      return publishedResult(line, comparison, estimate(values));
    });
  }

  /** Value of an expression in every replica of an attack with one value changed. */
  async #varied(
    pool: MeasurePool,
    of: (attack: string) => readonly Measured[],
    { attack: wanted, control_too: both, replicas }: StrengthText | BreakEvenText,
    metric: Expression,
    assignment: Assignment,
  ): Promise<Varied> {
    const attack = wanted ?? this.#experiment.attacks[0]!;
    const name = this.#controlOf(attack);
    const count = Math.min(replicas, this.#count);
    const tasks = this.#tasks(attack, count, [assignment]);
    const others = both ? this.#tasks(name, count, [assignment]) : [];
    const found = await pool.run([...tasks, ...others]);
    const runs = found.slice(0, count);
    const against = both ? found.slice(count) : of(attack).slice(0, count);
    const values = runs.map((run, replica) => {
      const own = namedValues(run, this.#outcome(run, against[replica]!));
      const all = new Map<string, Named>([[name, against[replica]!.values]]);
      return valueOf(metric, own, all);
    });
    return {
      values,
      equal: runs.every(({ digest }, replica) => digest === against[replica]!.digest),
    };
  }

  async #strength(
    pool: MeasurePool,
    of: (attack: string) => readonly Measured[],
  ): Promise<StrengthCurve | null> {
    const { text, attacks, expressions, source } = this.#experiment;
    const { strength } = text;
    const metric = expressions.strength;
    if (strength === undefined || metric === null) return null;
    const list = closest(source.tree, ["experiment", "strength", "values"]);
    const values = strength.values.map((_, index) => child(list, index)!);
    const found = await Promise.all(
      values.map((value) => this.#varied(pool, of, strength, metric, { path: strength.path, value })),
    );
    const estimates = found.map((one) => estimate(one.values));
    return {
      label: strength.label,
      attack: strength.attack ?? attacks[0]!,
      metric: strength.metric,
      values: values.map((value) => shown(value, strength.path)),
      estimates,
      monotone: strength.monotone,
      isMonotone: isMonotone(
        estimates.map(({ mean }) => mean ?? NaN),
        strength.monotone,
        strength.slack,
      ),
      because: strength.because ?? null,
      zeroIsControl: strength.zero ? found[0]!.equal : null,
    };
  }

  async #breakEven(
    pool: MeasurePool,
    of: (attack: string) => readonly Measured[],
  ): Promise<BreakEven | null> {
    const { text, attacks, expressions, source } = this.#experiment;
    const wanted = text.break_even;
    const metric = expressions.breakEven;
    if (wanted === undefined || metric === null) return null;
    const { from, to, unit, within } = wanted;
    const points = new Map<number, number>();
    const place = closest(source.tree, ["experiment", "break_even", "from"]);
    await bisect(
      async (places) =>
        Promise.all(
          places.map(async ([share = 0]) => {
            const value = Number((from + (to - from) * share).toPrecision(12));
            const { values } = await this.#varied(pool, of, wanted, metric, {
              path: wanted.path,
              value: numberValue(value, false, unit, place),
            });
            const mean = estimate(values).mean ?? NaN;
            points.set(value, mean);
            return mean;
          }),
        ),
      within,
      200,
    );
    const sorted = [...points].sort(([a], [b]) => a - b);
    const bracket = bracketOf(sorted);
    return {
      label: wanted.label,
      attack: wanted.attack ?? attacks[0]!,
      metric: wanted.metric,
      unit: unit ?? null,
      value: bracket && stored((bracket[0] + bracket[1]) / 2),
      low: bracket?.[0] ?? null,
      high: bracket?.[1] ?? null,
      from,
      to,
      points: sorted.map(([value, mean]) => ({ value, mean: stored(mean) })),
    };
  }
}

/** What came out with one value changed. */
interface Varied {
  /** By replica. */
  readonly values: readonly number[];
  /** Whether every replica ended in the same bits as the control. */
  readonly equal: boolean;
}

/** Values that bisection looks at: both ends, and a halving each until the bracket is narrow enough. */
function bisections(within: number): number {
  let count = 2;
  for (let width = 1; width > within; width /= 2) count++;
  return count;
}

/** The narrowest interval between two neighbours at whose ends the signs differ. */
function bracketOf(points: readonly (readonly [number, number])[]): readonly [number, number] | null {
  let best: readonly [number, number] | null = null;
  for (let at = 1; at < points.length; at++) {
    const [[a, before], [b, after]] = [points[at - 1]!, points[at]!];
    const differ = (before <= 0 && after >= 0) || (before >= 0 && after <= 0);
    if (differ && (best === null || b - a < best[1] - best[0])) best = [a, b];
  }
  return best;
}

/** A value as the scenario writes it. */
const shown = (value: Tree, path: string): string =>
  value.kind === "scalar" ? assignmentText({ path, value }) : JSON.stringify(plainValue(value));

function isMonotone(means: readonly number[], wanted: "rising" | "falling" | "any", slack: number): boolean {
  if (wanted === "any") return true;
  const sign = wanted === "rising" ? 1 : -1;
  return means.every((mean, at) => at === 0 || sign * (mean - means[at - 1]!) >= -slack);
}

/** What every attack is checked for, as far as its scenario says how. */
function checksOf(strength: StrengthCurve | null): ExperimentResult["checks"] {
  const checks = [
    {
      name: "conservation",
      passed: true,
      detail: "TAO and alpha were conserved in every block: a run in which they are not ends with an error",
    },
  ];
  if (strength?.zeroIsControl !== undefined && strength.zeroIsControl !== null)
    checks.push({
      name: "no strength is the control",
      passed: strength.zeroIsControl,
      detail: `${strength.label} ${strength.values[0] ?? ""}: every replica ends in the same bits as the control`,
    });
  if (strength && strength.monotone !== "any")
    checks.push({
      name: "monotone",
      passed: strength.isMonotone,
      detail: `${strength.metric} is ${strength.monotone} with ${strength.label}`,
    });
  return checks;
}
