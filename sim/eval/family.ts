import type { JsonObject, JsonValue } from "../json.ts";
import type { Difference } from "./difference.ts";

/** A protocol function that `yumasim eval` puts JSON Lines to. */
export interface EvalFamily {
  /** As the command line names it, and the vector files: `epoch`, `pool-swap`. */
  readonly name: string;
  /** What can compute it; the first is the default. */
  readonly backends: readonly [string, ...string[]];
  /** Whether the first array index inside `out` is a uid, so that a difference can name it. */
  readonly indexedByUid: boolean;
  /**
   * Float results alone: how far a check of this backend lets a result lie from the line's, as it prints it; undefined
   * where it compares exactly.
   */
  tolerance?(backend: string): string | undefined;
  /** What a user should know before the first answer: what `auto` came to, and why. */
  note?(backend: string): string | undefined;
  /** Loads what the backend needs. State that lines of a sequence share lives in the evaluator. */
  open(backend: string): Promise<Evaluator>;
}

/** Computes the cases of one input, in the order of its lines. */
export interface Evaluator {
  /**
   * Checks one line and converts it.
   * @param line its members except `name` and `out`
   * @throws InputError that names the member, what was found and what is allowed
   */
  prepare(line: JsonObject): EvalCase;
  /** Releases what it holds outside of JavaScript's memory. */
  close?(): Promise<void>;
}

/** One case, ready to be computed; it may end when its evaluator prepares the next one. */
export interface EvalCase {
  /** Number of neurons; null where the case has none. */
  readonly n: number | null;
  /** Computes the case: the part that `--bench` times. */
  run(): void | Promise<void>;
  /** The result of the last `run`, with exactly the members that the schema asks for. */
  out(): JsonObject;
  /**
   * Backends with a tolerance alone: the first place where the last `run` lies too far from what was expected.
   * Without it a check compares exactly.
   */
  difference?(expected: JsonValue): Difference | null;
}
