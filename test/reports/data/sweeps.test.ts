import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contourLines } from "../../../reports/data/sweeps/contour.ts";
import { crossingsOf } from "../../../reports/data/sweeps/crossings.ts";
import { binnedMeans, elasticities, rankCorrelations } from "../../../reports/data/sweeps/sensitivity.ts";
import { centreOf, describePoint, pointAt, sweepStudy } from "../../../reports/data/sweeps/study.ts";
import { summarise } from "../../../reports/metrics/uncertainty.ts";
import { exampleSweep, makeSweep, SWEEPS } from "../example-sweeps.ts";

describe("contours", () => {
  const xs = Array.from({ length: 21 }, (_, k) => -2 + 0.2 * k);
  const grid = (height: (x: number, y: number) => number | null) => ({
    xs,
    ys: xs,
    scales: ["linear", "linear"] as const,
    height: (column: number, row: number) => height(xs[column]!, xs[row]!),
  });

  test("of a plane are straight, exact, and one line from border to border", () => {
    const slope = fc.double({ min: -3, max: 3, noNaN: true }).filter((a) => Math.abs(a) > 0.01);
    fc.assert(
      fc.property(slope, slope, fc.double({ min: -0.5, max: 0.5, noNaN: true }), (a, b, level) => {
        const lines = contourLines(
          grid((x, y) => a * x + b * y),
          level,
        );
        expect(lines).toHaveLength(1);
        for (const { x, y } of lines[0]!) expect(a * x + b * y).toBeCloseTo(level, 9);
        for (const { x, y } of [lines[0]![0]!, lines[0]!.at(-1)!])
          expect(Math.max(Math.abs(x), Math.abs(y))).toBeCloseTo(2, 9);
      }),
    );
  });

  test("of a hill close, and go round it", () => {
    const [line, ...others] = contourLines(
      grid((x, y) => x * x + y * y),
      1,
    );
    expect(others).toEqual([]);
    expect(line![0]).toEqual(line!.at(-1));
    for (const { x, y } of line!) expect(Math.hypot(x, y)).toBeCloseTo(1, 1);
    const around = line!.slice(1).reduce((sum, { x, y }, k) => {
      const before = line![k]!;
      return sum + Math.atan2(before.x * y - before.y * x, before.x * x + before.y * y);
    }, 0);
    expect(Math.abs(around)).toBeCloseTo(2 * Math.PI, 6);
  });

  test("two hills have two, and a saddle joins no more than it has", () => {
    const hills = (x: number, y: number) =>
      Math.exp(-4 * ((x - 1) ** 2 + y * y)) + Math.exp(-4 * ((x + 1) ** 2 + y * y));
    expect(contourLines(grid(hills), 0.5)).toHaveLength(2);
    expect(
      contourLines(
        grid((x, y) => x * y),
        0.01,
      ),
    ).toHaveLength(2);
  });

  test("end where heights are not known, and are nowhere where the level is not reached", () => {
    for (const line of contourLines(
      grid((x, y) => (x > 0.5 ? null : x + y)),
      0,
    ))
      for (const { x } of line) expect(x).toBeLessThanOrEqual(0.5);
    expect(
      contourLines(
        grid((x, y) => x + y),
        9,
      ),
    ).toEqual([]);
    expect(
      contourLines(
        grid(() => 0),
        0,
      ),
    ).toEqual([]);
  });

  test("on logarithmic axes are straight in the logarithm", () => {
    const scale = [1, 10, 100, 1000];
    const [line] = contourLines(
      {
        xs: scale,
        ys: scale,
        scales: ["log", "log"],
        height: (column, row) => column + row,
      },
      2.5,
    );
    for (const { x, y } of line!) expect(Math.log10(x) + Math.log10(y)).toBeCloseTo(2.5, 9);
  });
});

describe("crossings", () => {
  const at = (ys: readonly (number | null)[], scale: "linear" | "log" = "linear") =>
    crossingsOf(
      ys.map((y, k) => ({ x: scale === "log" ? 10 ** k : k, y })),
      0,
      scale,
    ).map((one) => one.at);

  test("lie between neighbours of different signs", () => {
    expect(at([-1, 1, 3, -1])).toEqual([0.5, 2.75]);
    expect(at([-1, 1], "log")[0]).toBeCloseTo(Math.sqrt(10), 12);
    expect(at([1, 2, 3])).toEqual([]);
  });

  test("a point on the level counts once, a touch and a hole not at all", () => {
    expect(at([-1, 0, 1])).toEqual([1]);
    expect(at([1, 0, 1])).toEqual([]);
    expect(at([-1, null, 1])).toEqual([]);
    expect(at([0, 1])).toEqual([]);
  });
});

