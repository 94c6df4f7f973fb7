import { isJsonObject, type JsonObject, type JsonValue } from "../../json.ts";
import type { Difference } from "../difference.ts";

/** Largest differences from results that were computed in single precision. */
const BOUNDS: Readonly<Record<string, number>> = {
  dividends: 1e-6,
  incentives: 1e-6,
  bonds: 2e-6,
  alpha: 1e-6,
  total_per_1000_tao: 5e-6,
  percent_vs_base: 1e-3,
};

/** One step of the quantised consensus, and what may follow from it. */
const STEP = 1 / 65_535;
const AFTER_STEP = 2e-5;

/** How near to an integer a quotient must lie for single precision to truncate it the other way. */
const ROUNDING_OF_QUOTIENT = 0.01;

/** As `--check` prints it. */
export const TOLERANCE =
  "dividends, incentives and alpha within 1e-6; bonds within 2e-6, or 2e-6 of the largest where that is above 1; " +
  "total_per_1000_tao within 5e-6, percent_vs_base within 1e-3 points; consensus equal, but for one step of 1/65535 " +
  "where its quotient lies within 0.01 of an integer, and from that epoch on 2e-5 for the rest; without compat only " +
  "the epochs before the first one with undefined consensus";

/** What a comparison has to know of the run. */
export interface ComparedRun {
  readonly out: JsonObject;
  readonly compat: boolean;
  readonly servers: number;
  /** epochs x servers: the consensus in steps before truncation. */
  readonly quotients: Float64Array;
}

/** Compares an expected run with a computed one, in the tolerances above. @returns the first difference, or null */
export function firstVariantDifference(expected: JsonValue, run: ComparedRun): Difference | null {
  if (!isJsonObject(expected)) return { path: "", index: null, expected, actual: run.out };
  const names = new Set([...Object.keys(run.out), ...Object.keys(expected)]);
  const undefinedEpochs = expected.undefined_consensus_epochs;
  const firstUndefined =
    !run.compat && Array.isArray(undefinedEpochs) ? Number(undefinedEpochs[0] ?? Infinity) : Infinity;
  const comparison = new Comparison(run, firstUndefined);
  // The consensus first: a step in it widens what comes after.
  for (const name of ["consensus", ...[...names].filter((other) => other !== "consensus")]) {
    const found = comparison.member(
      name,
      Object.hasOwn(expected, name) ? expected[name] : undefined,
      Object.hasOwn(run.out, name) ? run.out[name] : undefined,
    );
    if (found) return found;
  }
  return null;
}

class Comparison {
  readonly #run: ComparedRun;
  readonly #firstUndefined: number;
  #firstStep = Infinity;

  constructor(run: ComparedRun, firstUndefined: number) {
    this.#run = run;
    this.#firstUndefined = firstUndefined;
  }

  member(name: string, expected: JsonValue | undefined, actual: JsonValue | undefined): Difference | null {
    const cut = Number.isFinite(this.#firstUndefined);
    switch (name) {
      case "consensus":
        return this.#numbers(expected, actual, name, [], (path, e, a) => this.#sameStep(path, e, a));
      case "dividends":
      case "incentives":
      case "bonds":
      case "alpha": {
        const scale = name === "bonds" ? Math.max(1, largest(expected)) : 1;
        const bound = BOUNDS[name]! * scale;
        const late = name === "alpha" ? 1 : 0;
        return this.#numbers(expected, actual, name, [], (path, e, a) =>
          within(e, a, path[0]! + late >= this.#firstStep ? Math.max(bound, AFTER_STEP * scale) : bound),
        );
      }
      case "total_per_1000_tao":
      case "percent_vs_base": {
        // They sum up all epochs, the undefined ones too.
        if (cut && actual !== undefined && expected !== undefined) return null;
        const bound = BOUNDS[name]! * (this.#firstStep < Infinity ? AFTER_STEP / 1e-6 : 1);
        return this.#numbers(expected, actual, name, [], (_path, e, a) => within(e, a, bound), true);
      }
      case "unpaid_epochs":
        // Without a majority nobody is paid, unless compat says otherwise.
        return this.#numbers(this.#before(expected), this.#before(actual), name, [], within0, true);
      default:
        return this.#numbers(expected, actual, name, [], within0, true);
    }
  }

  /** The epochs of a list that are compared; an empty list is as good as none. */
  #before(epochs: JsonValue | undefined): JsonValue | undefined {
    if (!Array.isArray(epochs) || !Number.isFinite(this.#firstUndefined)) return epochs;
    const kept = epochs.filter((epoch) => Number(epoch) < this.#firstUndefined);
    return kept.length === 0 ? undefined : kept;
  }

  #sameStep(path: readonly number[], expected: number, actual: number): boolean {
    if (within(expected, actual, (STEP / 100) * Math.max(1, Math.abs(expected)))) return true;
    const [epoch, server] = path;
    const quotient = this.#run.quotients[epoch! * this.#run.servers + server!]!;
    const decidedByRounding = Math.abs(quotient - Math.round(quotient)) <= ROUNDING_OF_QUOTIENT;
    if (!decidedByRounding || !within(expected, actual, STEP * 1.01)) return false;
    this.#firstStep = Math.min(this.#firstStep, epoch!);
    return true;
  }

  #numbers(
    expected: JsonValue | undefined,
    actual: JsonValue | undefined,
    name: string,
    path: readonly number[],
    same: (path: readonly number[], expected: number, actual: number) => boolean,
    allEpochs = false,
  ): Difference | null {
    if (Array.isArray(expected) && Array.isArray(actual)) {
      const length = Math.max(expected.length, actual.length);
      for (let k = 0; k < length; k++) {
        const epoch = name === "alpha" ? k + 1 : k;
        if (!allEpochs && path.length === 0 && epoch >= this.#firstUndefined) return null;
        const found = this.#numbers(
          expected[k] as JsonValue | undefined,
          actual[k] as JsonValue | undefined,
          name,
          [...path, k],
          same,
          allEpochs,
        );
        if (found) return found;
      }
      return null;
    }
    if (typeof expected === "number" && typeof actual === "number") {
      if (same(path, expected, actual)) return null;
    } else if (expected === actual) return null;
    return {
      path: `${name}${path.map((k) => `[${k}]`).join("")}`,
      index: path[0] ?? null,
      expected,
      actual,
    };
  }
}

const within = (expected: number, actual: number, bound: number): boolean =>
  Math.abs(expected - actual) <= bound;

const within0 = (_path: readonly number[], expected: number, actual: number): boolean => expected === actual;

/** The largest absolute number of nested arrays, 0 for none. */
function largest(value: JsonValue | undefined): number {
  if (typeof value === "number") return Math.abs(value);
  return Array.isArray(value)
    ? value.reduce((most: number, each) => Math.max(most, largest(each as JsonValue)), 0)
    : 0;
}
