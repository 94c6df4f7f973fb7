/** Where an outcome crosses a level. */

/** A place between two neighbouring values at which a line crosses the level. */
export interface Crossing {
  /** By linear interpolation, in the logarithm on a logarithmic axis. */
  readonly at: number;
  /** The neighbours: what is known is that it lies between them. */
  readonly low: number;
  readonly high: number;
}

/** A straight line between two places, in the scale of the axis. @param share in [0, 1] */
export function between(from: number, to: number, share: number, scale: "linear" | "log"): number {
  if (scale === "linear") return from + share * (to - from);
  return Math.exp(Math.log(from) + share * (Math.log(to) - Math.log(from)));
}

/** All crossings of a line, by ascending x; a point on the level counts once. */
export function crossingsOf(
  points: readonly { readonly x: number; readonly y: number | null }[],
  level: number,
  scale: "linear" | "log",
): Crossing[] {
  const found: Crossing[] = [];
  for (const [k, { x, y }] of points.entries()) {
    if (y === null) continue;
    const next = points[k + 1];
    if (y === level) {
      const before = points[k - 1]?.y ?? null;
      const after = next?.y ?? null;
      // Touching a level is no crossing of it.
      if (before !== null && after !== null && (before - level) * (after - level) < 0)
        found.push({ at: x, low: x, high: x });
      continue;
    }
    if (next === undefined || next.y === null || (y - level) * (next.y - level) >= 0) continue;
    found.push({ at: between(x, next.x, (level - y) / (next.y - y), scale), low: x, high: next.x });
  }
  return found;
}
