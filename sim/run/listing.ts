/** Lists of what scenarios can name, for people and programs. */
import { type Parameter, ROLES, StrategyRegistry } from "../agents/index.ts";
import type { JsonValue } from "../json.ts";
import { libraryOf, METRIC_FUNCTIONS, type Theme } from "../scenario/index.ts";

/** A list for people (`text`) and for programs (`entries`). */
export interface Listing {
  readonly text: string;
  readonly entries: JsonValue;
}

const MILLION = 1_000_000n;

const plain = (value: unknown): JsonValue =>
  typeof value === "bigint" ? `${value} rao` : (value as JsonValue);

/** A default as a scenario would write it. */
function written({ kind, initial }: Parameter<unknown>): string {
  if (typeof initial === "bigint")
    return initial % MILLION === 0n ? `${Number(initial / MILLION) / 1_000} TAO` : `${initial} rao`;
  if (kind === "duration") return `${String(initial)} blocks`;
  return kind === "population" && initial === "" ? "its own" : JSON.stringify(initial);
}

/** Every strategy by role, with its parameters and their defaults. */
export function listStrategies(): Listing {
  const all = new StrategyRegistry().all();
  const lines = ROLES.flatMap((role) => [
    `${role}s`,
    ...all
      .filter((strategy) => strategy.role === role)
      .flatMap(({ name, summary, parameters }) => [
        `  ${name}: ${summary}`,
        ...Object.entries(parameters).map(
          ([key, parameter]) =>
            `      ${key} (${parameter.kind}, default ${written(parameter)}): ${parameter.description}`,
        ),
      ]),
  ]);
  const entries = all.map(({ name, role, summary, parameters }) => ({
    name,
    role,
    summary,
    parameters: Object.fromEntries(
      Object.entries(parameters).map(([parameter, { kind, initial, description }]) => [
        parameter,
        { kind, default: plain(initial), description },
      ]),
    ),
  }));
  return { text: `${lines.join("\n")}\n`, entries };
}

/** Every function that metrics can use. */
export function listMetrics(): Listing {
  return {
    text: `${Object.values(METRIC_FUNCTIONS).join("\n")}\n`,
    entries: { ...METRIC_FUNCTIONS },
  };
}

/** The scenarios of a theme that come with the package, by the names that `yumasim run` takes. */
export function listLibrary(theme: Theme): Listing {
  const entries = libraryOf(theme);
  const width = Math.max(0, ...entries.map(({ name }) => name.length));
  return {
    text: entries
      .map(
        ({ name, title, entry }) =>
          `${entry === null ? "" : `${String(entry).padStart(2)}  `}${name.padEnd(width)}  ${title}\n`,
      )
      .join(""),
    entries: entries.map(({ name, title, entry }) => ({ name, title, entry })),
  };
}
