import { InputError } from "../errors.ts";

/** One thing that is wrong with a scenario or a file that it names. */
export interface Problem {
  /** `file:line:column`, or `--set path=value`, or the file alone where there is no line. */
  readonly place: string;
  /** Path of the value, for example `subnets[0].hyperparameters.kappa`; empty = the whole file. */
  readonly path: string;
  /** What was found, what is allowed, what to do. */
  readonly message: string;
}

/** More would scroll the first one, which is often the cause of the rest, off the screen. */
const SHOWN = 20;

/** A scenario that cannot be used, with everything that is wrong with it. */
export class ScenarioError extends InputError {
  override readonly name = "ScenarioError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const lines = problems.slice(0, SHOWN).map(describeProblem);
    if (problems.length > SHOWN) lines.push(`... and ${problems.length - SHOWN} more`);
    super(lines.join("\n"));
    this.problems = problems;
  }
}

/** A ScenarioError about one thing. */
export function scenarioError(place: string, path: string, message: string): ScenarioError {
  return new ScenarioError([{ place, path, message }]);
}

function describeProblem({ place, path, message }: Problem): string {
  return [place, path, message].filter((part) => part !== "").join(": ");
}

/** A path as a scenario and `--set` spell it: `subnets[0].hyperparameters.kappa`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) =>
      typeof step === "number" ? `[${step}]` : `${index === 0 ? "" : "."}${String(step)}`,
    )
    .join("");
}
