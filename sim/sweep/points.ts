/** From `sweep:` to the points that it names, in a fixed order. */
import { stableExp, stableLog } from "../../kernels/stable-math.ts";
import { openStream } from "../engine/random.ts";
import {
  child,
  type ChoiceText,
  closest,
  type IntervalText,
  keyPlace,
  type RangeText,
  scenarioError,
  type StudySource,
  type SweepText,
  type Tree,
} from "../scenario/index.ts";
import { type Assignment, numberValue } from "./assignment.ts";
import { MOST_DIMENSIONS, sobolPoints } from "./sobol.ts";

/** One way to fill in all paths of a sweep. */
export type Point = readonly Assignment[];

/** More would not fit into memory as objects, and nobody waits for them. */
const MOST_POINTS = 1_000_000;

/**
 * All points: every point of `grid` with every one of `zip`, `random` and `sobol`, the last varying fastest.
 * @param seed decides the draws
 * @throws {ScenarioError} when lists of `zip` differ in length, or a path is varied twice
 */
export function sweepPoints(source: StudySource, text: SweepText, seed: string): Point[] {
  refuseTwice(source, text);
  const parts = [
    grid(source, text),
    zip(source, text),
    random(source, text, seed),
    sobol(source, text, seed),
  ];
  const count = parts.reduce((product, part) => product * part.length, 1);
  if (count > MOST_POINTS)
    throw scenarioError(
      closest(source.tree, ["sweep"]).place,
      "sweep",
      `has ${count} points; at most ${MOST_POINTS} are run`,
    );
  return parts.reduce<Point[]>(
    (points, part) => points.flatMap((point) => part.map((own) => [...point, ...own])),
    [[]],
  );
}

function refuseTwice(source: StudySource, { grid, zip, random, sobol }: SweepText): void {
  const seen = new Set<string>();
  const parts: [readonly string[], object | undefined][] = [
    [["sweep", "grid"], grid],
    [["sweep", "zip"], zip],
    [["sweep", "random", "values"], random?.values],
    [["sweep", "sobol", "values"], sobol?.values],
  ];
  for (const [place, values] of parts)
    for (const path of Object.keys(values ?? {})) {
      if (seen.has(path))
        throw scenarioError(
          keyPlace(source.tree, place, path),
          [...place, path].join("."),
          "is varied a second time",
        );
      seen.add(path);
    }
}

/** The values of a path: those of a list as they are written, or those of a range. */
function listed(
  source: StudySource,
  part: "grid" | "zip",
  path: string,
  text: readonly unknown[] | RangeText,
): Tree[] {
  const at = closest(source.tree, ["sweep", part, path]);
  if (!("count" in text)) return text.map((_, index) => child(at, index) ?? at);
  const { from, to, count, unit } = text;
  return Array.from({ length: count }, (_, index) => {
    // The ends are exact.
    const value = index === count - 1 ? to : from + ((to - from) * index) / (count - 1);
    return numberValue(value, Number.isInteger(value), unit, at);
  });
}

function grid(source: StudySource, { grid }: SweepText): Point[] {
  return Object.entries(grid ?? {}).reduce<Point[]>(
    (points, [path, text]) => {
      const values = listed(source, "grid", path, text);
      return points.flatMap((point) => values.map((value) => [...point, { path, value }]));
    },
    [[]],
  );
}

function zip(source: StudySource, { zip }: SweepText): Point[] {
  const columns = Object.entries(zip ?? {}).map(([path, text]) => ({
    path,
    values: listed(source, "zip", path, text),
  }));
  const [first] = columns;
  if (!first) return [[]];
  for (const { path, values } of columns)
    if (values.length !== first.values.length)
      throw scenarioError(
        keyPlace(source.tree, ["sweep", "zip"], path),
        `sweep.zip.${path}`,
        `has ${values.length} values; ${first.path} has ${first.values.length}; all lists of zip are equally long`,
      );
  return first.values.map((_, index) => columns.map(({ path, values }) => ({ path, value: values[index]! })));
}

function random(source: StudySource, { random }: SweepText, seed: string): Point[] {
  if (!random) return [[]];
  const columns = Object.entries(random.values).map(([path, text]) => {
    const stream = openStream(seed, "sweep", `random/${path}`);
    const at = closest(source.tree, ["sweep", "random", "values", path]);
    const values = Array.from({ length: random.count }, () => placed(text, stream.uniform(), at));
    return { path, values };
  });
  return Array.from({ length: random.count }, (_, index) =>
    columns.map(({ path, values }) => ({ path, value: values[index]! })),
  );
}

function sobol(source: StudySource, { sobol }: SweepText, seed: string): Point[] {
  if (!sobol) return [[]];
  const paths = Object.entries(sobol.values);
  if (paths.length > MOST_DIMENSIONS)
    throw scenarioError(
      closest(source.tree, ["sweep", "sobol"]).place,
      "sweep.sobol.values",
      `has ${paths.length} paths; at most ${MOST_DIMENSIONS} are filled evenly; use random`,
    );
  const columns = paths.map(([path, text], dimension) => {
    const at = closest(source.tree, ["sweep", "sobol", "values", path]);
    const shares = sobolPoints(dimension, sobol.count, openStream(seed, "sweep", `sobol/${path}`));
    return { path, values: Array.from(shares, (share) => placed(text, share, at)) };
  });
  return Array.from({ length: sobol.count }, (_, index) =>
    columns.map(({ path, values }) => ({ path, value: values[index]! })),
  );
}

/** The value at a share in [0, 1) of what is drawn from. */
function placed(text: IntervalText | ChoiceText, share: number, at: Tree): Tree {
  if ("choose" in text) {
    const list = closest(at, ["choose"]);
    return child(list, Math.floor(share * text.choose.length)) ?? list;
  }
  const { from, to, integer, logarithmic, unit } = text;
  // A whole number stands for everything from it to the next one, so that both ends are as likely as the others.
  const [low, high] = integer ? [Math.ceil(from), Math.floor(to) + 1] : [from, to];
  const value = logarithmic
    ? stableExp(stableLog(low) + share * (stableLog(high) - stableLog(low)))
    : low + share * (high - low);
  return numberValue(integer ? Math.min(Math.floor(value), Math.floor(to)) : value, integer, unit, at);
}
