/** A sweep as a report needs it: what varies, the points, and the values of every outcome at each of them. */
import { type CellResult, quantityOf, type SweepFile } from "../../../sim/trace/index.ts";
import { summarise, type ReplicaSummary } from "../../metrics/uncertainty.ts";
import { formatSignificant } from "../../text/format.ts";
import { displayText } from "../../text/labels.ts";

/** A value that an axis takes. */
export interface Level {
  /** Null on an axis of labels. */
  readonly number: number | null;
  /** With its unit, unique on the axis. */
  readonly text: string;
}

/** One thing that varies: a path of the scenario, or several that move together (`zip`). */
export interface Axis {
  /** Short name, unique in the sweep, for axes and texts; of several paths that of the first one, or of the one whose numbers are the axis. */
  readonly label: string;
  /** Short names of the paths that move with it. */
  readonly companions: readonly string[];
  /** The paths, whole. */
  readonly name: string;
  /** Positions of its paths in the sweep's. */
  readonly paths: readonly number[];
  readonly unit: string | null;
  readonly kind: "numbers" | "labels";
  readonly scale: "linear" | "log";
  /** Whether its values were drawn, by `random` or `sobol`. */
  readonly drawn: boolean;
  /** Ascending numbers; labels in their order in the scenario. */
  readonly levels: readonly Level[];
  /** The level of each point. */
  readonly levelOf: readonly number[];
  /** The level that the scenario itself has; null where it has none of them. */
  readonly own: number | null;
}

/** A metric of one comparison, or the difference of two. */
export interface Outcome {
  readonly metric: string;
  readonly unit: string | null;
  /** The comparison, or both; null where the sweep has one only. */
  readonly label: string | null;
  /** At each point one value per replica, NaN where there is none; replicas stand at the same places everywhere. */
  readonly values: readonly (readonly number[])[];
  /** What the values of each point come to. */
  readonly summaries: readonly ReplicaSummary[];
}

export interface SweepStudy {
  readonly file: SweepFile;
  readonly cells: { readonly done: number; readonly failed: number; readonly missing: number };
  readonly failures: readonly { readonly point: number; readonly seed: string; readonly error: string }[];
  /** What varies over more than one value. */
  readonly axes: readonly Axis[];
  /** Short names of all paths, each unique. */
  readonly pathLabels: readonly string[];
  /** The values of all paths at each point, as the scenario writes them. */
  readonly points: readonly (readonly string[])[];
  /** The first point at each combination of levels, joined by commas. */
  readonly places: ReadonlyMap<string, number>;
  /** Most replicas of a point. */
  readonly replicas: number;
  readonly comparisons: readonly string[];
  /** Those of which there is a number, the author's order first. */
  readonly metrics: readonly string[];
  /** In which unit the values of a metric are given here. */
  readonly unitOf: (metric: string) => MetricUnit;
  /** Of a metric: one outcome per comparison. */
  readonly outcomes: (metric: string) => readonly Outcome[];
  /** Of a metric: every other comparison less the first one, replica by replica; none where there is one only. */
  readonly differences: (metric: string) => readonly Outcome[];
}

/** The unit that a metric is shown in. */
export interface MetricUnit {
  readonly unit: string | null;
  /** Values in the unit of the sweep's tables times this are in the shown one. */
  readonly factor: number;
}

/** Rao are too small to be read: they are shown as tokens (TAO or alpha). */
export function shownUnit(unit: string | null): MetricUnit {
  return unit === "rao" ? { unit: "tokens", factor: 1e-9 } : { unit, factor: 1 };
}

