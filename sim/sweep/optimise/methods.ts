/**
 * Searches over one or two numbers between 0 and 1. Each asks for one or several values at a time and waits for them, as
 * a value takes as long as a run of the simulator; libraries ask for values that are there at once.
 */

/** The function that is searched, at several places side by side. */
export type Evaluate = (places: readonly (readonly number[])[]) => Promise<readonly number[]>;

/** Where a search ended. */
export interface Found {
  readonly place: readonly number[];
  readonly value: number;
  /** Whether the place is known as well as was asked; else the search ran out of evaluations. */
  readonly settled: boolean;
}

/** Whether two values lie on different sides of 0; 0 itself is on both. */
const differ = (a: number, b: number): boolean => (a <= 0 && b >= 0) || (a >= 0 && b <= 0);

/**
 * Bisection: where a function crosses 0.
 * @param within width of the interval in which the answer is known to lie
 * @param most evaluations
 * @returns null when the ends lie on the same side
 */
export async function bisect(evaluate: Evaluate, within: number, most: number): Promise<Found | null> {
  let [low, high] = [0, 1];
  const [atLow = NaN, atHigh = NaN] = await evaluate([[low], [high]]);
  if (!differ(atLow, atHigh)) return null;
  let side = atLow;
  let last = { place: [low], value: atLow };
  for (let count = 2; high - low > within && count < most; count++) {
    const middle = (low + high) / 2;
    const [value = NaN] = await evaluate([[middle]]);
    last = { place: [middle], value };
    if (value === 0) return { ...last, settled: true };
    if (Number.isNaN(value)) return { ...last, settled: false };
    if (differ(side, value)) high = middle;
    else [low, side] = [middle, value];
  }
  return { ...last, settled: high - low <= within };
}

/** The inverse of the golden ratio. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Golden section: the least value of a function with one valley. */
export async function goldenSection(evaluate: Evaluate, within: number, most: number): Promise<Found> {
  let [low, high] = [0, 1];
  let left = high - GOLDEN * (high - low);
  let right = low + GOLDEN * (high - low);
  // The ends count as well: a function without a valley is least at one of them.
  const [atLow = NaN, leftValue = NaN, rightValue = NaN, atHigh = NaN] = await evaluate([
    [low],
    [left],
    [right],
    [high],
  ]);
  let [atLeft, atRight] = [leftValue, rightValue];
  let best: Omit<Found, "settled"> = { place: [low], value: atLow };
  const consider = (place: number, value: number): void => {
    if (isBetter(value, best.value)) best = { place: [place], value };
  };
  for (const [place, value] of [
    [left, atLeft],
    [right, atRight],
    [high, atHigh],
  ] as const)
    consider(place, value);
  for (let count = 4; high - low > within && count < most; count++) {
    if (isBetter(atRight, atLeft)) {
      [low, left, atLeft] = [left, right, atRight];
      right = low + GOLDEN * (high - low);
      [atRight = NaN] = await evaluate([[right]]);
      consider(right, atRight);
    } else {
      [high, right, atRight] = [right, left, atLeft];
      left = high - GOLDEN * (high - low);
      [atLeft = NaN] = await evaluate([[left]]);
      consider(left, atLeft);
    }
  }
  return { ...best, settled: high - low <= within };
}

/** A value that is no number is worse than any other. */
function isBetter(a: number, b: number): boolean {
  return a < b || (!Number.isNaN(a) && Number.isNaN(b));
}

interface Vertex {
  readonly place: readonly number[];
  readonly value: number;
}

/** Nelder and Mead's simplex: the least value over two (or more) numbers; places outside are moved to the border. */
export async function nelderMead(
  evaluate: Evaluate,
  dimensions: number,
  within: number,
  most: number,
): Promise<Found> {
  const clamp = (place: readonly number[]): number[] => place.map((x) => Math.min(1, Math.max(0, x)));
  let count = 0;
  const at = async (place: readonly number[]): Promise<Vertex> => {
    count++;
    const [value = NaN] = await evaluate([place]);
    return { place, value };
  };
  const start = Array.from({ length: dimensions }, () => 0.35);
  const corners = [start, ...start.map((_, k) => start.map((x, index) => (index === k ? x + 0.3 : x)))];
  let simplex = await Promise.all(corners.map(at));
  const order = (vertices: readonly Vertex[]): Vertex[] =>
    [...vertices].sort((a, b) => (isBetter(a.value, b.value) ? -1 : isBetter(b.value, a.value) ? 1 : 0));
  const width = (): number =>
    Math.max(...start.map((_, k) => spread(simplex.map(({ place }) => place[k] ?? 0))));
  simplex = order(simplex);
  const isDone = (): boolean => width() <= within || count >= most;
  while (!isDone()) {
    const [best, worst] = ends(simplex);
    const others = simplex.slice(0, -1);
    const [, second] = ends(others);
    const centre = start.map(
      (_, k) => others.reduce((sum, { place }) => sum + (place[k] ?? 0), 0) / others.length,
    );
    const along = async (factor: number): Promise<Vertex> =>
      at(clamp(centre.map((x, k) => x + factor * ((worst.place[k] ?? 0) - x))));
    const reflected = await along(-1);
    let replacement: Vertex | null = null;
    if (isBetter(reflected.value, best.value)) {
      const expanded = await along(-2);
      replacement = isBetter(expanded.value, reflected.value) ? expanded : reflected;
    } else if (isBetter(reflected.value, second.value)) replacement = reflected;
    else {
      const outside = isBetter(reflected.value, worst.value);
      const contracted = await along(outside ? -0.5 : 0.5);
      if (isBetter(contracted.value, outside ? reflected.value : worst.value)) replacement = contracted;
    }
    if (replacement) simplex = order([...others, replacement]);
    else {
      const shrunk = simplex
        .slice(1)
        .map(({ place }) => at(place.map((x, k) => ((best.place[k] ?? 0) + x) / 2)));
      simplex = order([best, ...(await Promise.all(shrunk))]);
    }
  }
  const [best] = ends(simplex);
  return { ...best, settled: width() <= within };
}

/** The first and the last of a list that is not empty. */
function ends(vertices: readonly Vertex[]): readonly [Vertex, Vertex] {
  const [first, last] = [vertices[0], vertices.at(-1)];
  if (!first || !last) throw new Error("a simplex without vertices");
  return [first, last];
}

function spread(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}
