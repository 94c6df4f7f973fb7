/** How axes of a sweep are drawn. */
import type { Axis, Outcome } from "../../data/sweeps/study.ts";
import { displayText } from "../../text/labels.ts";
import { logRange, ticksWithin } from "../scale.ts";

/** Most levels whose values stand at the axis. */
const MOST_TICKS = 7;

/** Title of an axis, with the unit. */
export function axisTitle({ label, unit }: Pick<Axis, "label" | "unit">): string {
  return `${capital(label)}${unit === null ? "" : ` (${unit})`}`;
}

/** A metric's name for readers: `copier_rate` -> `copier rate`. */
export function metricTitle(name: string): string {
  return displayText(name.replaceAll("_", " "), 80);
}

/** Title of the axis of an outcome. */
export function outcomeTitle({ metric, unit }: Pick<Outcome, "metric" | "unit">): string {
  return axisTitle({ label: metricTitle(metric), unit: unit === null ? null : displayText(unit, 24) });
}

/** A value with its unit. */
export function withUnit(text: string, unit: string | null): string {
  return unit === null || unit === "ratio" ? text : `${text} ${displayText(unit, 24)}`;
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The numbers of an axis's levels. */
export function numbersOf({ levels }: Axis): number[] {
  return levels.flatMap(({ number }) => (number === null ? [] : [number]));
}

/** Where the labels of an axis are and how they are written: at its levels where these are few. */
export function ticksOf(axis: Axis): { readonly values: number[]; readonly format: string } {
  const numbers = numbersOf(axis);
  if (numbers.length <= MOST_TICKS && axis.scale === "linear") {
    const span = numbers.at(-1)! - numbers[0]!;
    const near = numbers.some((number, k) => k > 0 && number - numbers[k - 1]! < span / 12);
    if (!near) return { values: numbers, format: span < 1e-4 * Math.abs(numbers[0]!) ? "~r" : ",.6~g" };
  }
  const [low, high] = [numbers[0]!, numbers.at(-1)!];
  if (axis.scale === "log")
    return { values: logRange(numbers).ticks.filter((tick) => tick >= low && tick <= high), format: ",~g" };
  const { ticks, numberFormat } = ticksWithin(low, high);
  return { values: [...ticks], format: numberFormat };
}

/** At most so many of a list, at even distances, both ends included. */
export function thinned<T>(list: readonly T[], most: number): T[] {
  if (list.length <= most) return [...list];
  return Array.from({ length: most }, (_, k) => list[Math.round((k * (list.length - 1)) / (most - 1))]!);
}

/** The scale of an axis of numbers from end to end. */
export function scaleOver(type: "linear" | "log", domain: [number, number]) {
  return { type, domain, nice: false, ...(type === "linear" && { zero: false }) };
}
