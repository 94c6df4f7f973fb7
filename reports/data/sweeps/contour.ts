/** Lines of equal height over a grid: marching squares. */
import { between } from "./crossings.ts";

export interface Grid {
  /** Ascending. */
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly scales: readonly ["linear" | "log", "linear" | "log"];
  /** Height at a column and a row; null where it is not known. */
  readonly height: (column: number, row: number) => number | null;
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * The contour of a level as lines, each from end to end; a closed one ends where it begins. Between grid points heights are
 * interpolated along the edges; at a saddle the mean of the four corners decides which sides belong together.
 */
export function contourLines({ xs, ys, scales, height }: Grid, level: number): Place[][] {
  const places = new Map<string, Place>();
  const neighbours = new Map<string, string[]>();
  /** The crossing of the edge between two corners, or null. Corners on the level count as above it. */
  const crossing = (a: readonly [number, number], b: readonly [number, number]): string | null => {
    const [from, to] = [height(...a)!, height(...b)!];
    if (from >= level === to >= level) return null;
    const key = `${a.join()}-${b.join()}`;
    const share = (level - from) / (to - from);
    places.set(key, {
      x: between(xs[a[0]]!, xs[b[0]]!, share, scales[0]),
      y: between(ys[a[1]]!, ys[b[1]]!, share, scales[1]),
    });
    return key;
  };
  const join = (a: string, b: string): void => {
    neighbours.set(a, [...(neighbours.get(a) ?? []), b]);
    neighbours.set(b, [...(neighbours.get(b) ?? []), a]);
  };
  for (let row = 0; row + 1 < ys.length; row++)
    for (let column = 0; column + 1 < xs.length; column++) {
      const corners = [
        [column, row],
        [column + 1, row],
        [column + 1, row + 1],
        [column, row + 1],
      ] as const;
      const heights = corners.map((corner) => height(...corner));
      if (heights.includes(null)) continue;
      const [a, b, c, d] = corners;
      // Edges are named from the lower to the higher corner, so that both squares at one name it alike.
      const cut = [crossing(a, b), crossing(b, c), crossing(d, c), crossing(a, d)];
      const found = cut.filter((key) => key !== null);
      if (found.length === 2) join(found[0]!, found[1]!);
      if (found.length === 4) {
        const middle = heights.reduce<number>((sum, one) => sum + one! / 4, 0);
        const [bottom, right, top, left] = found as [string, string, string, string];
        if (middle >= level === heights[0]! >= level) {
          join(bottom, right);
          join(top, left);
        } else {
          join(bottom, left);
          join(top, right);
        }
      }
    }
  return chained(neighbours).map((keys) => keys.map((key) => places.get(key)!));
}

/** The lines of a graph whose nodes have one or two neighbours each. */
function chained(neighbours: ReadonlyMap<string, readonly string[]>): string[][] {
  const seen = new Set<string>();
  const follow = (start: string): string[] => {
    const line = [start];
    seen.add(start);
    for (let at: string | undefined = start; at !== undefined;) {
      at = neighbours.get(at)!.find((next) => !seen.has(next));
      if (at === undefined) break;
      seen.add(at);
      line.push(at);
    }
    return line;
  };
  const ends = [...neighbours].filter(([, others]) => others.length === 1).map(([key]) => key);
  const open = ends.flatMap((key) => (seen.has(key) ? [] : [follow(key)]));
  const closed = [...neighbours.keys()].flatMap((key) => (seen.has(key) ? [] : [[...follow(key), key]]));
  return [...open, ...closed];
}