/** Puts the cells of a sweep together. @param results one per cell of the file */
export function sweepStudy(file: SweepFile, results: readonly CellResult[]): SweepStudy {
  const at = new Map<number, number>();
  const members: number[][] = [];
  file.cells.forEach(({ point }, cell) => {
    const position = at.get(point) ?? members.length;
    at.set(point, position);
    (members[position] ??= [])[file.cells[cell]!.replica] = cell;
  });
  const points = members.map((cells) => file.cells[cells.find((cell) => cell !== undefined)!]!.values);
  const count = (status: CellResult["status"]): number =>
    results.filter((result) => result.status === status).length;
  const done = results.filter(({ status }) => status === "done");
  const comparisons = [...new Set(done.flatMap(({ metrics }) => Object.keys(metrics)))];
  const found = new Set(
    done.flatMap(({ metrics }) => Object.values(metrics).flatMap((one) => Object.keys(one))),
  );
  const replicas = members.reduce((most, { length }) => Math.max(most, length), 0);
  const axes = axesOf(file, points);
  const places = new Map<string, number>();
  points.forEach((_, point) => {
    const key = axes.map(({ levelOf }) => levelOf[point]!).join();
    if (!places.has(key)) places.set(key, point);
  });
  const valuesOf = (comparison: string, metric: string): number[][] =>
    members.map((cells) =>
      Array.from({ length: replicas }, (_, replica) => {
        const cell = cells[replica];
        if (cell === undefined) return NaN;
        return (results[cell]?.metrics[comparison]?.[metric] ?? NaN) * unitOf(metric).factor;
      }),
    );
  const unitOf = (metric: string): MetricUnit =>
    shownUnit(file.metrics.find(({ name }) => name === metric)?.unit ?? null);
  const outcome = (metric: string, label: string | null, values: number[][]): Outcome => ({
    metric,
    unit: unitOf(metric).unit,
    label,
    values,
    summaries: values.map(summarise),
  });
  const named = (comparison: string): string => displayText(comparison, 40);
  return {
    file,
    cells: { done: count("done"), failed: count("failed"), missing: count("missing") },
    failures: file.cells.flatMap((cell, index) => {
      const result = results[index];
      if (result?.status !== "failed") return [];
      return [{ point: at.get(cell.point)!, seed: cell.seed, error: result.error ?? "" }];
    }),
    axes,
    pathLabels: shortNames(file.paths),
    points,
    places,
    replicas,
    comparisons,
    metrics: file.metrics.flatMap(({ name }) => (found.has(name) ? [name] : [])),
    unitOf,
    outcomes: remembered((metric) =>
      comparisons.map((comparison) =>
        outcome(metric, comparisons.length > 1 ? named(comparison) : null, valuesOf(comparison, metric)),
      ),
    ),
    differences: remembered((metric) => {
      const [first, ...others] = comparisons;
      if (first === undefined) return [];
      const base = valuesOf(first, metric);
      return others.map((comparison) =>
        outcome(
          metric,
          `${named(comparison)} less ${named(first)}`,
          valuesOf(comparison, metric).map((values, point) =>
            values.map((value, replica) => value - base[point]![replica]!),
          ),
        ),
      );
    }),
  };
}

/** A function whose results are kept: several charts ask for the same. */
function remembered<T>(of: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    const found = known.get(name) ?? of(name);
    known.set(name, found);
    return found;
  };
}

/** The least and the greatest of any number of values; infinite ends without any. */
export function extentOf(values: readonly number[]): [number, number] {
  return values.reduce<[number, number]>(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [Infinity, -Infinity],
  );
}

/** Levels of all axes at a point, as text: `kappa 0.5, stake 100 alpha`. */
export function describePoint({ axes }: SweepStudy, point: number): string {
  if (axes.length === 0) return "the scenario as it is";
  return axes.map((axis) => `${axis.label} ${axis.levels[axis.levelOf[point]!]!.text}`).join(", ");
}

/** The point at a level of each axis; null where the sweep has none. */
export function pointAt({ places }: SweepStudy, levels: readonly number[]): number | null {
  return places.get(levels.join()) ?? null;
}

/** The level of each axis that one-at-a-time slices go through: the scenario's own, else the middle one. */
export function centreOf({ axes }: SweepStudy): number[] {
  return axes.map(({ own, levels }) => own ?? Math.floor((levels.length - 1) / 2));
}

function axesOf(file: SweepFile, points: readonly (readonly string[])[]): Axis[] {
  const all = file.paths.map((_, position) => position);
  const groups = all.flatMap((position): number[][] => {
    if (file.parts[position] !== "zip") return [[position]];
    const zipped = all.filter((other) => file.parts[other] === "zip");
    return zipped[0] === position ? [zipped] : [];
  });
  const labels = shortNames(file.paths);
  return groups.map((paths) => axisOf(file, points, paths, labels)).filter(({ levels }) => levels.length > 1);
}

