/** A search as a report needs it: numbers in place of texts, and what is known of the answer. */
import { quantityOf, type SearchFile, type SearchStep } from "../../../sim/trace/index.ts";
import { shownUnit } from "./study.ts";
import { displayText } from "../../text/labels.ts";

/** A parameter that was searched. */
export interface SearchedAxis {
  readonly label: string;
  readonly path: string;
  readonly unit: string | null;
}

/** A point on the way. */
export interface SearchPoint {
  /** From 1, in the order in which they were asked for. */
  readonly order: number;
  /** Per axis. */
  readonly places: readonly number[];
  readonly value: number | null;
}

export interface SearchStudy {
  readonly file: SearchFile;
  readonly axes: readonly SearchedAxis[];
  readonly points: readonly SearchPoint[];
  /** Of the values of points. */
  readonly unit: string | null;
  /** The value that is crossed; null for an extreme. */
  readonly level: number | null;
  readonly answer: SearchPoint | null;
  /** Of a search over one parameter: the nearest points to both sides of the answer, between which it lies. */
  readonly bracket: { readonly low: number; readonly high: number } | null;
}

export function searchStudy(file: SearchFile): SearchStudy {
  const paths = Object.keys(file.path[0]?.values ?? {});
  const { unit, factor } = shownUnit(file.unit);
  const scaled = (value: number | null): number | null => (value === null ? null : value * factor);
  const pointOf = (step: SearchStep, k: number): SearchPoint => ({
    order: k + 1,
    places: paths.map((path) => quantityOf(step.values[path] ?? "")?.number ?? NaN),
    value: scaled(step.metric),
  });
  const points = file.path.map(pointOf);
  const { answer: found } = file;
  const at = found === null ? -1 : file.path.findLastIndex((step) => isSame(step, found));
  const answer = points[at] ?? null;
  const words = paths.map((path) => path.split("."));
  return {
    file,
    axes: paths.map((path, k) => {
      const last = words[k]!.at(-1)!;
      const unique = words.filter((one) => one.at(-1) === last).length === 1;
      const unit = quantityOf(file.path[0]?.values[path] ?? "")?.unit ?? null;
      return {
        label: displayText((unique ? last : path).replaceAll("_", " "), 48),
        path: displayText(path, 120),
        unit: unit === null ? null : displayText(unit, 24),
      };
    }),
    points,
    answer,
    unit,
    level: scaled(file.value),
    bracket: paths.length === 1 && answer !== null ? bracketOf(scaled(file.value), points, answer) : null,
  };
}

const isSame = (a: SearchStep, b: SearchStep): boolean =>
  a.metric === b.metric && Object.keys(a.values).every((path) => a.values[path] === b.values[path]);

/** For a crossing the nearest points on either side of the value; for an extreme the neighbours of the answer. */
function bracketOf(
  level: number | null,
  points: readonly SearchPoint[],
  answer: SearchPoint,
): SearchStudy["bracket"] {
  const sorted = points.filter((point) => point.value !== null).sort((a, b) => a.places[0]! - b.places[0]!);
  const at = sorted.indexOf(answer);
  const [before, after] = [sorted[at - 1], sorted[at + 1]];
  const place = answer.places[0]!;
  if (level === null) return { low: before?.places[0] ?? place, high: after?.places[0] ?? place };
  const side = Math.sign(answer.value! - level);
  if (side === 0) return { low: place, high: place };
  const isOther = (point: SearchPoint | undefined): boolean =>
    point !== undefined && Math.sign(point.value! - level) !== side;
  if (isOther(before)) return { low: before!.places[0]!, high: place };
  return isOther(after) ? { low: place, high: after!.places[0]! } : null;
}
