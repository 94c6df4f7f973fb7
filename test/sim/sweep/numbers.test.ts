import { describe, expect, test } from "vitest";
import { bisect, type Evaluate, goldenSection, nelderMead } from "../../../sim/sweep/optimise/methods.ts";
import { studentQuantile } from "../../../sim/student.ts";
import { statistics } from "../../../sim/sweep/statistics.ts";

const of = (f: (...place: number[]) => number): Evaluate & { count(): number } => {
  let count = 0;
  const evaluate = (places: readonly (readonly number[])[]): Promise<number[]> => {
    count += places.length;
    return Promise.resolve(places.map((place) => f(...place)));
  };
  return Object.assign(evaluate, { count: () => count });
};

describe("searches", () => {
  test("bisection finds a crossing to the part that was asked", async () => {
    const found = await bisect(
      of((x) => x * x - 0.3),
      1e-6,
      100,
    );
    expect(found?.settled).toBe(true);
    expect(found?.place[0]).toBeCloseTo(Math.sqrt(0.3), 5);
  });

  test("bisection says so when there is no crossing, or not enough points", async () => {
    expect(
      await bisect(
        of((x) => x + 1),
        1e-6,
        100,
      ),
    ).toBeNull();
    const evaluate = of((x) => x - 0.3);
    expect(await bisect(evaluate, 1e-9, 6)).toMatchObject({ settled: false });
    expect(evaluate.count()).toBe(6);
  });

  test("golden section finds a valley, also at an end", async () => {
    const valley = await goldenSection(
      of((x) => Math.abs(x - 0.7315)),
      1e-6,
      100,
    );
    expect(valley.place[0]).toBeCloseTo(0.7315, 5);
    expect(
      (
        await goldenSection(
          of((x) => x),
          1e-3,
          100,
        )
      ).place,
    ).toEqual([0]);
    expect(
      (
        await goldenSection(
          of((x) => -x),
          1e-3,
          100,
        )
      ).place,
    ).toEqual([1]);
  });

  test("the simplex finds a curved valley in two dimensions and stays inside", async () => {
    const outside: number[] = [];
    const evaluate = of((x, y) => {
      if (x < 0 || x > 1 || y < 0 || y > 1) outside.push(x, y);
      return (x - 0.8) ** 2 + 20 * (y - x * x) ** 2;
    });
    const found = await nelderMead(evaluate, 2, 1e-7, 1000);
    expect(found.settled).toBe(true);
    expect(found.place[0]).toBeCloseTo(0.8, 4);
    expect(found.place[1]).toBeCloseTo(0.64, 4);
    expect(outside).toEqual([]);
  });

  test("a place without a number is worse than any other", async () => {
    const evaluate = of((x) => (x < 0.5 ? NaN : x));
    expect((await goldenSection(evaluate, 1e-4, 100)).place[0]).toBeGreaterThanOrEqual(0.5);
  });
});

describe("statistics", () => {
  test("are those of the books", () => {
    const { mean, deviation, low, high, quantiles, minimum, maximum, count } = statistics([4, 1, 3, 2, NaN]);
    expect({ mean, minimum, maximum, count }).toEqual({ mean: 2.5, minimum: 1, maximum: 4, count: 4 });
    expect(deviation).toBeCloseTo(1.2909944487358056, 14);
    expect(high - mean).toBeCloseTo(2.0542602, 6);
    expect(mean - low).toBeCloseTo(2.0542602, 6);
    expect(quantiles).toEqual([1.15, 1.75, 2.5, 3.25, 3.8499999999999996]);
  });

  test.each([
    [1, 12.706204736174694],
    [10, 2.228138851964939],
    [11, 2.2009851600916384],
    [30, 2.0422724563012373],
    [120, 1.9799304050824413],
  ])("Student's quantile of %i degrees of freedom", (degrees, expected) => {
    expect(studentQuantile(degrees)).toBeCloseTo(expected, 5);
  });

  test("one value has no interval, none has nothing", () => {
    expect(statistics([5])).toMatchObject({ mean: 5, deviation: NaN, low: NaN, quantiles: [5, 5, 5, 5, 5] });
    expect(statistics([])).toMatchObject({ count: 0, mean: NaN, minimum: NaN });
  });
});