describe("what varies", () => {
  test("numbers of one unit are an axis of numbers, ascending, with the scenario's own place", () => {
    const { axes } = exampleSweep("two parameters");
    expect(axes.map(({ label, unit, kind, own }) => ({ label, unit, kind, own }))).toEqual([
      { label: "kappa", unit: null, kind: "numbers", own: 4 },
      { label: "alpha stake", unit: "alpha", kind: "numbers", own: 3 },
    ]);
    expect(axes[1]!.levels.map(({ number }) => number)).toEqual([
      100, 200, 300, 400, 500, 600, 700, 800, 900,
    ]);
  });

  test("paths of zip are one axis", () => {
    const study = exampleSweep("zip");
    expect(study.axes).toHaveLength(1);
    expect(study.axes[0]).toMatchObject({
      label: "bonds moving average",
      companions: ["yuma3"],
      unit: "%",
      kind: "numbers",
    });
    expect(describePoint(study, 1)).toBe("bonds moving average 97.5 % (yuma3 true)");
  });

  test("texts, and numbers of several units, are labels in their order", () => {
    expect(exampleSweep("labels").axes[0]).toMatchObject({
      kind: "labels",
      levels: [{ text: "false" }, { text: "true" }],
    });
    const { file, results } = makeSweep({ ...SWEEPS["one parameter"], points: [["50 %"], ["1000 u16"]] });
    expect(sweepStudy(file, results).axes[0]!.kind).toBe("labels");
  });

  test("what has one value only is no axis, and names that end alike are told apart", () => {
    const { file, results } = makeSweep({
      ...SWEEPS["two parameters"],
      paths: ["subnets[0].a.kappa", "subnets[1].a.kappa", "subnets[0].b"].map((path) => ({
        path,
        part: "grid" as const,
      })),
      points: [
        ["0.1", "0.1", "7"],
        ["0.2", "0.2", "7"],
      ],
    });
    expect(sweepStudy(file, results).axes.map(({ label }) => label)).toEqual([
      "subnets[0] a kappa",
      "subnets[1] a kappa",
    ]);
  });

  test("a scale is logarithmic where its values are even in the logarithm", () => {
    expect(exampleSweep("few replicas of a scale").axes[0]!.scale).toBe("log");
    expect(exampleSweep("one parameter").axes[0]!.scale).toBe("linear");
    expect(exampleSweep("drawn").axes.map(({ scale }) => scale)).toEqual(["linear", "log", "linear"]);
  });

  test("the centre is the scenario's own, else the middle", () => {
    expect(centreOf(exampleSweep("three parameters"))).toEqual([4, 3, 2]);
    expect(centreOf(exampleSweep("few replicas of a scale"))).toEqual([2]);
    expect(pointAt(exampleSweep("three parameters"), [4, 3, 9])).toBeNull();
  });
});

describe("values", () => {
  test("differences of comparisons are seed by seed", () => {
    const [difference] = exampleSweep("two comparisons").differences("small_share");
    // The same noise on both sides: nothing of it is left.
    expect(difference!.label).toBe("attack less control");
    for (const value of difference!.values[0]!) expect(value).toBeCloseTo(-0.2, 12);
  });

  test("of cells that failed or have not run are left out, and the cells counted", () => {
    const { cells, outcomes, failures } = exampleSweep("failed and missing cells");
    expect(cells).toEqual({ done: 40, failed: 5, missing: 5 });
    const [outcome] = outcomes("small_share");
    expect(outcome!.summaries.map(({ n }) => n)).toEqual([0, 5, 5, 5, 5, 5, 5, 5, 5, 0]);
    expect(failures).toHaveLength(5);
  });

  test("in rao are given in tokens", () => {
    const [outcome] = exampleSweep("replicas").outcomes("profit");
    expect(outcome!.unit).toBe("tokens");
    for (const value of outcome!.values[0]!) expect(Math.abs(value)).toBeLessThan(2);
  });
});

describe("sensitivities", () => {
  test("a power law has its power as elasticity for small steps, and the strongest comes first", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: -3, max: 3, noNaN: true }),
        (p, q) => {
          const values = ["0.999", "1", "1.001"];
          const { file, results } = makeSweep({
            ...SWEEPS["two parameters"],
            paths: [
              { path: "a", part: "grid", own: "1" },
              { path: "b", part: "grid", own: "1" },
            ],
            points: values.flatMap((a) => values.map((b) => [a, b])),
            replicas: 1,
            value: ([a = 0, b = 0]) => 5 * a ** p * b ** q,
          });
          const study = sweepStudy(file, results);
          const found = elasticities(study, study.outcomes("profit")[0]!);
          for (const { axis, up, down } of found)
            for (const step of [up, down])
              expect(step!.elasticity).toBeCloseTo(axis.label === "a" ? p : q, 1);
          if (Math.abs(Math.abs(p) - Math.abs(q)) > 0.02)
            expect(found[0]!.axis.label).toBe(Math.abs(p) > Math.abs(q) ? "a" : "b");
        },
      ),
    );
  });

  test("rank correlations are 1 for what rises throughout, and the interval holds what is found", () => {
    const study = exampleSweep("drawn");
    const found = rankCorrelations(study, study.outcomes("profit")[0]!);
    expect(found.map(({ axis }) => axis.label)).toEqual(["alpha stake", "kappa"]);
    for (const { correlation, interval } of found) {
      expect(interval!.low).toBeLessThan(correlation!);
      expect(interval!.high).toBeGreaterThan(correlation!);
    }
    const rising = exampleSweep("one parameter");
    expect(rankCorrelations(rising, rising.outcomes("profit")[0]!)[0]!.correlation).toBe(1);
  });

  test("bins hold every point once, and their means weigh to the mean of all", () => {
    const pair = fc.tuple(fc.integer({ min: 0, max: 100 }), fc.integer({ min: -100, max: 100 }));
    fc.assert(
      fc.property(fc.array(pair, { minLength: 1, maxLength: 200 }), (pairs) => {
        const bins = binnedMeans(pairs, summarise);
        expect(bins.reduce((sum, { points }) => sum + points, 0)).toBe(pairs.length);
        const total = bins.reduce((sum, { points, mean }) => sum + points * mean, 0);
        expect(total).toBeCloseTo(
          pairs.reduce((sum, [, y]) => sum + y, 0),
          6,
        );
      }),
    );
  });
});