function axisOf(
  file: SweepFile,
  points: readonly (readonly string[])[],
  paths: readonly number[],
  labels: readonly string[],
): Axis {
  const rows = points.map((values) => paths.map((path) => values[path] ?? ""));
  const keys = rows.map((row) => JSON.stringify(row));
  const distinct = new Set(keys).size;
  const own = paths.map((path) => file.own[path] ?? null);
  const named = (position: number) => ({
    label: labels[paths[position]!]!,
    companions: paths.flatMap((path, k) => (k === position ? [] : [labels[path]!])),
  });
  const common = {
    name: paths.map((path) => displayText(file.paths[path]!, 120)).join(" with "),
    paths,
    drawn: paths.some((path) => file.parts[path] === "random" || file.parts[path] === "sobol"),
  };
  // Of several paths the first one whose numbers tell all steps apart is the axis.
  for (const [position] of paths.entries()) {
    const quantities = rows.map((row) => quantityOf(row[position]!));
    const unit = quantities[0]?.unit ?? null;
    const numbers = quantities.map((quantity) => (quantity?.unit === unit ? quantity.number : NaN));
    const sorted = [...new Set(numbers)].sort((a, b) => a - b);
    if (numbers.some((number) => !Number.isFinite(number))) continue;
    if (paths.length > 1 && sorted.length < distinct) continue;
    const levelOf = new Map(sorted.map((number, level) => [number, level]));
    const at = numbers.map((number) => levelOf.get(number)!);
    const firstAt = firstOf(at);
    const others = (level: number): string => {
      const row = rows[firstAt.get(level)!]!;
      const texts = row.flatMap((text, k) =>
        k === position ? [] : [`${labels[paths[k]!]!} ${displayText(text, 24)}`],
      );
      return texts.length === 0 ? "" : ` (${texts.join(", ")})`;
    };
    const ownQuantity = quantityOf(own[position] ?? "");
    return {
      ...common,
      ...named(position),
      unit: unit === null ? null : displayText(unit, 24),
      kind: "numbers",
      scale: scaleOf(sorted),
      levels: uniqueTexts(
        sorted.map((number, level) => ({
          number,
          text: `${formatSignificant(number)}${unit === null ? "" : ` ${displayText(unit, 24)}`}${others(level)}`,
        })),
      ),
      levelOf: at,
      own: ownQuantity?.unit === unit ? (levelOf.get(ownQuantity?.number ?? NaN) ?? null) : null,
    };
  }
  const firstAt = firstOf(keys);
  const known = [...firstAt.keys()];
  const levelAt = new Map(known.map((key, level) => [key, level]));
  return {
    ...common,
    ...named(0),
    unit: null,
    kind: "labels",
    scale: "linear",
    levels: uniqueTexts(
      known.map((key) => ({
        number: null,
        text: rows[firstAt.get(key)!]!.map((text) => displayText(text, 24)).join(" · "),
      })),
    ),
    levelOf: keys.map((key) => levelAt.get(key)!),
    own: own.includes(null) ? null : (levelAt.get(JSON.stringify(own)) ?? null),
  };
}

/** Where each value stands first. */
function firstOf<T>(values: readonly T[]): Map<T, number> {
  const first = new Map<T, number>();
  values.forEach((value, at) => {
    if (!first.has(value)) first.set(value, at);
  });
  return first;
}

/** Names may be cut to the same text, or be written with too few digits to be told apart. */
function uniqueTexts(levels: readonly Level[]): Level[] {
  const taken = new Set<string>();
  return levels.map((level) => {
    let text = level.text;
    if (taken.has(text) && level.number !== null) text = String(level.number);
    for (let count = 2; taken.has(text); count++) text = `${level.text} (${count})`;
    taken.add(text);
    return { ...level, text };
  });
}

/** Logarithmic where the values span more than a decade and lie about as far apart in the logarithm. */
function scaleOf(sorted: readonly number[]): Axis["scale"] {
  const [first = 0, last = 0] = [sorted[0], sorted.at(-1)];
  if (first <= 0 || last < 20 * first || sorted.length < 3) return "linear";
  const median = sorted[Math.floor(sorted.length / 2)]!;
  return median <= 2 * Math.sqrt(first * last) ? "log" : "linear";
}

/** The last words of each path that tell it from the others, for readers: `subnets[0].hyperparameters.kappa` -> `kappa`. */
function shortNames(paths: readonly string[]): string[] {
  const words = paths.map((path) => path.split("."));
  const name = (path: number, length: number): string => words[path]!.slice(-length).join(" ");
  return paths.map((path, position) => {
    let length = 1;
    while (
      length < words[position]!.length &&
      paths.some((_, other) => other !== position && name(other, length) === name(position, length))
    )
      length++;
    return displayText(name(position, length).replaceAll("_", " "), 48) || displayText(path, 48);
  });
}
