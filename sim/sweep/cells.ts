/** From a scenario file to the cells of its sweep. */
import {
  type LoadOptions,
  loadStudy,
  scenarioError,
  type StudySource,
  type Tree,
} from "../scenario/index.ts";
import type { Assignment } from "./assignment.ts";
import { sweepPoints } from "./points.ts";

/** One run of a sweep, before anything has been resolved. */
export interface Cell {
  /** Position in the sweep. */
  readonly index: number;
  /** Position of its point; replicas share it. */
  readonly point: number;
  readonly replica: number;
  /** Null = the scenario's own. */
  readonly seed: string | null;
  readonly assignments: readonly Assignment[];
}

/** A sweep as its scenario file has it. */
export interface Sweep {
  readonly source: StudySource;
  /** Of the scenario, or of the command line. */
  readonly seed: string;
  readonly cells: readonly Cell[];
}

/** Reads a scenario with its sweep. @throws {ScenarioError} when it has none, or a wrong one */
export function loadSweep(path: string, options: LoadOptions): Sweep {
  const source = loadStudy(path, options);
  const { sweep } = source.text;
  if (!sweep) throw scenarioError(path, "sweep", "missing; it says what is varied (docs/sweeps.md)");
  const seed = options.seed ?? seedOf(source.scenario);
  const points = sweepPoints(source, sweep, seed);
  const replicas = sweep.replicas ?? 1;
  const cells = points.flatMap((assignments, point) =>
    Array.from({ length: replicas }, (_, replica) => ({
      index: point * replicas + replica,
      point,
      replica,
      seed: sweep.replicas === undefined ? (options.seed ?? null) : replicaSeed(seed, replica),
      assignments,
    })),
  );
  return { source, seed, cells };
}

/** Replica k has the same seed at every point, so that points differ in nothing but their parameters. */
export function replicaSeed(seed: string, replica: number): string {
  return `${seed}/${replica}`;
}

/** The scenario's seed as it is written; whether it is one is checked when the scenario is read. */
export function seedOf(scenario: Tree): string {
  const member = scenario.kind === "mapping" ? scenario.members.get("seed")?.value : undefined;
  return member?.kind === "scalar" && member.value !== null ? String(member.value) : "0";
}
